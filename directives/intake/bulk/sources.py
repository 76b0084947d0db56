"""What a run takes in: the files of a folder, or those that a register names, each with its row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from search.vietnamese.letters import nfc

from .registers import SUFFIXES, RegisterUnreadable, Row, read_register
from .walk import LeftOut, place_of, walk

_ABSOLUTE = re.compile(r"^(?:/|[A-Za-z]:|//)")
NO_NAME = "dòng không ghi tên tệp"
NOT_THERE = "không thấy tệp ghi trong sổ"
OUTSIDE = "đường dẫn ra ngoài thư mục của sổ nên không mở"
SEVERAL = "có nhiều tệp cùng tên; hãy ghi cả thư mục trong sổ"
NOT_IN_REGISTER = "tệp không có dòng nào trong sổ nên chưa nhận"


@dataclass(frozen=True)
class Item:
    """One file to take in: `Item("2019/qd 131.pdf", row=Row(12, "QD 131.PDF"))`."""

    path: str
    row: Row | None = None

    @property
    def place(self) -> str:
        """The digest of the path within the batch."""
        return place_of(self.path)

    @property
    def name(self) -> str:
        """The name that people see, never a folder; letters that no text can hold are replaced."""
        return PurePosixPath(self.path).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True)
class RowIssue:
    """A row that brings no file of its own: `RowIssue(12, "QD 131.pdf", "không thấy tệp ghi trong sổ")`."""

    line: int
    file: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Where a batch comes from: its folder, its files, and what is to be said of the rest."""

    path: Path
    root: Path
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()
    row_issues: tuple[RowIssue, ...] = ()
    is_register: bool = False
    row_count: int = 0
    doubts: tuple[RowIssue, ...] = field(default=())

    @property
    def name(self) -> str:
        """The name of the folder or register, as the batch is called."""
        return nfc(self.path.name or str(self.path))

    @property
    def key(self) -> str:
        """The digest of the resolved path: the same folder is the same batch."""
        return place_of(str(self.path))


def open_source(path: Path) -> Source:
    """A folder or a register with its files, as in `open_source(Path("so-2019.csv")).items[0].row.line == 2`.

    Errors: RegisterUnreadable with a sentence for what is neither, or cannot be used.
    """
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise RegisterUnreadable(f"Không có thư mục hoặc sổ nào ở {path}.") from error
    if resolved.is_dir():
        files, left_out = walk(resolved)
        return Source(resolved, resolved, tuple(map(Item, files)), tuple(left_out))
    if resolved.suffix.casefold() not in SUFFIXES:
        raise RegisterUnreadable("Sổ phải là tệp .csv hoặc .xlsx; để nhập một thư mục, hãy ghi đường dẫn thư mục.")
    return _of_register(resolved)


def _of_register(path: Path) -> Source:
    root = path.parent
    files, left_out = walk(root)
    rows = read_register(path)
    others = [file for file in files if root / file != path]
    items, issues = match_rows(rows, others)
    taken = {item.path for item in items}
    left_out += [LeftOut(file, NOT_IN_REGISTER) for file in others if file not in taken]
    doubts = tuple(RowIssue(row.line, row.file, "; ".join(row.doubts)) for row in rows if row.doubts)
    return Source(path, root, tuple(items), tuple(left_out), tuple(issues), True, len(rows), doubts)


def match_rows(rows: Sequence[Row], files: Sequence[str]) -> tuple[list[Item], list[RowIssue]]:
    """Each file with its row, and the rows without one: `match_rows([Row(2, "A.PDF")], ["2019/a.pdf"])`.

    Shape: of two rows with one file the first counts and the second is told.
    """
    drawers = _Drawers(files)
    items: list[Item] = []
    issues: list[RowIssue] = []
    lines: dict[str, int] = {}
    for row in rows:
        path, reason = drawers.find(row.file)
        if path in lines:
            reason = f"trùng tệp với dòng {lines[path]} của sổ; dùng giá trị của dòng {lines[path]}"
        if reason:
            issues.append(RowIssue(row.line, row.file, reason))
            continue
        lines[path] = row.line
        items.append(Item(path, row))
    return items, issues + _twice(items)


def _twice(items: Iterable[Item]) -> list[RowIssue]:
    """Rows that give one number of one year and organ to different files."""
    first: dict[tuple, Item] = {}
    issues = []
    for item in items:
        values = item.row.values if item.row else {}
        key = tuple(str(values.get(name, "")) for name in ("number", "notation", "agency"))
        key += (str(values.get("issued_on", ""))[:4],)
        if not (key[0] and key[1] and item.row):
            continue
        earlier = first.setdefault(key, item)
        if earlier is not item and earlier.row:
            reason = f"cùng số, ký hiệu với dòng {earlier.row.line} của sổ (tệp “{earlier.name}”)"
            issues.append(RowIssue(item.row.line, item.row.file, reason))
    return issues


class _Drawers:
    """The files of a folder, found by what a person wrote of them."""

    def __init__(self, files: Sequence[str]):
        self.by_path: dict[str, list[str]] = defaultdict(list)
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self.by_stem: dict[str, list[str]] = defaultdict(list)
        for file in files:
            written = _comparable(file)
            self.by_path[written].append(file)
            self.by_name[PurePosixPath(written).name].append(file)
            self.by_stem[PurePosixPath(written).stem].append(file)

    def find(self, written: str) -> tuple[str, str]:
        """The path of the file and "", or "" and the reason why there is none."""
        text = written.strip().strip('"').strip().replace("\\", "/")
        if not text:
            return "", NO_NAME
        if _ABSOLUTE.match(text) or ".." in text.split("/"):
            return "", OUTSIDE
        wanted = _comparable(text.removeprefix("./"))
        if "/" in wanted:
            return _only(self.by_path[wanted])
        found = self.by_path[wanted] or self.by_name[wanted] or self.by_stem[wanted]
        return _only(found)


def _only(found: Sequence[str]) -> tuple[str, str]:
    if len(found) == 1:
        return found[0], ""
    return "", SEVERAL if found else NOT_THERE


def _comparable(path: str) -> str:
    return " ".join(nfc(path).casefold().split())
