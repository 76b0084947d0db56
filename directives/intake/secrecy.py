"""Marks that close a document: state secrets are refused, internal marks keep it inside.

Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15 (storing and sending secrets on machines
connected to the Internet is prohibited); Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

import re
import unicodedata
from collections.abc import Sequence

from search.extraction.blocks import Block, Paragraph, Table, flatten_blocks
from search.extraction.pages import OCR, FilePage

SECRET_MESSAGE = (
    "Văn bản có dấu chỉ độ mật nên không được tải lên hệ thống này; tệp không được lưu lại. "
    "Hãy xử lý theo quy định về tài liệu mật trên máy không nối mạng. "
    "Nếu dấu chỉ độ mật là nhầm, hãy hỏi văn thư cơ quan trước khi tải lên lại."
)
# Stamps stand alone: "bảo mật", "mật độ" and "MẬT ONG" are words of a sentence or a title.
_LEVEL = r"(?:TUYỆT\s*MẬT|TỐI\s*MẬT|M\s?Ậ\s?T)"
_STAMP = re.compile(rf"^\W*(?:DẤU\s+)?{_LEVEL}\W*$")
_STATED = re.compile(r"^\W*độ\s+mật\s*[:\-]\s*(?:tuyệt\s+mật|tối\s+mật|mật)\W*$", re.IGNORECASE)
_RECALLED = re.compile(r"^\W*TÀI\s+LIỆU\s+THU\s+HỒI\W*$", re.IGNORECASE)
_INTERNAL = re.compile(r"^\W*(?P<mark>LƯU\s+HÀNH\s+NỘI\s+BỘ|XEM\s+XONG\s+TRẢ\s+LẠI|TÀI\s+LIỆU\s+HỘI\s+NGHỊ)\W*$")

# A reader of pictures loses the marks of a stamp before its letters.
_READ_STAMP = re.compile(r"^\W*(?:TUY\wT\s*|T\wI\s*)?M[ẬẠẤÂÁẦẨẪ]T\W*$")
_STAMP_ZONE = 0.45


def is_secret(blocks: Sequence[Block], margins: Sequence[str], pages: Sequence[FilePage]) -> bool:
    """Whether a stamp of state secrecy stands in a document, also one read from the picture of a page."""
    if has_secret_mark(list(blocks), list(margins)):
        return True
    edges = [*pages[:1], *pages[-1:]]
    lines = [line for page in edges if page.source == OCR for line in page.lines if line.box[1] < _STAMP_ZONE]
    return any(_READ_STAMP.match(line.text) for line in lines)


def has_secret_mark(blocks: list[Block], margins: list[str]) -> bool:
    """Whether a secrecy stamp stands on a line of its own, as "TỐI MẬT" under the number does."""
    return any(pattern.match(line) for line in _lines(blocks, margins) for pattern in (_STAMP, _STATED, _RECALLED))


def internal_mark(blocks: list[Block], margins: list[str]) -> str:
    """The mark that keeps a document inside, as in `"LƯU HÀNH NỘI BỘ"`; "" when there is none."""
    for line in _lines(blocks, margins):
        if match := _INTERNAL.match(line):
            return re.sub(r"\s+", " ", match["mark"])
    return ""


def _lines(blocks: list[Block], margins: list[str]) -> list[str]:
    """Stand-alone lines: a cell of a table with lines around it is data, not a stamp, unless the
    whole table is the stamp."""
    lines = list(margins)
    for block in blocks:
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
        if isinstance(block, Paragraph) or not block.bordered or len(cells) == 1:
            lines += [paragraph.text for paragraph in flatten_blocks([block])]
    pieces = [piece for line in lines for piece in re.split(r"[\n\t]| {4,}", line)]
    return [unicodedata.normalize("NFC", piece).strip() for piece in pieces if piece.strip()]
