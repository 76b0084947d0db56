"""Kind, form, abstract and title of a document."""

import re

from search.vietnamese.letters import fold

from .casing import lower_first, sentence_case
from .found import Found
from .kinds import KindLine, is_campaign_call
from .lines import Line, is_upper

_SUBJECT_MARK = re.compile(r"^\W*v\s*/\s*v\b\s*:?\s*", re.IGNORECASE)
# A letter's subject may be written out under its number; of a decision the words belong to its abstract.
_WRITTEN_OUT = re.compile(r"^\W*về việc\s+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:V/v|Về việc|Về)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MOVEMENT = re.compile(r"^phát động\s+", re.IGNORECASE)
MAX_ABSTRACT = 500


def read_kind(kind: KindLine | None, subject: list[Line], kinds: list[str], title: list[Line]) -> Found | None:
    """The slug of the kind, as in `Found("ke_hoach")`, from the title, else from head and number."""
    if kind:
        return Found(kind.slug, "typed", 0.97, title[0].text)
    if subject:
        return Found("cong_van", "typed", 0.95, subject[0].text)
    if len(kinds) == 1:
        return Found(kinds[0], "inferred", 0.8, "theo ký hiệu của văn bản")
    return None


def read_abstract(
    kind: KindLine | None, title: list[Line], under: list[Line], witness: str, names: tuple[str, ...]
) -> Found | None:
    """What the document is about, in one phrase, without "V/v": `"Triển khai công tác năm 2025"`.

    `under` are the lines under the title, or those of "V/v …" when there is no title.
    """
    parts = [line.text for line in [*title[1:], *under]]
    if kind and kind.slug != "phat_dong":
        parts = [kind.rest, *parts]
    text = _SUBJECT_MARK.sub("", " ".join(" ".join(parts).split())).strip(" .;:*_'|")
    text = text if kind else _WRITTEN_OUT.sub("", text)
    if not text:
        return None
    evidence = " ".join(line.text for line in [*title, *under])
    if is_upper(text):
        return Found(sentence_case(text, witness, names)[:MAX_ABSTRACT], "typed", 0.8, evidence)
    return Found(text[:1].upper() + text[1:MAX_ABSTRACT], "typed", 0.92, evidence)


def read_title(kind: Found | None, kind_line: KindLine | None, abstract: Found | None, witness: str) -> Found | None:
    """The title of the page: `"Kế hoạch triển khai phong trào …"`; a letter's is its abstract."""
    words = abstract.value if abstract else ""
    if kind_line and kind_line.slug == "phat_dong":
        name = sentence_case(kind_line.rest, witness)
        text = f"{name} {lower_first(words)}".strip()
    elif kind_line:
        text = f"{kind_line.name} {lower_first(words)}".strip()
    else:
        text = _ABOUT.sub("", words) if kind else words
        text = text[:1].upper() + text[1:]
    if not text:
        return None
    return Found(text, "typed" if abstract else "inferred", 0.9, abstract.evidence if abstract else text)


def read_form(kind: Found | None, title: Found | None) -> Found:
    """`Found("campaign")` for a call that launches an emulation campaign, else `Found("directive")`."""
    key = fold(title.value) if title else ""
    if is_campaign_call(kind.value if kind else "", key):
        return Found("campaign", "inferred", 0.9, title.value if title else "")
    return Found("directive", "inferred", 0.9, title.value if title else "")


def read_year(title: Found | None, issued_on: Found | None, text: str) -> Found | None:
    """The year a campaign is for: the one in its title, else that of its issue, else of its text."""
    if title and (match := _YEAR.search(title.value)):
        return Found(int(match[1]), "typed", 0.95, title.value)
    if issued_on:
        return Found(int(issued_on.value[:4]), "inferred", 0.8, issued_on.evidence)
    if match := _YEAR.search(text):
        return Found(int(match[1]), "inferred", 0.5, match[0])
    return None


def campaign_name(title: str) -> str:
    """The campaign that a call launches: `"Phát động phong trào thi đua …"` → `"Phong trào thi đua …"`."""
    at = fold(title).find("phong trao")
    name = title[at:] if at >= 0 else _MOVEMENT.sub("", title)
    return name[:1].upper() + name[1:]
