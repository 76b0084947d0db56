"""Who launches a campaign: "Lãnh đạo Sở … cùng với Ban Chấp hành Công đoàn phát động"."""

import re

from search.vietnamese.letters import fold

from .sentences import sentence_at, split_sentences

_ORGAN = (
    r"(?:lanh dao|ban giam doc|giam doc|ban lanh dao|tap the lanh dao|thu truong|chu tich|"
    r"dang uy|dang bo|chi bo|cap uy|ban thuong vu|thuong truc|ban chap hanh|bch|cong doan|"
    r"lien doan lao dong|doan thanh nien|doan |hoi |hoi dong|mat tran|so |uy ban|ubnd|"
    r"chi cuc|trung tam|truong |benh vien|ban quan ly|van phong|cong an)"
)
_CHAIN = re.compile(rf"(?<!\w){_ORGAN}")
_JOINT = re.compile(
    r"\s*(?:,|\bva\b|\bcung voi\b|\bcung\b|\bphoi hop voi\b|\bphoi hop cung\b|\bphoi hop\b|\s-\s)\s+(?=" + _ORGAN + ")"
)
_LAUNCH = re.compile(
    r"\s*(?:\b(?:phoi hop|to chuc|chinh thuc|tiep tuc|thong nhat|dong loat|chu tri|"
    r"quyet dinh|cung|da|se)\s+)*(?:phat dong|keu goi)\b"
)
# Verbs before "phát động"; in small letters, since "Xây dựng" is also the name of a department.
_TAIL = re.compile(
    r"\s+(?:phối hợp|tổ chức|chính thức|tiếp tục|thống nhất|đồng loạt|quyết định|ban hành.*|xây dựng.*|"
    r"cùng|đã|sẽ)$"
)
_NO_ORGAN = re.compile(r"^so (?:luong|lieu|ket)|^doan ket|^hoi nghi|^truong hop")
_MAX_WORDS = 16


def find_sides(text: str) -> tuple[list[str], str]:
    """The sides that launch and the sentence that says so; `([], "")` when no sentence does."""
    folded = fold(text)
    for verb in ("phat dong", "keu goi"):
        for start, end in split_sentences(text):
            for launch in _LAUNCH.finditer(folded, start, end):
                sides = _sides_before(text, folded, start, launch.start()) if verb in launch[0] else []
                if sides:
                    return sides, sentence_at(text, launch.start())
    return [], ""


def _sides_before(text: str, folded: str, start: int, end: int) -> list[str]:
    """The organs named right before the verb, as the subject of the sentence."""
    clause = folded[start:end]
    heads = [match.start() for match in _CHAIN.finditer(clause) if not _NO_ORGAN.match(clause[match.start() :])]
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
    return _TAIL.sub("", part).strip(" ,")
