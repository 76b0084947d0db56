"""The fields that only a campaign call has."""

import re

from search.extraction.blocks import Block

from .grammar.aims import read_aims
from .grammar.found import Found
from .grammar.occasions import find_occasions
from .grammar.outline import Node, build_outline
from .grammar.periods import read_period
from .grammar.quotes import find_quotes
from .grammar.sentences import sentence_at
from .grammar.sides import find_sides
from .grammar.stages import read_stages
from .grammar.tasks import find_tasks
from .grammar.title import campaign_name


def read_campaign(
    blocks: list[Block], text: str, fields: dict[str, Found], cited: list[tuple[int, int]]
) -> dict[str, Found]:
    """`name`, `sides`, `slogans`, `movements`, `sayings`, `objectives`, `participants`, `scope`,
    `tasks`, `occasions`, `stages`, `pledge_deadline` and `period`; a field that is not found is absent."""
    root = build_outline(blocks)
    title = fields["title"].value if "title" in fields else ""
    found = _read_tasks(root) | read_aims(root, text) | _read_quotes(title, text, cited)
    # A call for one anniversary may name it in its title alone.
    found |= _read_sides(text, fields) | (_read_occasions(text) or _read_occasions(title))
    if period := read_period(text, fields.get("year")):
        found["period"] = period
    found |= read_stages(text, fields.get("year"))
    if title:
        found["name"] = Found(campaign_name(title), "inferred", 0.9, fields["title"].evidence)
    return found


def without_leaders(side: str) -> str:
    """The organ of a launching side: `"Lãnh đạo Sở Y tế"` → `"Sở Y tế"`."""
    return re.sub(r"^(?:Tập thể )?(?:Ban |Tập thể )?(?:[Ll]ãnh đạo|Giám đốc|Thủ trưởng) (?=\S)", "", side)


def _read_tasks(root: Node) -> dict[str, Found]:
    tasks = find_tasks(root)
    return {"tasks": Found(tasks, "typed", 0.85, tasks[0]["text"])} if tasks else {}


def _read_quotes(title: str, text: str, cited: list[tuple[int, int]]) -> dict[str, Found]:
    """The quotes of the title before those of the text."""
    fields = {}
    in_title, in_text = find_quotes(title, []), find_quotes(text, cited)
    for name, quotes in in_text.items():
        values = [words for words, _ in in_title[name]]
        values += [words for words, _ in quotes if words not in values]
        if values:
            evidence = sentence_at(text, quotes[0][1]) if quotes else title
            fields[name] = Found(values, "typed", 0.8, evidence)
    return fields


def _read_sides(text: str, fields: dict[str, Found]) -> dict[str, Found]:
    sides, evidence = find_sides(text)
    if sides:
        return {"sides": Found(sides, "typed", 0.85, evidence)}
    agency = fields.get("agencies") or fields.get("agency")
    if agency is None:
        return {}
    values = agency.value if isinstance(agency.value, list) else [agency.value]
    return {"sides": Found(values, "inferred", 0.6, agency.evidence)}


def _read_occasions(text: str) -> dict[str, Found]:
    occasions = find_occasions(text)
    if not occasions:
        return {}
    values = [occasion.to_json() for occasion, _ in occasions]
    return {"occasions": Found(values, "typed", 0.9, sentence_at(text, occasions[0][1]))}
