"""Styles of an OpenDocument file: what a paragraph or a run looks like after all inheritance."""

from dataclasses import dataclass, field, replace

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_ALIGN = {"start": "left", "end": "right", "left": "left", "right": "right", "center": "center", "justify": "justify"}
_MAX_DEPTH = 20


@dataclass(frozen=True)
class Look:
    """How text looks: `Look(bold=True, font=".VnTime")`; None means "as inherited"."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    align: str | None = None

    @property
    def marks(self) -> tuple[bool, bool, bool]:
        """Whether it is bold, italic and underlined."""
        return bool(self.bold), bool(self.italic), bool(self.underline)

    def over(self, below: "Look") -> "Look":
        """This look laid over another: what is None here is taken from below."""
        return replace(below, **{name: value for name, value in vars(self).items() if value is not None})


@dataclass(frozen=True)
class Styles:
    """The style sheets of one document."""

    looks: dict[str, Look] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    bordered: frozenset[str] = frozenset()
    default: Look = Look()

    def own_look(self, name: str | None) -> Look:
        """What a style and those it is based on ask for."""
        look, seen = Look(), set()
        while name in self.looks and name not in seen and len(seen) < _MAX_DEPTH:
            seen.add(name)
            look = look.over(self.looks[name])
            name = self.parents.get(name)
        return look

    def look(self, name: str | None) -> Look:
        """The look of a paragraph of that style."""
        return self.own_look(name).over(self.default)

    def is_bordered(self, name: str | None) -> bool:
        """Whether a style of cells draws a line."""
        return name in self.bordered


def read_styles(sheets) -> Styles:
    """The styles in `content.xml` and `styles.xml`."""
    looks, parents, bordered, default = {}, {}, set(), Look()
    fonts = {
        face.get(f"{STYLE}name"): face.get(f"{_SVG}font-family", "").strip("'")
        for sheet in sheets
        for face in sheet.iter(f"{STYLE}font-face")
    }
    for sheet in sheets:
        for style in sheet.iter(f"{STYLE}style", f"{STYLE}default-style"):
            name, family = style.get(f"{STYLE}name"), style.get(f"{STYLE}family")
            if family == "table-cell" and _has_border(style):
                bordered.add(name)
            if family not in ("paragraph", "text"):
                continue
            if name is None:
                default = _look(style, fonts).over(default) if family == "paragraph" else default
                continue
            looks[name] = _look(style, fonts)
            if parent := style.get(f"{STYLE}parent-style-name"):
                parents[name] = parent
    return Styles(looks, parents, frozenset(bordered), default)


def _look(style, fonts: dict[str, str]) -> Look:
    text, paragraph = style.find(f"{STYLE}text-properties"), style.find(f"{STYLE}paragraph-properties")
    align = None if paragraph is None else _ALIGN.get(paragraph.get(f"{_FO}text-align", ""))
    if text is None:
        return Look(align=align)
    name = text.get(f"{STYLE}font-name")
    weight, slant = text.get(f"{_FO}font-weight"), text.get(f"{_FO}font-style")
    line, hidden = text.get(f"{STYLE}text-underline-style"), text.get(f"{TEXT}display")
    return Look(
        bold=None if weight is None else weight == "bold" or weight in ("600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        underline=None if line is None else line != "none",
        hidden=None if hidden is None else hidden == "none",
        font=fonts.get(name) or name or text.get(f"{_FO}font-family"),
        align=align,
    )


def _has_border(style) -> bool:
    properties = style.find(f"{STYLE}table-cell-properties")
    if properties is None:
        return False
    return any("border" in name and value not in ("none", "") for name, value in properties.attrib.items())
