"""Takes a thousand files in while the command is killed every twenty seconds, and counts what came of them.

    .venv/bin/python bench/bulk_intake.py [--files 1000] [--every 20] [--most-kills 0] [--workers 2] [--seed 1]

Everything happens in a folder of its own that is removed afterwards. Each run is `manage.py intake … --resume` in a
process of its own, killed with SIGKILL; Django is loaded once. The last line is JSON; `faults` must be empty.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

from tests.search.extraction.pdf_writing import pdf

LINES = (
    "UBND TỈNH KON TUM", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Số: {number}/QĐ-STNMT",
    "Kon Tum, ngày 05 tháng 3 năm 2024", "QUYẾT ĐỊNH", "Về việc ban hành Quy chế làm việc lần thứ {number}",
    "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Theo đề nghị của Chánh Văn phòng Sở.", "QUYẾT ĐỊNH:",
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Sở Tài nguyên và Môi trường.",
    "Điều 2. Chánh Văn phòng Sở, các phòng và đơn vị chịu trách nhiệm thi hành Quyết định này.",
    "Nơi nhận:", "- Như Điều 2;", "- Lưu: VT, VP.", "GIÁM ĐỐC", "Nguyễn Văn Lộc",
)  # fmt: skip
#: Of twenty files one is a secret, one is no document, one has the bytes of another; a quarter are PDF.
SECRET, BROKEN, COPY, PDFS = 1, 2, 3, range(4, 9)


def write_files(folder: Path, count: int) -> dict[str, str]:
    """The files of the run, and the state each must end in."""
    expected = {}
    for number in range(count):
        kind, lines = number % 20, [line.format(number=number + 1) for line in LINES]
        name, state, data = f"qd {number:04}.txt", "review", "\n".join(lines).encode()
        if kind == SECRET:
            state, data = "refused", "\n".join([*lines[:4], "MẬT", *lines[4:]]).encode()
        elif kind == BROKEN:
            name, state, data = f"qd {number:04}.docx", "refused", b"PK\x03\x04" + data
        elif kind == COPY:
            # The secret before it was not kept: the file before that is the one that this repeats.
            state, data = "twin", (folder / "0" / f"qd {number - COPY:04}.txt").read_bytes()
        elif kind in PDFS:
            name, data = f"qd {number:04}.pdf", pdf(lines)
        path = folder / str(kind % 3 if kind else 0) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        expected[path.relative_to(folder).as_posix()] = state
    return expected


def prepare() -> None:
    """A portal with its sections and one account, in the folder that PORTAL_VAR names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from home.models import HomePage
    from tests.builders import Tree, make_person

    call_command("migrate", verbosity=0)
    if not HomePage.objects.exists():
        Tree.build()
        make_person("van-phong", is_superuser=True)
    connections.close_all()


def start(folder: Path, workers: int) -> int:
    """A process that takes the folder in, from where the last one stopped."""
    pid = os.fork()
    if pid:
        return pid
    from django.core.management import call_command

    try:
        with open(os.devnull, "w") as nowhere:
            call_command("intake", str(folder), workers=workers, resume=True, json=True, stdout=nowhere)
    except BaseException:
        (folder.parent / f"error-{os.getpid()}").write_text(traceback.format_exc())
        os._exit(1)
    os._exit(0)


def has_ended(pid: int, seconds: float) -> bool:
    """Whether the process ends by itself in this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.02)
    return False


def run(folder: Path, asked: argparse.Namespace) -> int:
    """Takes the folder in under kills; gives how many there were."""
    chance, kills = random.Random(asked.seed), 0
    while True:
        pid = start(folder, asked.workers)
        is_spared = asked.most_kills and kills >= asked.most_kills
        if has_ended(
            pid, 3600 if is_spared else asked.every * chance.uniform(0.5, 1.5) if asked.jitter else asked.every
        ):
            return kills
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        kills += 1


def faults(folder: Path, expected: dict[str, str]) -> dict[str, list[str]]:
    """What is not as it must be, by kind; kinds without a fault are left out."""
    from directives.intake.bulk.walk import place_of
    from directives.models import IntakeBatch, IntakeRecord
    from home.media_census import take_census
    from home.models import PortalDocument

    records = Counter(IntakeRecord.objects.values_list("place", flat=True))
    states = dict(IntakeRecord.objects.values_list("place", "state"))
    kept = [*IntakeRecord.objects.exclude(document=None).values_list("document", flat=True)]
    census = take_census()
    found = {
        "lost": [path for path in expected if place_of(path) not in records],
        "twice": [place for place, count in records.items() if count > 1],
        "unknown": [place for place in records if place not in {place_of(path) for path in expected}],
        "otherwise": unlike(expected, {path: states.get(place_of(path), "") for path in expected}),
        "stray_files": census.files,
        "lost_files": [row.label for row in census.rows],
        "shared_files": [str(pk) for pk, count in Counter(kept).items() if count > 1],
        "unused_files": [str(pk) for pk in PortalDocument.objects.exclude(pk__in=kept).values_list("pk", flat=True)],
        "batches": [str(batch) for batch in IntakeBatch.objects.all()[1:]],
        "errors": [path.read_text()[-1500:] for path in folder.parent.glob("error-*")],
    }  # fmt: skip
    return {kind: rows for kind, rows in found.items() if rows}


def unlike(expected: dict[str, str], states: dict[str, str]) -> list[str]:
    """Files that ended in another state; of two with the same bytes either may have come first."""
    groups: dict[str, list[str]] = {}
    for path in expected:
        number = int(path[-8:-4]) if path.endswith((".txt", ".pdf")) else -1
        is_paired = number % 20 in (0, COPY) and number >= 0
        groups.setdefault(f"pair {number // 20}" if is_paired else path, []).append(path)
    return [
        f"{', '.join(paths)}: {', '.join(states[path] for path in paths)}"
        for paths in groups.values()
        if sorted(states[path] for path in paths) != sorted(expected[path] for path in paths)
    ]


def main(asked: argparse.Namespace) -> None:
    """Prints one line of JSON."""
    begun = time.monotonic()
    prepare()
    with tempfile.TemporaryDirectory(prefix="bulk-") as place:
        folder = Path(place) / "vao"
        expected = write_files(folder, asked.files)
        prepared = time.monotonic()
        kills = run(folder, asked)
        seconds = time.monotonic() - prepared
        told = {
            "files": len(expected), "kills": kills, "seconds": round(seconds, 1),
            "files_per_second": round(len(expected) / seconds, 2), "seconds_to_prepare": round(prepared - begun, 1),
            "states": Counter(expected.values()), "faults": faults(folder, expected),
        }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False))


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two kills")
    parser.add_argument("--jitter", action="store_true", help="half to one and a half of that, by chance")
    parser.add_argument("--most-kills", type=int, default=0, help="then the run is left in peace; 0 never is")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--var", default="", help="folder of a portal that is ready, instead of one made for this")
    return parser.parse_args()


if __name__ == "__main__":
    wanted = arguments()
    if wanted.var:
        os.environ["PORTAL_VAR"] = wanted.var
        main(wanted)
    else:
        with tempfile.TemporaryDirectory(prefix="bulk-portal-") as own:
            os.environ["PORTAL_VAR"] = own
            os.environ.pop("DATABASE_URL", None)
            main(wanted)
