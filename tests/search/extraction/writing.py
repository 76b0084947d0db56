"""A small .docx writer for the tests: paragraphs, tables, lists and text boxes, nothing else."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_NUMBERING = (
    f"<w:numbering {_W}>"
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#61623;"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3, 4))
    + "</w:numbering>"
)
NUMBERED, BULLETED, LETTERED, ROMAN = 1, 2, 3, 4


def p(text="", align="", bold=False, italic=False, font="", list_id=0, level=0, style="") -> str:
    """One paragraph; `**words**` inside the text are bold."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    if align:
        properties += f'<w:jc w:val="{align}"/>'
    runs = ""
    for index, piece in enumerate(re.split(r"\*\*", text)):
        if piece:
            runs += run(piece, bold or index % 2 == 1, italic, font)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text, bold=False, italic=False, font="", more="") -> str:
    """One run; tabs and line ends become the elements that Word writes."""
    properties = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    properties += "<w:b/>" * bold + "<w:i/>" * italic + more
    parts = re.split(r"([\t\n])", text)
    body = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in parts
        if part
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{body}</w:r>"


def center(text, bold=True) -> str:
    """A centred paragraph, bold unless told otherwise."""
    return p(text, align="center", bold=bold)


def text_box(text) -> str:
    """A paragraph that carries a text box, as stamps do."""
    return f"<w:p><w:r><w:pict><w:txbxContent>{center(text)}</w:txbxContent></w:pict></w:r></w:p>"


def table(rows, bordered=False) -> str:
    """A table; a cell is a list of paragraphs or a plain text."""
    line = '<w:top w:val="single"/>' if bordered else '<w:top w:val="nil"/>'
    body = ""
    for row in rows:
        texts = [cell if cell.startswith("<w:") else p(cell) for cell in map(_join, row)]
        cells = "".join(f"<w:tc>{text}</w:tc>" for text in texts)
        body += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr><w:tblBorders>{line}</w:tblBorders></w:tblPr>{body}</w:tbl>"


def head(parent, organ, number, place_date, *more) -> str:
    """The borderless two-column head of an administrative document."""
    left = [center(line, bold=False) for line in parent.split("\n") if line]
    left += [center(line) for line in organ.split("\n")] + [center(number, bold=False)]
    left += [center(line, bold=False) for line in more]
    right = [
        center("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        center("Độc lập - Tự do - Hạnh phúc"),
        p(place_date, align="center", italic=True),
    ]
    return table([[left, right]])


def signature(recipients, lines) -> str:
    """The borderless two-column end: who it goes to, who signed it."""
    left = [p("Nơi nhận:", bold=True), *(p(text) for text in recipients)]
    right = [center(text) if text else p() for text in lines]
    return table([[left, right]])


def docx(*body, parts=None) -> bytes:
    """The bytes of a .docx with these paragraphs and tables; `parts` adds or replaces members."""
    document = part("document", f"<w:body>{''.join(body)}</w:body>")
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": document,
        "word/numbering.xml": _NUMBERING,
    } | (parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def part(name, body) -> str:
    """A whole XML part with the word namespace, as in `part("hdr", p("MẬT"))`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_W}>{body}</w:{name}>'


def _join(cell) -> str:
    return cell if isinstance(cell, str) else "".join(cell)
