"""The bounded process: its limits hold, it reaches nothing, and nothing of it is left."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from search.extraction import bounded, bounds

LIMITS = bounds.PROCESS


def run(monkeypatch, code: str, data: bytes = b"", limits=LIMITS) -> bounded.Outcome:
    """What a process makes of some code, bound to the limits as every reader is."""
    bound = f"from search.extraction.bounded import Limits; {limits!r}.bind()\n{code}"
    escaped = bound.replace("{", "{{").replace("}", "}}")
    monkeypatch.setattr(bounded, "_START", f"import sys; sys.path.insert(0, {{root!r}}); {escaped}")
    with bounded.in_memory(data) as source:
        return bounded.run("none", "ke-hoach.pdf", source, limits)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(1_700_000_000)", "MemoryError"),
        ("import os; os.posix_fallocate(os.memfd_create('x'), 0, 70_000_000)", "OSError"),
        ("[open('/dev/null') for _ in range(300)]", "OSError"),
    ],
)
def test_memory_output_and_files_are_limited(monkeypatch, code, error):
    outcome = run(monkeypatch, f"try:\n    {code}\nexcept Exception as found:\n    print(type(found).__name__)")
    assert outcome == bounded.Outcome(0, f"{error}\n".encode())


def test_no_core_file_is_written(monkeypatch):
    outcome = run(monkeypatch, "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))")
    assert outcome.output == b"(0, 0)\n"


def test_processor_time_ends_it(monkeypatch):
    outcome = run(monkeypatch, "while True: pass", limits=replace(LIMITS, cpu_seconds=1))
    assert outcome.code == -signal.SIGXCPU
    assert outcome.took_too_long


def test_it_reads_its_file_and_its_name_and_has_no_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "bi-mat")
    outcome = run(monkeypatch, "import os; print(sys.argv[1], sys.stdin.read(), dict(os.environ), os.getcwd())", b"abc")
    assert outcome.output.decode().startswith("ke-hoach.pdf abc {")
    assert "bi-mat" not in outcome.output.decode()
    place = Path(outcome.output.decode().split()[-1])
    assert place.name.startswith("portal-doc-")
    assert not place.exists()


def test_it_has_no_network_where_the_system_allows_that(monkeypatch, require):
    require(bounded.without_network(), "unshare -rn is not allowed here")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        code = f"import socket\ntry:\n    {reach}\n    print('reached')\nexcept OSError as error:\n    print(error)"
        assert b"reached" not in run(monkeypatch, code).output


def test_it_is_killed_with_all_it_started_and_what_it_wrote_is_kept(monkeypatch):
    code = "import subprocess, time; subprocess.Popen(['/bin/sleep', '63.5']); print('x', flush=True); time.sleep(60)"
    start = time.monotonic()
    outcome = run(monkeypatch, code, limits=replace(LIMITS, wall_seconds=4, more_seconds=0))
    assert time.monotonic() - start < 30
    assert outcome == bounded.Outcome(None, b"x\n")
    assert outcome.took_too_long
    wait_until(lambda: not [line for line in command_lines() if b"63.5" in line])


def test_no_descriptor_is_left_open(monkeypatch):
    before = set(os.listdir("/proc/self/fd"))
    run(monkeypatch, "print('x')", b"abc")
    assert set(os.listdir("/proc/self/fd")) == before
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def command_lines() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue  # ended meanwhile
        if line.startswith(b"/bin/sleep"):
            found.append(line)
    return found


def test_time_grows_with_the_pages_that_are_read_and_no_further(monkeypatch):
    code = (
        "import resource, signal\nfrom search.extraction.bounded import extend_time\n"
        "extend_time(2.5)\nis_longer = signal.getitimer(signal.ITIMER_REAL)[0] > 120\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU), is_longer)\n"
        "[extend_time(2.5) for _ in range(500)]\nprint(resource.getrlimit(resource.RLIMIT_CPU))"
    )
    most = LIMITS.cpu_seconds + LIMITS.more_seconds + 5
    assert run(monkeypatch, code).output.decode() == f"(62, {most}) True\n({most}, {most})\n"


def test_a_process_asleep_is_ended_by_its_own_clock(monkeypatch):
    outcome = run(monkeypatch, "import time; time.sleep(20)", limits=replace(LIMITS, wall_seconds=1))
    assert outcome.code == -signal.SIGALRM
    assert outcome.took_too_long


def test_a_killed_server_takes_its_reader_along_and_leaves_a_folder_that_is_swept(monkeypatch, tmp_path):
    monkeypatch.setattr(bounded.tempfile, "tempdir", str(tmp_path))
    code = (
        f"import os, sys; sys.path.insert(0, {str(bounded._ROOT)!r})\n"
        "from search.extraction import bounded, bounds\n"
        f"bounded.tempfile.tempdir = {str(tmp_path)!r}\n"
        "bounded._START = 'import sys; sys.path.insert(0, {root!r}); from search.extraction.bounded import follow;'"
        " 'follow({parent}); import time; time.sleep(41.25)'\n"
        "with bounded.in_memory(b'x') as source:\n    bounded.run('none', '41.25', source, bounds.PROCESS)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code])
    wait_until(lambda: list(tmp_path.iterdir()) and reader_lives())
    server.kill()
    server.wait()
    wait_until(lambda: not reader_lives())
    assert list(tmp_path.iterdir())
    bounded._sweep.cache_clear()
    run(monkeypatch, "print('x')")
    assert list(tmp_path.iterdir()) == []


def reader_lives() -> bool:
    lines = (path / "cmdline" for path in Path("/proc").glob("[0-9]*"))
    return any(b"41.25\x00" in line.read_bytes() for line in lines if line.exists())


def wait_until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def nursery(monkeypatch, tmp_path):
    """`nursery(code)` has a module of that code run by a nursery."""
    monkeypatch.setattr(bounded, "_ROOT", tmp_path)
    monkeypatch.setattr(bounded, "_nurseries", {})
    monkeypatch.setattr(bounded, "NURSED", {})
    (tmp_path / "search").symlink_to(Path(__file__).resolve().parents[3] / "search")
    number = iter(range(100))

    def run(code: str, data: bytes = b"", limits=LIMITS, on_output=None) -> bounded.Outcome:
        entry = f"nursed_{next(number)}"
        lines = "".join(f"    {line}\n" for line in code.splitlines())
        bound = f"    from search.extraction.bounded import Limits; {limits!r}.bind()\n"
        (tmp_path / f"{entry}.py").write_text(f"import os, sys, time\ndef main():\n{bound}{lines}")
        monkeypatch.setitem(bounded.NURSED, entry, ())
        with bounded.in_memory(data) as source:
            return bounded.run(entry, "ke-hoach.pdf", source, limits, on_output)

    yield run
    for line in bounded._nurseries.values():
        line.close()


def test_a_nursery_gives_each_file_a_process_of_its_own(nursery, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "bi-mat")
    code = (
        "print(sys.argv[1], sys.stdin.read(), dict(os.environ), os.getcwd(), os.getpid(),"
        " len(os.listdir('/proc/self/fd')), flush=True)"
    )
    first, second = nursery(code, b"abc").output.decode(), nursery(code, b"def").output.decode()
    assert first.startswith("ke-hoach.pdf abc {")
    assert "bi-mat" not in first
    assert "/portal-doc-" in first
    # Standard input, output and errors, and the folder that is listed.
    assert first.split()[-1] == "4"
    assert first.split()[-2] != second.split()[-2]


def test_a_nursery_tells_how_its_processes_end(nursery):
    assert nursery("raise SystemExit(3)").code == 3
    assert nursery("os.abort()").code == -signal.SIGABRT
    assert nursery("while True: pass", limits=replace(LIMITS, cpu_seconds=1)).took_too_long
    used = nursery("data = bytearray(100_000_000)\nwhile time.process_time() < 0.3: pass")
    assert used.cpu_seconds > 0.25
    assert used.peak_bytes > 100_000_000


def test_a_process_of_a_nursery_is_killed_with_all_it_started(nursery):
    code = "import subprocess; subprocess.Popen(['/bin/sleep', '63.5']); print('x', flush=True); time.sleep(60)"
    outcome = nursery(code, limits=replace(LIMITS, wall_seconds=4, more_seconds=0))
    assert outcome == bounded.Outcome(None, b"x\n")
    wait_until(lambda: not [line for line in command_lines() if b"63.5" in line])


def test_what_is_written_is_told_while_it_is_written_and_a_refusal_ends_it(nursery):
    def stop(news):
        assert news == b"x\n"
        raise InterruptedError

    start = time.monotonic()
    with pytest.raises(InterruptedError):
        nursery("print('x', flush=True); time.sleep(60)", on_output=stop)
    assert time.monotonic() - start < 20


def test_a_nursery_that_was_killed_is_replaced(nursery):
    nursery("pass")
    (line,) = bounded._nurseries.values()
    line.shutdown(2)
    assert nursery("print('x')").output == b"x\n"


def test_a_nursery_goes_to_rest_when_nothing_works_in_it(nursery, monkeypatch, tmp_path):
    start = bounded._NURSE.replace("nursery.serve", "nursery._IDLE_SECONDS = 1; nursery.serve")
    monkeypatch.setattr(bounded, "_NURSE", start)
    assert nursery("time.sleep(4); print('x')").output == b"x\n"
    wait_until(lambda: not nursed(tmp_path))
    assert nursery("print('y')").output == b"y\n"


def test_a_killed_server_takes_the_nursery_and_its_processes_along(tmp_path):
    (tmp_path / "nursed.py").write_text("import time\ndef main():\n    time.sleep(41.25)\n")
    code = (
        f"import sys; sys.path.insert(0, {str(bounded._ROOT)!r})\n"
        "from search.extraction import bounded, bounds\n"
        f"bounded.NURSED = {{'nursed': ()}}\nbounded._ROOT = {str(tmp_path)!r}\n"
        "with bounded.in_memory(b'x') as source:\n    bounded.run('nursed', '41.25', source, bounds.PROCESS)\n"
    )
    (tmp_path / "search").symlink_to(bounded._ROOT / "search")
    server = subprocess.Popen([sys.executable, "-c", code])
    wait_until(lambda: len(nursed(tmp_path)) == 3)
    server.kill()
    assert server.wait() == -signal.SIGKILL
    wait_until(lambda: not nursed(tmp_path))


def nursed(root) -> list[bytes]:
    lines = (path / "cmdline" for path in Path("/proc").glob("[0-9]*"))
    found = []
    for line in lines:
        try:
            found.append(line.read_bytes())
        except OSError:
            continue  # ended meanwhile
    return [line for line in found if b"nursery.serve" in line and str(root).encode() in line]
