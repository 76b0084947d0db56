"""Aims, participants and scope of a campaign, from their sections or from the launching sentence."""

import re

from search.vietnamese.letters import fold

from .found import Found
from .outline import Node, walk
from .sentences import sentence_at

_AIM = re.compile(r"(?:voi|nham) muc (?:tieu|dich)(?: la)?\s*:?\s+|\bmuc dich\s*:\s+|\bmuc tieu(?: chung)?\s*:\s+")
_AIM_END = re.compile(
    r"[,;]?\s*(?:voi|bang|theo|cu the)\s+(?:nhung |cac |mot so )?(?:noi dung|nhiem vu|"
    r"viec)|[.;:\n“]\s|[.:]?\s*$|\n"
)
_AIM_SECTION = re.compile(r"^(?:muc dich|muc tieu)\b(?!.*\bchi tieu cu the)")
_AIM_OTHER = re.compile(r"^(?:yeu cau|chi tieu|noi dung|doi tuong|pham vi|nhiem vu)\b")
_GROUPS = (
    r"(?:can bo|cong chuc|vien chuc|nguoi lao dong|dang vien|doan vien|giao vien|hoc sinh|"
    r"sinh vien|hoc vien|nhan vien|chien si|y,? bac si|thay thuoc|nha giao|hoi vien|nong "
    r"dan|nhan dan|quan chung)"
)
_PARTICIPANTS = re.compile(
    rf"(?:toan the |doi ngu |tat ca |moi )?{_GROUPS}(?:(?:\s*,\s*|\s+va\s+|\s*,\s*va\s+){_GROUPS})+"
)
_SCOPE = re.compile(
    r"(?:trong )(?:pham vi )?(?:toan (?:don vi|nganh|so|tinh|the|huyen|xa|truong|benh "
    r"vien|co quan|quoc)(?: [^\W\d_]+ tinh)?"
    r"|cac co quan, don vi(?: truc thuoc| thuoc so)*)"
)
_SECTIONS = {
    "participants": re.compile(r"^doi tuong\b(?! khen)"),
    "scope": re.compile(r"^pham vi\b"),
}


def read_aims(root: Node, text: str) -> dict[str, Found]:
    """The fields `objectives` and `scope` (lists) and `participants` (a phrase)."""
    fields: dict[str, Found] = {}
    objectives, evidence = _objectives(root, text)
    if objectives:
        fields["objectives"] = Found(objectives, "typed", 0.8, evidence)
    if participants := _section_text(root, "participants") or _phrase(_PARTICIPANTS, text):
        fields["participants"] = Found(participants, "typed", 0.8, _evidence(text, participants))
    section = _section_text(root, "scope")
    scope = [section] if section else _phrases(_SCOPE, text)
    if scope:
        fields["scope"] = Found(scope, "typed", 0.8, _evidence(text, scope[0]))
    return fields


def _objectives(root: Node, text: str) -> tuple[list[str], str]:
    section = next((node for node in walk(root) if node.kind and _AIM_SECTION.match(node.key)), None)
    if section is not None:
        found = _under(section)
        if found:
            return found, " ".join(filter(None, [section.mark, section.text]))
    found, folded, evidence = [], fold(text), ""
    for match in _AIM.finditer(folded):
        end = _AIM_END.search(folded, match.end())
        aim = " ".join(text[match.end() : end.start() if end else len(text)].split()).strip(" ,.;:")
        if len(aim.split()) >= 5 and aim not in found:
            found.append(aim)
            evidence = evidence or sentence_at(text, match.start())
    return found[:6], evidence


def _under(section: Node) -> list[str]:
    """The paragraphs of a section of aims, up to the "yêu cầu" that often shares its heading."""
    inline = re.match(r"^[^:]{0,40}:\s*(\S.{20,})$", section.text)
    if inline:
        return [inline[1]]
    children = section.children
    own = next((child for child in children if _AIM_SECTION.match(child.key)), None)
    if own is not None:
        return _under(own) or [child.text for child in own.children]
    found = []
    for child in children:
        if _AIM_OTHER.match(child.key):
            break
        found += [child.text] if child.children == [] else [child.text, *(n.text for n in child.children)]
    return [text for text in found if len(text.split()) >= 4]


def _section_text(root: Node, name: str) -> str:
    """The text of the section "Đối tượng" or "Phạm vi", on its own line or under it."""
    for node in walk(root):
        if not node.kind or not _SECTIONS[name].match(node.key):
            continue
        if ":" in node.text and (inline := node.text.split(":", 1)[1].strip(" .;")):
            return str(inline)
        texts = [child.text for child in walk(node) if child is not node and len(child.text.split()) > 2]
        if texts:
            return " ".join(texts)[:500].strip(" ;")
    return ""


def _phrase(pattern: re.Pattern[str], text: str) -> str:
    found = _phrases(pattern, text)
    return found[0] if found else ""


def _phrases(pattern: re.Pattern[str], text: str) -> list[str]:
    found = []
    for match in pattern.finditer(fold(text)):
        phrase = " ".join(text[match.start() : match.end()].split())
        if phrase not in found:
            found.append(phrase)
    return found


def _evidence(text: str, phrase: str) -> str:
    at = text.find(phrase)
    return sentence_at(text, at) if at >= 0 else phrase[:400]
