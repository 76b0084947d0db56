"""How a stored file is handed over: by nginx where it stands in front, else in pieces by Django.

Whoever calls has asked the audience rule; here nobody is asked again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from home.uploads import extension_of
from search.vietnamese.slugs import slugify

LOCKED_DOWN = "default-src 'none'; sandbox"
#: Shared caches may be late by five seconds when a page is withdrawn; a reader's own asks each time, with the tag.
PUBLIC_CACHE = "public, max-age=0, must-revalidate, s-maxage=5"
PRIVATE_CACHE = "private, no-store"
PIECE = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PICTURES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
}
OOXML = "application/vnd.openxmlformats-officedocument"
FILES = {
    "pdf": "application/pdf",
    "docx": f"{OOXML}.wordprocessingml.document",
    "xlsx": f"{OOXML}.spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
#: What a browser shows by itself without running anything of the file.
SHOWN_IN_PLACE = frozenset((*PICTURES, "pdf"))


@dataclass(frozen=True)
class StoredFile:
    """A file that may be handed over: `StoredFile("documents/a.k3j5x8a2b4cd.pdf", "Kế hoạch.pdf", is_public=True)`."""

    name: str
    shown_name: str
    is_public: bool
    is_download: bool = True

    @property
    def content_type(self) -> str:
        return (PICTURES | FILES).get(extension_of(self.shown_name), "application/octet-stream")

    @property
    def disposition(self) -> str:
        """The header that names the file, in plain letters too for old programs."""
        is_shown = not self.is_download and extension_of(self.shown_name) in SHOWN_IN_PLACE
        stem, _, extension = self.shown_name.rpartition(".")
        plain = f"{slugify(stem) or 'tep'}.{slugify(extension)}"
        return (
            f'{"inline" if is_shown else "attachment"}; filename="{plain}"; '
            f"filename*=UTF-8''{quote(self.shown_name, safe='')}"
        )


def hand_over(request: HttpRequest, file: StoredFile) -> HttpResponse:
    """The file with all its headers, a part of it, or "not modified".

    Errors: Http404 when it is not on the disk.
    """
    try:
        size = default_storage.size(file.name)
        modified = int(default_storage.get_modified_time(file.name).timestamp())
        if settings.ACCEL_LOCATION:
            response = HttpResponse()
            response["X-Accel-Redirect"] = quote(settings.ACCEL_LOCATION + file.name)
        else:
            response = _answer(request, file, size, modified)
    except FileNotFoundError as error:
        raise Http404 from error
    # Files are packed already, and a part of a packed answer would be no part of the file.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return _with_headers(response, file)


def _answer(request: HttpRequest, file: StoredFile, size: int, modified: int) -> HttpResponse:
    tag = f'"{modified:x}-{size:x}"'  # as nginx writes it
    if file.is_public:
        unchanged = get_conditional_response(request, etag=tag, last_modified=modified)
        if unchanged is not None:
            return unchanged
    response = _content(request, file, size, {tag, http_date(modified)})
    response["Accept-Ranges"] = "bytes"
    if file.is_public:
        response["ETag"], response["Last-Modified"] = tag, http_date(modified)
    return response


def _content(request: HttpRequest, file: StoredFile, size: int, versions: set[str]) -> HttpResponse:
    wanted = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not wanted or request.headers.get("If-Range", next(iter(versions))) not in versions:
        return FileResponse(default_storage.open(file.name))
    part = part_of(wanted[1], wanted[2], size)
    if part is None:
        return FileResponse(default_storage.open(file.name))
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    opened = default_storage.open(file.name)
    response = StreamingHttpResponse(_pieces(opened, part), status=206)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = len(part)
    return response


def part_of(first: str, last: str, size: int) -> range | None:
    """The bytes asked for, e.g. `part_of("0", "99", 500)` is `range(0, 100)` and `part_of("", "5", 500)` the last five.

    Shape: an empty range when there are no such bytes; None when the question makes no sense.
    """
    if not first:
        return range(max(0, size - int(last)), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


def _pieces(opened, part: range) -> Iterator[bytes]:
    with opened as file:
        file.seek(part.start)
        left = len(part)
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _with_headers(response: HttpResponse, file: StoredFile) -> HttpResponse:
    if response.status_code != 416:
        response["Content-Type"] = file.content_type
        response["Content-Disposition"] = file.disposition
    response["Cache-Control"] = PUBLIC_CACHE if file.is_public else PRIVATE_CACHE
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["X-Content-Type-Options"] = "nosniff"
    return response
