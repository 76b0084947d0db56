"""What stands in quotation marks: slogans, names of movements, sayings."""

import re

from search.vietnamese.letters import fold

_QUOTE = re.compile(r"“\s*([^“”\n]{4,200}?)\s*”|\"\s*([^\"\n]{4,200}?)\s*\"|«\s*([^«»\n]{4,200}?)\s*»")
_SLOGAN = re.compile(r"(tinh than|khau hieu|phuong cham|chu de|thong diep|chu truong)[^.;]{0,60}$")
_MOVEMENT = re.compile(r"(phong trao|cuoc van dong|chuong trinh|hoi thi|dot thi dua|mo hinh|cao trao)[^.;“”]{0,60}$")
_SAYING = re.compile(r"(loi day|cau noi|loi bac|loi keu goi|da day|tung day|can dan|ho chi minh|bac ho)[^.;”]{0,90}$")
_CITED = re.compile(r"(chi thi|nghi quyet|ket luan|quyet dinh|ke hoach|de an|luat|viec|ve)\s*$")
_UNQUOTED = re.compile(
    r"(?:khẩu hiệu|chủ đề|phương châm)(?: thi đua| hành động| năm \d{4})*(?: là)?\s*:\s*([^“”\"\n.;]{8,160})",
    re.IGNORECASE,
)


def find_quotes(text: str, cited: list[tuple[int, int]]) -> dict[str, list[tuple[str, int]]]:
    """`slogans`, `movements` and `sayings` with their positions, in reading order, none twice.

    `cited` are the spans of cited documents: their names in quotation marks are none of these.
    """
    found: dict[str, list[tuple[str, int]]] = {"slogans": [], "movements": [], "sayings": []}
    folded = fold(text)
    for match in _QUOTE.finditer(text):
        words = " ".join((match[1] or match[2] or match[3]).split()).strip("* ")
        before = folded[max(0, match.start() - 160) : match.start()]
        is_cited = any(start <= match.start() < end for start, end in cited)
        # An abstract can seem to run on: "…, với phương châm “…”" is no part of it.
        if is_cited and not _SLOGAN.search(re.split(r"[”\",]", before)[-1]):
            continue
        kind = _kind_of(words, before)
        if kind and words not in [known for known, _ in found[kind]]:
            found[kind].append((words, match.start()))
    for match in _UNQUOTED.finditer(text):
        found["slogans"].append((" ".join(match[1].split()).strip(" *."), match.start()))
    return found


def is_parallel(words: str) -> bool:
    """Whether the words have the beat of a slogan: three or more short parts."""
    parts = re.split(r"\s*[,;]\s*|\s+[-–]\s+", words)
    return len(parts) >= 3 and all(1 <= len(part.split()) <= 4 for part in parts)


def _kind_of(words: str, before: str) -> str:
    # A quote further back in the sentence takes the words before it for itself.
    near = re.split(r"[”\"]", before)[-1]
    if _SLOGAN.search(near):
        return "slogans"
    if _MOVEMENT.search(near):
        return "slogans" if is_parallel(words) else "movements"
    if _CITED.search(near):
        return ""
    if _SAYING.search(near):
        return "sayings"
    return "slogans" if is_parallel(words) and len(words.split()) >= 6 else ""
