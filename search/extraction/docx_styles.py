"""Styles of a .docx: what a paragraph or a run looks like after all inheritance."""

from dataclasses import dataclass, field, replace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_ALIGN = {"start": "left", "end": "right", "both": "justify", "distribute": "justify"}
_MAX_DEPTH = 20


@dataclass(frozen=True)
class Look:
    """How text looks: `Look(bold=True, font="Times New Roman")`; None means "as inherited"."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    align: str | None = None
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, below: "Look") -> "Look":
        """This look laid over another: what is None here is taken from below."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **said)


@dataclass(frozen=True)
class Styles:
    """The style sheet of one document."""

    looks: dict[str, Look] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    bordered_tables: frozenset[str] = frozenset()
    default: Look = Look()
    default_paragraph: str = ""

    def look(self, style_id: str | None) -> Look:
        """The look of a style with everything it is based on; an unknown style is the default."""
        chain, seen = [], set()
        while style_id in self.looks and style_id not in seen and len(chain) < _MAX_DEPTH:
            seen.add(style_id)
            chain.append(self.looks[style_id])
            style_id = self.parents.get(style_id)
        look = self.default
        for part in reversed(chain):
            look = part.over(look)
        return look

    def is_bordered(self, style_id: str | None) -> bool:
        """Whether a table style, or one it is based on, draws lines."""
        seen = set()
        while style_id and style_id not in seen:
            if style_id in self.bordered_tables:
                return True
            seen.add(style_id)
            style_id = self.parents.get(style_id)
        return False


def read_styles(root) -> Styles:
    """The style sheet in `word/styles.xml`; an empty one when the part is missing."""
    if root is None:
        return Styles()
    defaults = root.find(f"{W}docDefaults")
    default = Look()
    if defaults is not None:
        default = read_look(defaults.find(f"{W}rPrDefault/{W}rPr"))
    looks, parents, bordered, first = {}, {}, set(), ""
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        looks[name] = read_look(style.find(f"{W}rPr")).over(read_look(style.find(f"{W}pPr")))
        based_on = style.find(f"{W}basedOn")
        if based_on is not None:
            parents[name] = based_on.get(f"{W}val")
        if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
            first = name
        if has_borders(style.find(f"{W}tblPr/{W}tblBorders")):
            bordered.add(name)
    return Styles(looks, parents, frozenset(bordered), default, first)


def read_look(properties) -> Look:
    """The look that one `w:rPr` or `w:pPr` element asks for; an absent element asks nothing."""
    if properties is None:
        return Look()
    return Look(
        bold=_switch(properties, "b"),
        italic=_switch(properties, "i"),
        underline=_switch(properties, "u"),
        caps=_switch(properties, "caps"),
        hidden=_switch(properties, "vanish"),
        font=_font(properties),
        align=_align(properties),
        outline=_number(properties, "outlineLvl"),
        list_id=_value(properties, f"numPr/{W}numId"),
        list_level=_number(properties, f"numPr/{W}ilvl"),
    )


def has_borders(borders) -> bool:
    """Whether a `w:tblBorders` or `w:tcBorders` element draws at least one line."""
    if borders is None:
        return False
    return any(line.get(f"{W}val") not in (None, "nil", "none") for line in borders)


def _value(properties, path: str) -> str | None:
    found = properties.find(f"{W}{path}")
    return None if found is None else found.get(f"{W}val", "")


def _switch(properties, name: str) -> bool | None:
    value = _value(properties, name)
    return None if value is None else value.casefold() not in _OFF


def _number(properties, path: str) -> int | None:
    value = _value(properties, path)
    return int(value) if value and value.isdigit() else None


def _align(properties) -> str | None:
    value = _value(properties, "jc")
    return _ALIGN.get(value, value)


def _font(properties) -> str | None:
    fonts = properties.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
