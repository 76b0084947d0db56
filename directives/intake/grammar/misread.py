"""Marks that a reader of pictures loses, put back in pairs of words that offices write every day.

Only fields are mended so, each with its evidence beside it; the text of a document stays as it was read.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from search.extraction.trust import is_known, is_syllable
from search.vietnamese.letters import fold
from search.vietnamese.people import FAMILY_NAMES

from .found import Found

_PAIRS = (
    "như điều, về việc, kỷ niệm, lần thứ, thắng lợi, nhiệm vụ, phong trào, thi đua, khen thưởng, kế hoạch, triển khai, "
    "thực hiện, tổ chức, ủy ban, nhân dân, hội đồng, quản lý, sử dụng, tài sản, đất đai, môi trường, tài nguyên, "
    "giải quyết, đơn vị, trực thuộc, hạ tầng, kinh tế, xã hội, văn phòng, giám đốc, chủ tịch, bí thư, thông tin, "
    "điện tử, thủ tục, hành chính, cải cách, báo cáo, kết luận, cuộc họp, lãnh đạo, năm học, dạy tốt, học tốt, đầu tư, "
    "xây dựng, phát triển, chuyển đổi, quy định, quyết định, hướng dẫn, nghị quyết, ban hành, sửa đổi, bổ sung, "
    "thông báo, danh hiệu, lao động, tiên tiến, giấy khen, bằng khen, chứng nhận, kiểm tra, thanh tra, hồ sơ, "
    "phê duyệt, dự toán, ngân sách, công chức, viên chức, tuyển dụng, bồi dưỡng, đào tạo, giáo dục, văn hóa, thể thao, "
    "du lịch, nông nghiệp, nông thôn, lâm nghiệp, phòng cháy, chữa cháy, an toàn, giao thông, thống kê, kê khai, "
    "thu hồi, bồi thường, hỗ trợ, định cư, đo đạc, đăng ký, biến động, bảo vệ, khoáng sản, tài chính, nội vụ, tư pháp, "
    "công thương, khoa học, công nghệ, dân tộc, tôn giáo, lưu trữ, phó giám, thường trực, tỉnh ủy, huyện ủy, đảng ủy, "
    "đảng bộ, đại hội, toàn quốc, phê chuẩn, bổ nhiệm, miễn nhiệm, điều động, phụ trách, tiếp nhận, cấp giấy, "
    "chính phủ, thủ tướng, bộ trưởng, quốc hội, pháp luật, công khai, quy hoạch, chỉ đạo, phối hợp, "
    "trách nhiệm, quy chế, chương trình, tăng cường, nâng cao, chất lượng, hiệu quả, đánh giá, xếp loại, tổng kết, "
    "sơ kết, dân tỉnh, chào mừng, thành lập, kiện toàn, hưởng ứng, thẩm quyền, phản ánh, kiến nghị, cổng thông, "
    "chỉ thị, chỉ tiêu, chỉ dẫn, chi cục, chi nhánh, chi tiết, chi trả, tình hình, "
    "địa bàn, bàn tỉnh, đoàn thể, hệ thống, tầm nhìn, bản đồ, địa hình, nghiệm thu, cơ sở, "
    "dữ liệu, phế liệu, nhập khẩu, xuất khẩu, kiểm định, kiểm soát, thẩm định, cơ chế, ổn định, tiến bộ, xăng dầu, "
    "thứ trưởng, cục trưởng, vụ trưởng, viện trưởng, hiệu trưởng, phó vụ, phó cục, thanh niên, phụ nữ, trẻ em, "
    "bình đẳng, dân số, nguồn vốn, trái phiếu, bệnh viện, y tế, vùng miền, giai đoạn, định hướng, mục tiêu, "
    "nghị định, thông tư, công văn, tờ trình, công điện, giấy mời, dự án, đề án, nông dân, chăn nuôi, thủy lợi, "
    "thủy sản, thiên tai, hạn hán, cấp bách, giải pháp, công tác, đối với, tiếp tục, chính sách, chế độ, "
    "tiêu chuẩn, xử phạt, vi phạm, đấu giá, đấu thầu, bất động, cấp huyện, cấp tỉnh, cấp xã, thành phố, "
    "ban chấp, chấp hành, đồng chí, ủy viên, bộ chính, chính trị, bí thư, trung ương, ủy trực, báo chí, "
    "công báo, công an, quân sự, mặt trận, tổ quốc, dân quân, cựu chiến, chiến binh, liên đoàn, công đoàn"
)
_BY_KEY: dict[str, set[str]] = {}
for _pair in _PAIRS.split(", "):
    _BY_KEY.setdefault(fold(_pair), set()).add(_pair)
_FAMILIES: dict[str, set[str]] = {}
for _name in FAMILY_NAMES:
    _FAMILIES.setdefault(fold(_name), set()).add(_name)
_NAMES = ("abstract", "title", "agency", "parent_agency")
_WORD = re.compile(r"[^\W\d_]+")
_ABOUT = re.compile(r"^V[eêẻẽéèẹếểễệ](?= [^\W\d_])")
_OF = re.compile(r"\bc[úùũụ]a\b")
# A speck before the first word: "2Về việc", ", +Sửa đổi".
_SPECK = re.compile(r"^(?:[^\w“\"(]+(?=\w)|\d(?=[^\W\d_])|[b-df-hj-np-tvwxz]\s+)", re.IGNORECASE)
_CROWDED = re.compile(r"(?<=[^\W\d_][:,;])(?=[^\W\d_])")


def mend_words(text: str) -> str:
    """The text with the marks of common pairs: `mend_words("vế việc kỳ niệm") == "về việc kỷ niệm"`."""
    text = _OF.sub("của", _ABOUT.sub("Về", _WORD.sub(_parted, text)))
    words = list(_WORD.finditer(text))
    mended = {index: word[0] for index, word in enumerate(words)}
    for index, (one, other) in enumerate(pairwise(words)):
        if text[one.end() : other.start()] != " ":
            continue
        meant = _BY_KEY.get(fold(f"{one[0]} {other[0]}"), set())
        if len(meant) == 1:
            pair = next(iter(meant)).split()
            mended[index] = _as_written(pair[0], one[0])
            mended[index + 1] = _as_written(pair[1], other[0])
    parts, at = [], 0
    for index, word in enumerate(words):
        parts += [text[at : word.start()], mended[index]]
        at = word.end()
    return "".join(parts) + text[at:]


def _parted(word: re.Match[str]) -> str:
    """Two words that were read as one: `"vịthuộc"` → `"vị thuộc"`; a word that parts in two ways stays."""
    read = word[0]
    if is_syllable(read) or read.isascii():
        return read
    cuts = [at for at in range(1, len(read)) if is_known(read[:at]) and is_known(read[at:])]
    return f"{read[: cuts[0]]} {read[cuts[0] :]}" if len(cuts) == 1 else read


def mend_person(name: str) -> str:
    """A name whose family name lost its marks: `mend_person("Trắn Bá Công") == "Trần Bá Công"`."""
    family, blank, rest = name.partition(" ")
    meant = _FAMILIES.get(fold(family), set())
    is_meant = rest and len(meant) == 1 and family.lower() not in FAMILY_NAMES
    return f"{_as_written(next(iter(meant)), family)}{blank}{rest}" if is_meant else name


def mend_misread(fields: dict[str, Found]) -> dict[str, Found]:
    """Fields read from a picture with their words mended."""
    mended = dict(fields)
    for name in _NAMES:
        if name in fields and isinstance(fields[name].value, str):
            text = _SPECK.sub("", _SPECK.sub("", fields[name].value))
            mended[name] = replace(fields[name], value=mend_words(text[:1].upper() + text[1:]))
    if "addressees" in fields:
        mended["addressees"] = replace(fields["addressees"], value=[*map(mend_words, fields["addressees"].value)])
    if "recipients" in fields:
        rows = [row | {"raw": _mended_row(row["raw"]), "name": mend_words(row["name"])}
                for row in fields["recipients"].value]  # fmt: skip
        mended["recipients"] = replace(fields["recipients"], value=rows)
    if "signature" in fields:
        mended["signature"] = replace(fields["signature"], value=_mended_signing(fields["signature"].value))
    if "signatures" in fields:
        mended["signatures"] = replace(fields["signatures"], value=[*map(_mended_signing, fields["signatures"].value)])
    return mended


def _mended_row(text: str) -> str:
    return mend_words(_CROWDED.sub(" ", text)).rstrip(" :;.,")


def _mended_signing(value: dict[str, Any]) -> dict[str, Any]:
    office = mend_words(value["office_display"]) if value["office_display"] else value["office_display"]
    return value | {"name": mend_person(value["name"]), "office_display": office}


def _as_written(meant: str, read: str) -> str:
    if read.isupper() and len(read) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if read[:1].isupper() else meant
