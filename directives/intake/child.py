"""The process that reads and recognises one file: a request and bytes on standard input, lines of JSON out.

It starts without environment and network, binds itself to the limits, and dies with its file. The pages are
written as they are read; last comes what they say.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict

from search.extraction.bounded import place_of

from . import bounds


def main() -> None:
    """Writes the parts of the file, then ["secret"], ["findings", findings, signatures] or ["crashed", place]."""
    bounds.PROCESS.bind()
    # What opens documents is loaded here, under the limits, and never in the web process.
    from search.extraction.child import to_bytes

    request = json.loads(sys.stdin.buffer.readline())
    with os.fdopen(1, "wb", buffering=0, closefd=False) as output:
        try:
            for line in _lines(request, sys.stdin.buffer.read(bounds.MAX_REQUEST_BYTES)):
                output.write(to_bytes(line))
        except Exception as error:
            output.write(to_bytes(["crashed", place_of(error)]))


def _lines(request: dict, data: bytes) -> Iterator[list]:
    from search.extraction.bounded import Outcome
    from search.extraction.child import read_parts
    from search.extraction.messages import Gathered, gather, line_of
    from search.extraction.opening import Wishes
    from search.extraction.reading import content_of

    name = request["name"]
    if request["is_gathered"]:
        gathered = gather(data.splitlines())
    else:
        gathered = Gathered()
        wishes = Wishes(
            max_ocr_pages=request["max_ocr_pages"],
            with_blocks=True,
            first_page_only=request["first_page_only"],
            thorough=request["thorough"],
        )
        for part in read_parts(data, name, wishes):
            gathered.take(part)
            yield line_of(part)
    content = content_of(gathered, name, Outcome(0, b""), "")
    yield from _findings(content, request, b"" if request["is_gathered"] else data)


def _findings(content, request: dict, data: bytes) -> Iterator[list]:
    from . import secrecy
    from .findings import findings_of

    if secrecy.is_secret(content.blocks, content.body.margins, content.pages):
        yield ["secret"]
    elif not request["first_page_only"] and not (content.is_failed or content.is_refused):
        signatures = _signatures(data) if content.format == "pdf" else ()
        found = findings_of(content, request["name"], request["signers"], request["organs"], signatures)
        yield ["findings", found.to_json(), [asdict(signature) for signature in signatures]]
    else:
        yield ["findings", None, []]


def _signatures(data: bytes):
    # Few files are signed: the libraries for it are loaded only for them.
    if b"/ByteRange" not in data:
        return ()
    from search.extraction.pdf_signatures import read_signatures

    return read_signatures(data)
