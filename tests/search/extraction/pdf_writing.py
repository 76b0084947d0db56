"""A small PDF writer for the tests: pages of lines, and pages that are one picture."""

_LINE = 16
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange {count} beginbfchar {pairs} endbfchar "
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)


def pdf(*pages: list[str] | None) -> bytes:
    """The bytes of a PDF, as in `pdf(["Điều 1."], None)`; None is a page that is one grey picture."""
    letters = sorted({letter for page in pages for line in page or [] for letter in line})
    kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/Own/Flags 4/ItalicAngle 0"
        b"/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>",
        _stream("", _map(letters)),
        _stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"),
    ]
    for index, page in enumerate(pages):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {8 + 2 * index} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>>>".encode(),
            _stream("", _content(page)),
        ]
    return _file(objects)


def _content(page: list[str] | None) -> bytes:
    if page is None:
        return b"q 595 0 0 842 0 0 cm /I Do Q"
    lines = [f"<{line.encode('utf-16-be').hex()}> Tj 0 -{_LINE} Td" for line in page]
    return " ".join(["BT /F 12 Tf 40 800 Td", *lines, "ET"]).encode()


def _map(letters: list[str]) -> bytes:
    pairs = " ".join(f"<{ord(letter):04x}> <{ord(letter):04x}>" for letter in letters)
    return _TO_UNICODE.format(count=len(letters), pairs=pairs).encode()


def _stream(entries: str, data: bytes) -> bytes:
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return data + head.encode() + f"startxref\n{len(data)}\n%%EOF\n".encode()
