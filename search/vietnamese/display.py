"""Titles as they are shown: compounds that read as one word do not break over two lines."""

from __future__ import annotations

import re

from search.vietnamese.letters import canonical_tones

NO_BREAK_SPACE = "\u00a0"

_COMPOUND_LIST = """
an ninh, an sinh, an toàn, ban chấp, ban hành, bảo đảm, bảo vệ, báo cáo, bằng khen, biên chế, biên bản,
biểu dương, bổ nhiệm, bổ sung, cá nhân, cải cách, cán bộ, cấp phép, chấp hành, chỉ đạo, chỉ thị, chỉ tiêu,
chính phủ, chính quyền, chính sách, chính trị, chiến sĩ, chiến lược, chủ đề, chủ tịch, chủ trương,
chuyên đề, chuyên môn, chuyển đổi, chương trình, cơ quan, cơ sở, công bố, công chức, công dân, công đoàn,
công khai, công tác, công văn, công vụ, cộng hòa, danh hiệu, danh mục, dân chủ, dân tộc, doanh nghiệp,
dịch vụ, du lịch, đảng bộ, đảng ủy, đánh giá, đào tạo, đạo đức, đăng ký, đất đai, đầu tư, đề án,
địa chính, địa phương, điển hình, điều chỉnh, điều hành, định hướng, định mức, đoàn kết, đoàn thể,
đối thoại, đồng chí, đơn vị, đột phá, động lực, giám đốc, giám sát, gia đình, giai đoạn, giải pháp,
giải quyết, giao ước, giáo dục, giấy khen, gương mẫu, hành chính, hạ tầng, hệ thống, hiệu quả, hoàn thành,
hoàn thiện, hoạt động, hội đồng, hội nghị, huân chương, hướng dẫn, hưởng ứng, kế hoạch, kết luận,
khen thưởng, khí hậu, khí tượng, khiếu nại, khoa học, khoáng sản, kiểm tra, kinh tế, kỷ cương, kỷ luật,
kỷ niệm, lao động, lãnh đạo, lĩnh vực, mô hình, mục tiêu, môi trường, năng lực, ngân sách, nghị định,
nghị quyết, nghiệp vụ, người dân, nhân dân, nhiệm kỳ, nhiệm vụ, nông nghiệp, nông thôn, phát động,
phát huy, phát triển, pháp luật, phong cách, phong trào, phó giám, phối hợp, phòng chống, phục vụ,
phương án, quản lý, quy chế, quy định, quy hoạch, quyết định, quốc gia, quốc phòng, rà soát, sáng kiến,
sáng tạo, sơ kết, tài chính, tài nguyên, tập huấn, tập thể, thanh niên, thanh tra, thành phố, thành tích,
thẩm quyền, thi đua, thi hành, thiên tai, thông báo, thông tin, thông tư, thủ tục, thủ tướng, thực hiện,
thường xuyên, tiên tiến, tiếp cận, tiếp dân, tiêu biểu, tiêu chuẩn, tinh thần, tố cáo, tổ chức, tổng kết,
tờ trình, trách nhiệm, triển khai, trực tuyến, trung ương, truyền thống, truyền thông, tuyên dương,
tuyên truyền, tuyển dụng, tư tưởng, ủy ban, ứng dụng, ứng phó, văn bản, văn hóa, văn minh, văn phòng,
văn thư, viên chức, việt nam, xã hội, xây dựng, xử lý, yêu nước, ý kiến
"""

#: Pairs of syllables that read as one word in titles of public bodies, in the new tone placement.
COMPOUNDS = tuple(re.split(r",\s", _COMPOUND_LIST.strip()))

# A word and the figure that belongs to it.
_COUNTED = r"(?:ngày|tháng|năm|quý|số|điều|khoản|chương|khóa|khoá|đợt|kỳ) \d{1,6}(?!\w)"
_ORDINAL = r"lần thứ (?:[ivx]{1,6}|\d{1,3})(?!\w)"
_BOUND = re.compile(rf"(?<!\w)(?:(?:{'|'.join(COMPOUNDS)})(?!\w)|{_COUNTED}|{_ORDINAL})", re.IGNORECASE)


def bind_compounds(text: str) -> str:
    """Text whose compounds hold together: "thi đua năm 2024" with no-break spaces inside both.

    Shape: only spaces inside known compounds change, so the length and every other character stay.
    """
    matching = canonical_tones(text).replace(NO_BREAK_SPACE, " ")
    if len(matching) != len(text):
        return text
    bound = list(text)
    for found in _BOUND.finditer(matching):
        for index in range(*found.span()):
            if bound[index] == " ":
                bound[index] = NO_BREAK_SPACE
    return "".join(bound)
