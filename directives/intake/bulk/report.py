"""The workbook that a run leaves for the office: what needs a person first, then all files by how they ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from directives.models import IntakeState
from search.spreadsheets import begin_sheet, harmless

from .progress import spell_seconds
from .sources import Source

ADVICE = {
    "review": "Mở màn hình soát, so với văn bản rồi xác nhận.",
    "twin": "Không phải làm gì; nếu vẫn muốn nhập, bấm “Vẫn nhập” trong danh sách nhập văn bản.",
    "failed": "Lưu lại tệp dưới tên mới theo câu ở cột lý do rồi chạy lại với --resume.",
    "refused": "Xem cột lý do; tệp không được lưu lại.",
    "": "Chạy lại lệnh với --resume.",
}
#: The same after a dry run: nothing was taken in, so there is nothing to open.
DRY_ADVICE = {
    "review": "Chạy lại lệnh không có --dry-run để nhập, rồi soát.",
    "twin": "Không phải làm gì.",
    "failed": "Lưu lại tệp theo câu ở cột lý do rồi chạy thử lại.",
    "refused": "Xem cột lý do; khi nhập thật tệp này cũng bị từ chối.",
    "": "Chạy thử lại.",
}
ROW_ADVICE = "Kiểm tra dòng này trong sổ và tệp trong thư mục, sửa rồi chạy lại với --resume."
DRY_ROW_ADVICE = "Kiểm tra dòng này trong sổ và tệp trong thư mục, sửa rồi chạy thử lại."
HEADINGS = ("Tệp", "Dòng trong sổ", "Số, ký hiệu", "Trích yếu", "Số trang", "Lý do", "Việc cần làm", "Mở để soát")
WIDTHS = (48, 10, 20, 60, 9, 70, 44, 40)
SHEETS = ("Cần xem", "Đã nhận", "Trùng", "Không đọc được", "Từ chối", "Bỏ qua")
_SHEET_OF = {"twin": "Trùng", "failed": "Không đọc được", "refused": "Từ chối", "": "Không đọc được"}
_STATES = {state.value: state.label for state in IntakeState} | {"": "Chưa xong"}


@dataclass(frozen=True)
class Line:
    """One file in the report: `Line("2019/qd 131.pdf", "review", "Còn thiếu: …", link="https://…/soat/7/")`."""

    path: str
    state: str
    reason: str = ""
    number: str = ""
    title: str = ""
    pages: int = 0
    row: int = 0
    link: str = ""

    @property
    def sheet(self) -> str:
        """Where the line stands: what waits for a person with a reason comes first."""
        if self.state == IntakeState.REVIEW and self.reason:
            return "Cần xem"
        return _SHEET_OF.get(self.state, "Đã nhận")


@dataclass(frozen=True)
class Figures:
    """What is told above the lists: who ran it, when, how long."""

    batch: str
    user: str
    begun: datetime
    seconds: float
    worked_on: int
    is_whole: bool = True


def write_report(path: Path, source: Source, lines: Sequence[Line], figures: Figures) -> Path:
    """Writes the workbook and gives its path; an earlier file is only replaced by a whole one."""
    book = Workbook(write_only=True)
    _write_totals(book, source, lines, figures)
    for name in SHEETS:
        sheet = begin_sheet(book, name, HEADINGS, WIDTHS)
        for *cells, link in _rows(name, source, lines, is_dry=not figures.batch):
            told = [harmless(shown(cell)) if isinstance(cell, str) else cell for cell in cells]
            sheet.append([*told, _linked(sheet, link)])
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    book.save(part)
    part.replace(path)
    return path


def report_name(source: Source, now: datetime) -> str:
    """The name of the file: `"bao-cao-nhap-so-2019-20240305-0815.xlsx"`."""
    stem = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in shown(source.path.stem))[:60]
    return f"bao-cao-nhap-{stem or 'thu-muc'}-{timezone.localtime(now):%Y%m%d-%H%M%S}.xlsx"


def shown(text: str) -> str:
    """A path as it can be written: bytes that are no letters become a sign."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _linked(sheet, address: str):
    """A cell that opens the review. Only an address of the site becomes a link, never anything out of a file."""
    if not address.startswith(("https://", "http://")):
        return harmless(address)
    cell = WriteOnlyCell(sheet, address)
    cell.hyperlink, cell.style = address, "Hyperlink"
    return cell


def _rows(name: str, source: Source, lines: Iterable[Line], is_dry: bool) -> Iterable[tuple]:
    advice_of, row_advice = (DRY_ADVICE, DRY_ROW_ADVICE) if is_dry else (ADVICE, ROW_ADVICE)
    for line in lines:
        if line.sheet == name:
            advice = advice_of.get(line.state, "")
            row = line.row or None
            yield (line.path, row, line.number, line.title, line.pages or None, line.reason, advice, line.link)
    if name == "Cần xem":
        for issue in (*source.row_issues, *source.doubts):
            yield (issue.file, issue.line, "", "", None, f"Sổ: {issue.reason}", row_advice, "")
    if name == "Bỏ qua":
        for one in source.left_out:
            yield (one.path, None, "", "", None, one.reason, "", "")


def _write_totals(book: Workbook, source: Source, lines: Sequence[Line], figures: Figures) -> None:
    sheet = begin_sheet(book, "Tổng hợp", ("Mục", "Giá trị"), (44, 80))
    rate = figures.worked_on / figures.seconds if figures.seconds else 0.0
    facts: list[tuple[str, str | int]] = [
        ("Nguồn", str(source.path)),
        ("Đợt nhập", figures.batch or "chạy thử, không lưu gì"),
        ("Người nhập", figures.user),
        ("Bắt đầu lúc", f"{timezone.localtime(figures.begun):%d/%m/%Y %H:%M:%S}"),
        ("Thời gian của lần chạy này", spell_seconds(figures.seconds)),
        ("Số tệp lần chạy này đã làm", figures.worked_on),
        ("Số tệp mỗi giây", f"{rate:.2f}".replace(".", ",")),
        ("Đã đi hết", "có" if figures.is_whole else "chưa, chạy lại với --resume"),
        ("Tổng số tệp", len(lines)),
        *((_STATES[state], sum(line.state == state for line in lines)) for state in _present(lines)),
        ("Tệp bỏ qua", len(source.left_out)),
    ]
    if source.is_register:
        facts += [("Số dòng trong sổ", source.row_count), ("Dòng cần xem lại", len(source.row_issues))]
    for label, value in facts:
        sheet.append([label, harmless(shown(value)) if isinstance(value, str) else value])


def _present(lines: Iterable[Line]) -> list[str]:
    there = {line.state for line in lines}
    return [state for state in _STATES if state in there]
