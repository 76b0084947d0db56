"""The parts of a .docx archive as XML trees, read within bounds and without entities."""

import posixpath
import zipfile
import zlib

from lxml import etree

from . import bounds
from .refusals import ReadingFailed

_OFFICE_DOCUMENT = "/officeDocument"
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MAIN = "word/document.xml"


class Package:
    """The parts of one .docx: `Package(file).document()` is the tree of its text.

    Errors: ReadingFailed, with a sentence for the clerk.
    """

    def __init__(self, file):
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError) as error:
            raise _damaged() from error
        self._names = {info.filename for info in self._archive.infolist()}
        self.main = self._main_part()

    def document(self):
        """The tree of the main part."""
        tree = self.part(self.main)
        if tree is None:
            raise _damaged()
        return tree

    def related(self, name: str):
        """The tree of a part beside the main one, as in `related("styles.xml")`, or None."""
        return self.part(posixpath.join(posixpath.dirname(self.main), name))

    def margins(self) -> list:
        """The trees of all page headers and footers."""
        folder = posixpath.dirname(self.main)
        stems = (f"{folder}/header", f"{folder}/footer")
        names = sorted(n for n in self._names if n.startswith(stems) and n.endswith(".xml"))
        return [self.part(name) for name in names[:20]]

    def part(self, name: str):
        """The tree of one part, or None when the archive does not hold it."""
        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as stream:
                data = stream.read(bounds.MAX_XML_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise _damaged() from error
        return parse_xml(data)

    def _main_part(self) -> str:
        links = self.part("_rels/.rels")
        for link in [] if links is None else links:
            if link.get("Type", "").endswith(_OFFICE_DOCUMENT):
                return posixpath.normpath(link.get("Target", _MAIN).lstrip("/"))
        return _MAIN


def parse_xml(data: bytes):
    """The root of an XML part: no entities, no network, bounded size and depth.

    Errors: ReadingFailed for a document type declaration (entity bombs and file inclusion need
    one, and Word never writes one) and for XML that is damaged or too large.
    """
    if len(data) > bounds.MAX_XML_BYTES:
        raise ReadingFailed("Văn bản quá lớn nên không đọc được. Hãy tách phụ lục thành tệp riêng rồi tải lên.")
    if any(mark in data for mark in _DOCTYPE):
        raise _suspicious()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _suspicious()
    return root


def _damaged() -> ReadingFailed:
    return ReadingFailed("Tệp bị hỏng nên không đọc được. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên.")


def _suspicious() -> ReadingFailed:
    return ReadingFailed(
        "Tệp có khai báo bất thường nên không được đọc. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên."
    )
