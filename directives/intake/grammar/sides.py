"""Who launches a campaign: "Lãnh đạo Sở … cùng với Ban Chấp hành Công đoàn phát động"."""

import re

from search.vietnamese.letters import fold

from .sentences import sentence_at, split_sentences

_ORGAN = (
    r"(?:lanh dao|ban giam doc|giam doc|ban lanh dao|tap the lanh dao|thu truong|dang uy|"
    r"dang bo|ban thuong vu|thuong truc|"
    r"ban chap hanh|bch|cong doan|lien doan lao dong|so |uy ban|ubnd|chi cuc|trung tam|truong |benh vien|"
    r"hoi dong|doan thanh nien|doan |hoi |ban quan ly|van phong|chu tich|chi bo|cap uy|uy "
    r"ban mttq|mat tran|cong an)"
)
_CHAIN = re.compile(rf"(?<!\w){_ORGAN}")
_JOINT = re.compile(
    r"\s*(?:,|\bva\b|\bcung voi\b|\bcung\b|\bphoi hop voi\b|\bphoi hop cung\b|\bphoi hop\b|\s-\s)\s+(?="
    + _ORGAN
    + ")"
)
_LAUNCH = re.compile(
    r"\s*(?:\b(?:phoi hop|to chuc|chinh thuc|tiep tuc|thong nhat|dong loat|chu tri|quyet "
    r"dinh|cung|da|se|trong the)\s+)*(?:phat dong|keu goi)\b"
)
_TAIL = re.compile(
    r"\s+(?:phoi hop|to chuc|chinh thuc|tiep tuc|thong nhat|dong loat|quyet dinh|ban "
    r"hanh.*|xay dung.*|cung|da|se|da co.*)$"
)
_NO_ORGAN = re.compile(r"^so (?:luong|lieu|ket)|^doan ket|^hoi nghi|^truong hop")
_MAX_WORDS = 16


def find_sides(text: str) -> tuple[list[str], str]:
    """The sides that launch and the sentence that says so; `([], "")` when no sentence does."""
    folded = fold(text)
    for verb in ("phat dong", "keu goi"):
        for start, end in split_sentences(text):
            launch = _LAUNCH.search(folded, start, end)
            if not launch or verb not in launch[0]:
                continue
            sides = _sides_before(text, folded, start, launch.start())
            if sides:
                return sides, sentence_at(text, launch.start())
    return [], ""


def _sides_before(text: str, folded: str, start: int, end: int) -> list[str]:
    """The organs named right before the verb, as the subject of the sentence."""
    clause = folded[start:end]
    heads = [
        match.start() for match in _CHAIN.finditer(clause) if not _NO_ORGAN.match(clause[match.start() :])
    ]
    # The subject begins the sentence or follows a comma; "công đoàn" inside a name does neither.
    opening = [at for at in heads if re.search(r"(?:^|[,;:.”])\s*$", clause[:at])]
    sides: list[str] = []
    for at in reversed(opening):
        parts = _split(text[start + at : end], clause[at:])
        if not parts or not all(map(_is_organ_name, parts)):
            break
        sides = parts
    return sides


def _is_organ_name(part: str) -> bool:
    return len(part.split()) <= _MAX_WORDS and not re.search(r"[\d“”:;]", part)


def _split(text: str, folded: str) -> list[str]:
    parts, at = [], 0
    for match in _JOINT.finditer(folded):
        parts.append(text[at : match.start()])
        at = match.end()
    parts.append(text[at:])
    return [tail for part in parts if (tail := _without_tail(part))]


def _without_tail(part: str) -> str:
    part = " ".join(part.split()).strip(" ,.;:")
    match = _TAIL.search(fold(part))
    return part[: match.start()].strip(" ,") if match else part
