"""How many files a second are read to text, each in its own bounded process, two at a time or as many as asked.

    .venv/bin/python bench/intake.py FOLDER_OR_FILE... [--seconds 20] [--workers 1] [--engines trueocr,tesseract]

Prints documents a second for files with a text of their own and pages a second for scans, for each CPU core
that was used: `cpu` counts all processes started for a file. Scans are read by the first engine, then by all.
"""

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.extraction import formats, ocr
from search.extraction.opening import Wishes
from search.extraction.reading import FileContent, read_file


def main() -> None:
    """Reads the files over and over for some seconds, digital ones and scans apart."""
    asked = arguments()
    engines = tuple(asked.engines.split(",")) if asked.engines else None
    files = [path for place in asked.files for path in found(Path(place))]
    kinds: dict[str, list[Path]] = {"digital": [], "scanned": []}
    for path in files:
        read = read_file(path, path.name, Wishes(engines, with_blocks=True))
        if read.pages:
            kinds["scanned" if read.pages[0].source == "ocr" else "digital"].append(path)
    names = ocr.installed(engines)
    # The default engine alone is what a register of scans waits for; all together are what a reader gets.
    runs: list[tuple[str, list[str]]] = [("digital", []), ("scanned", names[:1])]
    runs += [("scanned", names)] if len(names) > 1 else []
    for kind, used in runs:
        if kinds[kind]:
            figures = measure(kinds[kind], asked.seconds, asked.workers, Wishes(tuple(used), with_blocks=True))
            print(json.dumps({"kind": kind, "engines": used, **figures}), flush=True)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="files, or folders of files")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--engines", default="", help="OCR engines parted by commas; all that are installed")
    return parser.parse_args()


def found(place: Path) -> list[Path]:
    """The files of a folder that have a reader, or the file itself."""
    if place.is_file():
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file() and formats.format_of(path.name))


def measure(paths: list[Path], seconds: float, workers: int, wishes: Wishes) -> dict[str, float | int]:
    """Files and pages a second of the clock and of processor time."""

    def read(path: Path) -> FileContent | None:
        return read_file(path, path.name, wishes) if time.monotonic() < end else None

    start, used, end = time.monotonic(), cpu_seconds(), time.monotonic() + seconds
    rounds = (path for _ in range(10_000) for path in paths)
    done: list[FileContent] = []
    with ThreadPoolExecutor(workers) as pool:
        while time.monotonic() < end:
            batch = [next(rounds) for _ in range(max(workers, len(paths)))]
            done += [content for content in pool.map(read, batch) if content is not None]
    wall, cpu = time.monotonic() - start, cpu_seconds() - used
    pages = sum(len(content.pages) for content in done)
    return {
        "files": len(done), "pages": pages, "files_per_second": round(len(done) / wall, 2),
        "pages_per_second": round(pages / wall, 2), "cpu_per_file": round(cpu / len(done), 3),
        "files_per_core_second": round(len(done) / cpu, 2), "pages_per_core_second": round(pages / cpu, 2),
    }  # fmt: skip


def cpu_seconds() -> float:
    """Processor time of this process and of all that it started and that ended."""
    own, started = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


if __name__ == "__main__":
    main()
