"""How many files a second are read and recognised, each by its own bounded process, one at a time or as many as asked.

    .venv/bin/python bench/intake.py FOLDER_OR_FILE... [--seconds 20] [--workers 1]

Prints documents a second for files with a text of their own, for old Word files apart, which LibreOffice turns,
and pages a second for scans: as they are read by default, and thoroughly, by every OCR engine. What counts is the
processor time of all that worked for a file, so that other work on the machine falsifies less.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from directives.intake.job import examine
from search.extraction import bounded, formats, ocr

used: list[bounded.Outcome] = []


def main() -> None:
    """Reads the files over and over for some seconds, each kind apart."""
    asked = arguments()
    kinds: dict[str, list[Path]] = {"digital": [], "old word": [], "scanned": []}
    for path in (path for place in asked.files for path in found(Path(place))):
        if kind := kind_of(path):
            kinds[kind].append(path)
    runs = [(kind, paths, False) for kind, paths in kinds.items()]
    runs += [("scanned", kinds["scanned"], True)] if len(ocr.installed()) > 1 else []
    for kind, paths, thorough in runs:
        if paths:
            figures = measure(paths, asked.seconds, asked.workers, thorough)
            print(json.dumps({"kind": kind, "thorough": thorough, **figures}), flush=True)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="files, or folders of files")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def found(place: Path) -> list[Path]:
    """The files of a folder that have a reader, or the file itself."""
    if place.is_file():
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file() and formats.format_of(path.name))


def kind_of(path: Path) -> str:
    """ "digital", "old word" or "scanned"; "" for a file that cannot be read."""
    reading = examine(path.read_bytes(), path.name).reading
    if not reading.pages:
        return ""
    if reading.pages[0].source == "ocr":
        return "scanned"
    return "old word" if reading.format == "doc" else "digital"


def measure(paths: list[Path], seconds: float, workers: int, thorough: bool) -> dict[str, float | int]:
    """Files and pages a second of the clock and of processor time."""

    def read(path: Path) -> int:
        return len(examine(path.read_bytes(), path.name, thorough=thorough).reading.pages)

    used.clear()
    start, own, end = time.monotonic(), time.process_time(), time.monotonic() + seconds
    pages: list[int] = []
    with ThreadPoolExecutor(workers) as pool:
        while time.monotonic() < end:
            pages += pool.map(read, paths)
    wall = time.monotonic() - start
    cpu = time.process_time() - own + sum(outcome.cpu_seconds for outcome in used)
    return {
        "files": len(pages), "pages": sum(pages), "files_per_second": round(len(pages) / wall, 2),
        "pages_per_second": round(sum(pages) / wall, 2), "cpu_per_file": round(cpu / len(pages), 3),
        "files_per_core_second": round(len(pages) / cpu, 2), "pages_per_core_second": round(sum(pages) / cpu, 2),
        "peak_megabytes": max(outcome.peak_bytes for outcome in used) >> 20,
    }  # fmt: skip


def remember(run=bounded.run):
    """Keeps how each process ended beside what it gives."""

    def remembered(*arguments) -> bounded.Outcome:
        used.append(run(*arguments))
        return used[-1]

    return remembered


bounded.run = remember()

if __name__ == "__main__":
    main()
