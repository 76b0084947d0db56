"""Printed lines made by hand, as readers of pictures give them."""

from directives.intake.grammar.printed import LEFT, RIGHT, WHOLE, PrintedLine, lines_of_pages
from search.extraction.pages import FilePage, Line

HEIGHT = 0.014


def scanned(*pages: list[tuple[str, float, float, float]]) -> tuple[FilePage, ...]:
    """Pages read from pictures, each line as (text, left, top, right): `scanned([("Số:", 0.2, 0.1, 0.3)])`."""
    found = []
    for number, rows in enumerate(pages, start=1):
        lines = tuple(Line(text, (left, top, right, top + HEIGHT), 0.93) for text, left, top, right in rows)
        found.append(FilePage(number, "\n".join(row[0] for row in rows), "ocr", lines))
    return tuple(found)


def lines(*pages) -> list[PrintedLine]:
    """The lines of `scanned` pages."""
    return lines_of_pages(scanned(*pages))


def typed(left: list[str], right: list[str], under: list[str]) -> list[PrintedLine]:
    """A head typed in two columns and what stands under it."""
    columns = [PrintedLine(text, side=LEFT) for text in left] + [PrintedLine(text, side=RIGHT) for text in right]
    return columns + [PrintedLine(text, side=WHOLE) for text in under]


#: A decision whose number and day a hand wrote, its seal over the office, two columns read as one line.
DECISION = [
    ("UBND TỈNH KON TUM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.15, 0.06, 0.92),
    ("SỞ TÀI NGUYÊN", 0.2, 0.082, 0.4),
    ("Độc lập - Tự do - Hạnh phúc", 0.56, 0.083, 0.86),
    ("VÀ MÔI TRƯỜNG", 0.2, 0.1, 0.4),
    ("Số:4A3 /QD-STNMT", 0.19, 0.135, 0.41),
    ("Kon Tum, ngày AS tháng 6 năm 2024", 0.54, 0.136, 0.9),
    ("QUYÉT ĐỊNH", 0.45, 0.18, 0.6),
    ("Về việc công nhận danh hiệu Lao động tiên tiến", 0.3, 0.205, 0.75),
    ("và tặng Giấy khen năm 2023", 0.38, 0.226, 0.67),
    ("GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", 0.28, 0.27, 0.78),
    ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", 0.2, 0.31, 0.9),
    ("Căn cứ Quyết định số 12/2022/QĐ-UBND ngày 05 tháng 3 năm 2022 của Ủy ban", 0.2, 0.335, 0.92),
    ("nhân dân tỉnh Kon Tum;", 0.14, 0.355, 0.4),
    ("Điều 1. Công nhận danh hiệu cho 12 cá nhân có tên sau.", 0.2, 0.4, 0.9),
    ("Nơi nhận:", 0.14, 0.6, 0.23),
    ("KT.GIÁM ĐỐC", 0.62, 0.6, 0.8),
    ("- Như Điều 3;", 0.14, 0.62, 0.26),
    ("PHÓ GIÁM ĐÓO", 0.62, 0.621, 0.8),
    ("- Giám đốc Sở (b/c);", 0.14, 0.64, 0.3),
    ("*SO*", 0.66, 0.66, 0.7),
    ("- Lưu: VT, VP.", 0.14, 0.66, 0.26),
    ("Nguyễn VănLộc", 0.62, 0.72, 0.8),
]
