"""The printed name of a document kind on its title line.

Source: Nghị định 30/2020/NĐ-CP, Điều 7 (29 kinds); Quy định 399-QĐ/TW for the Party; campaign
calls carry a title of their own that is none of these.
"""

import re
from dataclasses import dataclass

from search.vietnamese.letters import fold

from .lines import Line

_NAMES = (
    "Nghị quyết liên tịch|Thông tư liên tịch|Nghị quyết|Quyết định|Chỉ thị|Quy chế|Quy định|"
    "Thông cáo|Thông báo|Hướng dẫn|Chương trình|Kế hoạch|Phương án|Đề án|Dự án|Báo cáo|Biên bản|"
    "Tờ trình|Hợp đồng|Công điện|Bản ghi nhớ|Bản thỏa thuận|Giấy ủy quyền|Giấy mời|Thư mời|"
    "Giấy giới thiệu|Giấy nghỉ phép|Phiếu gửi|Phiếu chuyển|Phiếu báo|Thư công|Nghị định|Thông tư|"
    "Kết luận|Thông tri|Tuyên bố|Lời kêu gọi|Quy hoạch|Công văn"
)


@dataclass(frozen=True)
class KindLine:
    """A title line taken apart: `KindLine("ke_hoach", "Kế hoạch", "Triển khai …")`.

    Shape: `rest` is what follows the kind on the same line, "" when the kind stands alone.
    """

    slug: str
    name: str
    rest: str


def slug_of(name: str) -> str:
    """The kind as the number grammar names it: `"Kế hoạch"` → `"ke_hoach"`."""
    return fold(name).replace(" ", "_")


_BY_KEY = {slug_of(name).replace("_", " "): name for name in _NAMES.split("|")}
_KIND = re.compile("^(" + "|".join(sorted(map(re.escape, _BY_KEY), key=len, reverse=True)) + r")\b[\s:.,*-]*")
# A call on one line, or its first word on a line of its own.
_CALL = re.compile(r"^(loi keu goi|thu keu goi|phat dong)\b.*\bthi dua\b|^phat dong$")
_CAMPAIGN = re.compile(r"\bphat dong\b.*\bthi dua\b|\bthi dua\b.*\bphat dong\b|^phong trao thi dua\b")
# "Hướng dẫn liên tịch" is a guideline; who issues it jointly stands in the head.
_JOINT = re.compile(r"^li[eê]n (?:t[iị]ch|ng[aà]nh)\b\W*", re.IGNORECASE)
# "Kết luận thanh tra" is the conclusion of an inspection, whose matter stands on the next line.
_CONCLUDED = re.compile(r"^(?:thanh tra|ki[eể]m tra|gi[aá]m s[aá]t)\W*$", re.IGNORECASE)
_REPORTING = {"bao_cao", "to_trinh", "bien_ban", "giay_moi"}
MAX_TITLE = 220


def match_kind(line: Line) -> KindLine | None:
    """The kind a line announces, or None: `"KẾ HOẠCH"`, `"PHÁT ĐỘNG PHONG TRÀO THI ĐUA"`."""
    text = re.sub(r"^[\s*]+|[\s*]+$", "", line.text)
    key = fold(text)
    if len(text) > MAX_TITLE or re.search(r"[.;]$", text):
        return None
    stands_out = line.is_upper or (line.align == "center" and line.is_bold)
    if stands_out and _CALL.match(key):
        return KindLine("phat_dong", "Phát động", text)
    found = _KIND.match(key)
    if not found:
        return None
    rest = text[found.end() :].strip()
    if rest and not line.is_upper:
        # "Kế hoạch số 12/KH-SYT …" in running text is a citation.
        if not (stands_out and text[: found.end()].strip(" :*").isupper()):
            return None
    elif not rest and not (line.is_upper or line.is_bold or line.align == "center"):
        return None
    name = _BY_KEY[found[1]]
    if joint := _JOINT.match(rest):
        return KindLine(slug_of(name), f"{name} {joint[0].strip(' .:,-').lower()}", rest[joint.end() :])
    if name == "Kết luận" and _CONCLUDED.match(rest):
        return KindLine(slug_of(name), f"{name} {rest.lower()}", "")
    return KindLine(slug_of(name), name, rest)


def is_campaign_call(kind: str, key: str) -> bool:
    """Whether a document of this kind and folded title launches an emulation campaign."""
    return kind == "phat_dong" or (kind not in _REPORTING and bool(_CAMPAIGN.search(key)))
