"""The process that opens one file: bytes on standard input, one JSON object on standard output.

It starts without environment and network, binds itself to the limits, and dies with its file.
"""

import json
import os
import sys

from search.extraction.bounded import place_of

from . import bounds


def main() -> None:
    """Writes {"reading": …}, {"refused": sentence}, {"failed": sentence} or {"crashed": place}."""
    bounds.PROCESS.bind()
    file_name = sys.argv[1] if len(sys.argv) > 1 else ""
    answer = _answer(sys.stdin.buffer.read(bounds.MAX_FILE_BYTES + 1), file_name)
    data = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    with os.fdopen(1, "wb", closefd=False) as output:
        output.write(data)


def _answer(data: bytes, file_name: str) -> dict:
    # What opens documents is loaded here, under the limits, and never in the web process.
    from search.extraction.refusals import ReadingFailed, Refused

    try:
        return {"reading": _read(data, file_name).to_json()}
    except Refused as error:
        return {"refused": error.message}
    except ReadingFailed as error:
        return {"failed": error.message}
    except (MemoryError, RecursionError):
        return {"failed": "Văn bản quá lớn nên không đọc được. Hãy tách thành tệp nhỏ hơn rồi tải lên."}
    except Exception as error:
        return {"crashed": place_of(error)}


def _read(data: bytes, file_name: str):
    from search.extraction.opening import open_document
    from search.extraction.refusals import ReadingFailed, Refused

    from . import secrecy
    from .reading import Reading
    from .recognition import recognise

    document = open_document(data, file_name)
    if not document.blocks:
        raise ReadingFailed(document.problem or f"Tệp “{file_name}” không có chữ. Hãy kiểm tra lại tệp rồi tải lên.")
    if secrecy.has_secret_mark(list(document.blocks), list(document.margins)):
        raise Refused(secrecy.SECRET_MESSAGE)
    found = recognise(list(document.blocks), file_name, margins=list(document.margins))
    warnings = (*document.warnings, document.problem) if document.problem else document.warnings
    return Reading(document.blocks, found, warnings, document.format, document.pages)
