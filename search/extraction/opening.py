"""Any file opened by the reader of what it really holds; runs in the bounded process only."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import archive, formats, ole
from .pages import Found, Part
from .refusals import ReadingFailed, Refused


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller wants of the reading: `Wishes(engines=("trueocr",))`.

    Shape: `engines` names the OCR engines that read every page, None for all that are installed: then the first
    reads every page, the others those that it is unsure of, with `thorough` every page too; `max_ocr_pages` bounds how
    many pages are read from pictures; `with_blocks` asks for the structure besides the pages; `first_page_only`
    for no page but the first of a file that has pages.
    """

    engines: tuple[str, ...] | None = None
    max_ocr_pages: int = 60
    with_blocks: bool = False
    first_page_only: bool = False
    thorough: bool = False


def open_parts(data: bytes, name: str, wishes: Wishes) -> Iterator[Part]:
    """The parts of a file as they are read: its kind first, its ending last.

    Errors: Refused or ReadingFailed, with a Vietnamese sentence; call it under limits only.
    """
    claimed = formats.format_of(name)
    kind = kind_of(data, name)
    yield Found(format=kind)
    if claimed is not None and _is_disguised(claimed.name, kind):
        yield Found(
            warning=f"Nội dung của tệp “{name}” thật ra là {formats.FORMATS[kind].label}, "
            f"không phải {claimed.label}; hãy kiểm tra lại nguồn của tệp."
        )
    yield from _read(kind, data, name, wishes)


def kind_of(data: bytes, name: str) -> str:
    """The kind that some content has whatever its name says: `kind_of(b"%PDF-1.7", "a.doc") == "pdf"`.

    Errors: Refused for a kind that has no reader here, a damaged or a locked file.
    """
    claimed = formats.format_of(name)
    family = formats.sniff(data[: formats.SNIFFED_BYTES], claimed.name if claimed else "")
    if family == "zip":
        return archive.kind_of(name, data)
    if family == "ole":
        return ole.kind_of(name, data)
    if not family:
        raise Refused(unknown_kind(name))
    return family


def unknown_kind(name: str) -> str:
    """What is said of a file that nothing here can read."""
    return (
        f"Không nhận ra nội dung của tệp “{name}”, hoặc định dạng này không được nhận. "
        "Hãy mở bằng phần mềm đã tạo ra tệp và lưu thành .docx hoặc PDF."
    )


def _is_disguised(claimed: str, kind: str) -> bool:
    texts = {"txt", "md", "html"}
    return claimed != kind and not {claimed, kind} <= texts and not {claimed, kind} <= formats.IMAGES


def _read(kind: str, data: bytes, name: str, wishes: Wishes) -> Iterator[Part]:
    # Each library is loaded here, under the limits, and only for the kind of file that needs it.
    match kind:
        case "docx":
            from .docx_pages import read_docx_pages as read
        case "odt":
            from .odt import read_odt as read
        case "rtf":
            from .rtf import read_rtf as read
        case "doc":
            from .doc import read_doc as read
        case "pdf":
            from .pdf import read_pdf as read
        case "xlsx" | "xls" | "ods":
            from .sheets import read_sheets as read
        case "png" | "jpg" | "tiff":
            from .images import read_image as read
        case "html":
            from .html import read_html as read
        case "txt" | "md":
            from .plain_text import read_plain_text as read
        case _:
            raise ReadingFailed(unknown_kind(name))
    return read(data, name, wishes)
