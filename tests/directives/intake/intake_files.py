"""Files that tests of the intake bring to the desk, and readers that take as long as a test wants."""

import time
from functools import cache

from directives.intake.reading import Reading
from tests.search.extraction.pdf_writing import pdf
from tests.search.extraction.writing import center, docx, head, p, signature

WORDS = (
    "Căn cứ chức năng, nhiệm vụ được giao, Sở Y tế yêu cầu các đơn vị trực thuộc thực hiện nghiêm túc các nội dung.",
    "Các phòng chuyên môn chủ động tham mưu, phối hợp với Ủy ban nhân dân các xã, phường trong công tác phòng bệnh.",
    "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về Sở để được hướng dẫn.",
)


@cache
def letter(number: str = "12", *more: str) -> bytes:
    """A plan of the Sở Y tế as .docx, which is read before it is kept; the same bytes each time."""
    return docx(
        head("UBND TỈNH GIA LAI", "SỞ Y TẾ", f"Số: {number}/KH-SYT", "Gia Lai, ngày 05 tháng 3 năm 2024"),
        *more,
        center("KẾ HOẠCH"),
        center("Phòng, chống dịch bệnh mùa hè", bold=False),
        *(p(line) for line in WORDS),
        signature(["Như trên;", "Lưu: VT."], ["GIÁM ĐỐC", "Nguyễn Văn An"]),
    )


def paged(number: str = "12", *pages: list[str]) -> bytes:
    """The same as PDF with these pages after the first, which a worker reads."""
    first = ["SỞ Y TẾ", f"Số: {number}/KH-SYT", "Gia Lai, ngày 05 tháng 3 năm 2024", "KẾ HOẠCH", *WORDS]
    return pdf(first, *pages)


def slow_reading(seconds: float, pages: int = 12):
    """A stand-in for `read_data` that tells a page each twentieth of a second, and ends when it is told to."""

    def read(data, name, *, on_page=None, **wishes) -> Reading:
        end = time.monotonic() + seconds
        done = 0
        while time.monotonic() < end:
            done = min(done + 1, pages - 1)
            on_page(done, pages)
            time.sleep(0.05)
        return Reading(format="pdf")

    return read
