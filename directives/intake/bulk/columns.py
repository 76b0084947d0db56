"""Which column of a register holds what, told by headings in any order and spelling; pure."""

import re
from collections.abc import Mapping, Sequence

from search.vietnamese.letters import fold

#: What a heading may say, folded and without signs, for each field; longer words win over shorter ones.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "file": (
        "tep", "ten tep", "file", "ten file", "tap tin", "ten tap tin", "tep dinh kem", "file dinh kem", "filename",
        "file name", "tep van ban", "file van ban", "duong dan", "duong dan tep", "ten tep van ban",
    ),
    "full_number": (
        "so ky hieu", "so ki hieu", "so va ky hieu", "so va ki hieu", "so ky hieu van ban", "so ki hieu van ban",
        "so ky hieu vb", "so hieu", "so hieu van ban", "so hieu vb",
    ),
    "number": ("so", "so van ban", "so vb", "so di", "so vb di", "so van ban di"),
    "notation": ("ky hieu", "ki hieu", "ky hieu van ban"),
    "issued_on": (
        "ngay ban hanh", "ngay", "ngay thang", "ngay thang nam", "ngay van ban", "ngay ky", "ngay vb",
        "ngay thang van ban", "ngay thang nam ban hanh", "ngay thang ban hanh", "ngay thang nam van ban",
        "thoi gian ban hanh", "ngay ky ban hanh",
    ),
    "abstract": (
        "trich yeu", "trich yeu noi dung", "trich yeu van ban", "noi dung trich yeu", "noi dung", "ve viec",
        "ten loai va trich yeu noi dung van ban", "ten loai va trich yeu noi dung", "ten loai va trich yeu",
        "trich yeu noi dung van ban", "loai va trich yeu",
    ),
    "kind": ("loai", "loai van ban", "ten loai", "the loai", "loai vb", "hinh thuc", "hinh thuc van ban"),
    "agency": (
        "co quan ban hanh", "noi ban hanh", "don vi ban hanh", "cq ban hanh", "co quan", "tac gia",
        "co quan to chuc ban hanh", "co quan ban hanh van ban",
    ),
    "signer": ("nguoi ky", "ho ten nguoi ky", "ho va ten nguoi ky", "nguoi ky van ban", "nguoi ky ban hanh"),
    "recipients": ("noi nhan", "noi nhan van ban", "don vi nhan", "noi gui"),
    "urgency": ("do khan", "muc do khan", "do khan cap", "muc do khan cap", "muc do khan cua van ban"),
    "secrecy": ("do mat", "muc do mat", "muc do bao mat", "do mat van ban"),
    "unit": (
        "don vi soan", "don vi soan thao", "don vi chu tri", "phong soan thao", "don vi tham muu", "noi soan",
        "phong soan", "don vi nguoi nhan ban luu", "bo phan soan thao",
    ),
}  # fmt: skip
_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}
#: A title and the name of the office may stand above the headings.
SEARCHED_ROWS = 30


def plain(text: str) -> str:
    """A heading without marks and signs: `plain("Số, ký hiệu (*)") == "so ky hieu"`."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"\([^()]*\)", " ", text))).split())


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """The place of each field in a line of headings, as in `columns_of(["Tệp", "Số"]) == {"file": 0, "number": 1}`.

    Shape: of two columns with one meaning the first counts; without a heading that is known the dict is empty.
    """
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = _FIELD_OF.get(plain(cell))
        if field and field not in found:
            found[field] = place
    return found


def find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row of the headings and the columns, as in `find_headings([["SỔ"], ["Tệp", "Số"]])[0] == 1`.

    Shape: the row that tells most; (-1, {}) when none tells two fields.
    """
    best, columns = -1, {}
    for place, cells in enumerate(rows[:SEARCHED_ROWS]):
        found = columns_of(cells)
        if len(found) >= 2 and len(found) > len(columns):
            best, columns = place, found
    return best, columns
