"""What an address states that nobody can use: programs are refused it, people are told."""

from collections.abc import Sequence

from django.http import QueryDict

from search.asking import KNOWN, Ask
from search.vietnamese.letters import clean

#: How people call what a parameter states.
NAMES = {
    "muc": "mục",
    "loai": "loại",
    "co_quan": "cơ quan ban hành",
    "don_vi": "đơn vị",
    "linh_vuc": "lĩnh vực",
    "nam": "năm",
    "thang": "tháng",
    "phong_trao": "phong trào",
    "the": "từ khóa",
    "hieu_luc": "tình trạng hiệu lực",
    "dinh_kem": "tệp đính kèm",
    "sap_xep": "thứ tự sắp xếp",
    "khop": "cách khớp từ",
}
MOST_SAID = 3
LONGEST_SAID = 40


def unused_values(params: QueryDict, ask: Ask) -> list[tuple[str, str]]:
    """What an address states beside the words and the page that `ask` does not hold, e.g. `[("nam", "abc")]`."""
    used: dict[str, list[str]] = {}
    for name, value in ask.pairs():
        used.setdefault(name, []).append(value)
    unused = []
    for name in params:
        given = dict.fromkeys(filter(None, params.getlist(name)))
        held = used.get(name, [])
        if name in KNOWN and name not in ("q", "trang") and len(held) < len(given):
            unused += [(name, value) for value in given if value not in held]
    return unused


def sentences(unused: Sequence[tuple[str, str]]) -> list[str]:
    """What a page says of them: `sentences([("nam", "abc")])` is `["Bỏ qua năm “abc” vì không đọc được."]`."""
    said = []
    for name, value in unused:
        if name in NAMES and (text := clean(value[: 4 * LONGEST_SAID])):
            shown = f"{text[:LONGEST_SAID]}…" if len(text) > LONGEST_SAID else text
            said.append(f"Bỏ qua {NAMES[name]} “{shown}” vì không đọc được.")
    return said[:MOST_SAID]
