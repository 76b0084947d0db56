"""The organ named after "của" in a citation: "của Bộ Tài nguyên và Môi trường về …"; pure Python."""

from __future__ import annotations

import re

from search.vietnamese.letters import nfc

_SPACE = r"[ \t]{1,3}(?:\n[ \t]{0,3})?|\n[ \t]{0,3}"
SPACE = f"(?:{_SPACE})"

_VOWELS = nfc("AĂÂEÊIOÔƠUƯY")
_TONED = "".join(nfc(vowel + tone) for vowel in _VOWELS for tone in "\u0300\u0301\u0303\u0309\u0323")
#: Every Vietnamese capital, and every small letter, as the inside of a character class.
CAPITALS = f"A-Z{_VOWELS}Đ{_TONED}"
SMALL = CAPITALS.lower()

# Small words that go on with the sentence rather than with the name.
_GOING_ON = (
    r"về|việc|ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi|thay thế|ngày|tháng|số|năm|giao|các|những"
    r"|đã|đang|tại|để|theo|có|trong|cho|với|là|được|trên|từ|khi|do|thì|mà|này|nêu|đề ra|đề nghị"
    r"|yêu cầu|triển khai|kh[oó][aá]|nhiệm kỳ|phát động|gửi|công bố|của|chỉ đạo|kèm|đến|nhằm|phải|còn"
    r"|như|vào|hết|và|bằng|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kế hoạch|công văn|kết luận"
    r"|lần thứ|vừa|qua|tổ chức|thông báo|chủ trì|thực hiện"
)
_STOP = rf"(?!(?:{_GOING_ON})\b)"
_CAPITAL_WORD = rf"[{CAPITALS}][\w&.]{{0,14}}(?<!\.)"
_SMALL_WORD = rf"{_STOP}[{SMALL}][{SMALL}]{{0,6}}(?!\w)"
_PART = rf"{_CAPITAL_WORD}(?:{SPACE}{_SMALL_WORD}){{0,3}}"
_KIND_AHEAD = (
    r"(?!(?:Nghị|Quyết|Quy|Chỉ thị|Thông|Kế hoạch số|Kết|Hướng|Chương trình|Đề án|Báo cáo|Tờ|Công văn|Luật"
    r"|Bộ luật)\b)"
)
_LEVEL = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|trung ương|cơ sở)"
# "Bộ Văn hóa, Thể thao và Du lịch", "Hội đồng Thi đua - Khen thưởng tỉnh".
_LISTED = rf",{SPACE}(?={_CAPITAL_WORD}{SPACE}\w{{1,7}}{SPACE}và{SPACE})"
_LINK = rf"(?:{SPACE}(?:và|-){SPACE}{_KIND_AHEAD}|{_LISTED}|{SPACE})"
_NAME = rf"{_PART}(?:{_LINK}{_PART}){{0,4}}"
_PLACE = rf"{SPACE}{_LEVEL}(?!\w)(?:{SPACE}{_KIND_AHEAD}{_CAPITAL_WORD}){{0,4}}"
NAME = f"(?:{_NAME})"
PLACE = f"(?:{_PLACE})"

_FIXED = (
    r"Bộ Chính trị|Ban Bí thư(?: Trung ương Đảng| Trung ương)?|Ban Chấp hành Trung ương(?: Đảng)?"
    r"|Trung ương Đảng|Thủ tướng Chính phủ|Chính phủ|Ủy ban [Tt]hường vụ Quốc hội|Quốc hội|Chủ tịch nước"
)
_OFFICE = (
    r"(?:(?:Bộ trưởng|Thống đốc|Giám đốc|Chủ tịch|Chánh Văn phòng|Trưởng ban|Thủ trưởng|Tổng cục trưởng"
    r"|Cục trưởng) )?"
)
_HEAD = (
    r"(?:Hội đồng nhân dân|Ủy ban nhân dân|Ủy ban|HĐND|UBND|Ban Thường vụ|Ban Chấp hành|Đảng ủy|Đảng bộ"
    r"|(?:Tỉnh|Thành|Huyện) ủy|Văn phòng|Tổng cục|Chi cục|Cục|Tổng Liên đoàn|Liên đoàn|Công đoàn|Hội đồng"
    r"|Mặt trận|Bộ|Sở|Ban|Ngân hàng|Trung tâm|Viện|Kho bạc|Thanh tra)"
)
ISSUER = re.compile(rf"(?:{_FIXED}|{_OFFICE}{_HEAD}(?!\w)(?:{SPACE}{_KIND_AHEAD}{_NAME})?{PLACE}?)(?!\w)")


def read_issuer(plain: str, start: int) -> tuple[str, int] | None:
    """Name of the organ that starts there and where it ends: "UBND tỉnh Kon Tum"; None when no organ does.

    Shape: plain is in the new tone placement, see letters.canonical_tones.
    """
    found = ISSUER.match(plain, start)
    return (" ".join(found[0].split()), found.end()) if found else None
