"""Automatic list numbers of a .docx: Word stores a recipe, not the "1." that people see."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .docx_styles import W

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_ROMAN = 4000


@dataclass(frozen=True)
class Level:
    """One level of a list: `Level("decimal", "%1.", 1)`."""

    format: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass
class Lists:
    """The lists of one document, counting as the document is read."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict = field(default_factory=lambda: defaultdict(dict))

    def next_label(self, list_id: str | None, level: int) -> str:
        """The mark of the next item, as in `"2."`, `"b)"` or `"-"`; "" outside a list."""
        levels = self.levels.get(list_id or "")
        if not levels or level not in levels:
            return ""
        counts = self.counts[self.abstract[list_id]]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].format == "bullet":
            return "-"
        if levels[level].format == "none":
            return ""
        return re.sub(r"%(\d)", lambda m: self._part(levels, counts, int(m[1]) - 1), levels[level].text)

    @staticmethod
    def _part(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
        known = levels.get(level, Level())
        return spell_number(counts.get(level, known.start), known.format)


def read_lists(root) -> Lists:
    """The lists in `word/numbering.xml`; none when the part is missing."""
    lists = Lists()
    if root is None:
        return lists
    recipes = {item.get(f"{W}abstractNumId"): _levels(item) for item in root.findall(f"{W}abstractNum")}
    for num in root.findall(f"{W}num"):
        list_id, link = num.get(f"{W}numId"), num.find(f"{W}abstractNumId")
        if link is None:
            continue
        levels = dict(recipes.get(link.get(f"{W}val"), {}))
        overrides = num.findall(f"{W}lvlOverride")
        for override in overrides:
            _override(levels, override)
        lists.levels[list_id] = levels
        # Lists that share a recipe go on counting, unless one of them asks for a new start.
        lists.abstract[list_id] = f"own-{list_id}" if overrides else link.get(f"{W}val")
    return lists


def spell_number(number: int, format_name: str) -> str:
    """The number as Word prints it: `spell_number(4, "upperRoman") == "IV"`."""
    if format_name in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format_name == "upperLetter" else letter
    if format_name in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if format_name == "upperRoman" else roman
    return f"{number:02d}" if format_name == "decimalZero" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < _MAX_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _levels(recipe) -> dict[int, Level]:
    return {int(level.get(f"{W}ilvl", "0")): _level(level) for level in recipe.findall(f"{W}lvl")}


def _level(element) -> Level:
    def value(name: str, otherwise: str) -> str:
        found = element.find(f"{W}{name}")
        return otherwise if found is None else found.get(f"{W}val", otherwise)

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def _override(levels: dict[int, Level], override) -> None:
    index = int(override.get(f"{W}ilvl", "0"))
    level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
    if level is not None:
        levels[index] = _level(level)
    if start is not None and start.get(f"{W}val", "").isdigit():
        known = levels.get(index, Level())
        levels[index] = Level(known.format, known.text, int(start.get(f"{W}val")))
