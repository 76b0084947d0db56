"""What file names tell, and what they must not."""

import pytest

from directives.intake.grammar.file_names import NameHints, hints_of


@pytest.mark.parametrize(
    ("name", "hints"),
    [
        ("94-hd-stnmt-2024.pdf", NameHints("94", "HD-STNMT", "", "2024", True)),
        ("QĐ 131 ngày 5.6.2024.docx", NameHints("131", "", "2024-06-05", "2024", True)),
        ("131_QD-UBND_05-06-2024.pdf", NameHints("131", "QĐ-UBND", "2024-06-05", "2024", True)),
        ("Quyết định số 12 về việc khen thưởng.pdf", NameHints("12", "", "", "", True)),
        ("Kế hoạch 45.pdf", NameHints("45", "", "", "", True)),
        ("2024-ke-hoach.pdf", NameHints("", "", "", "2024", False)),
        ("ke hoach nam 2024.docx", NameHints("", "", "", "2024", False)),
        ("phat-dong-thi-dua-2024.docx", NameHints("", "", "", "2024", False)),
        ("scan.pdf", NameHints()),
        ("Bao cao 6 thang 2024.docx", NameHints("", "", "", "2024", False)),
        ("1. Kế hoạch thi đua.pdf", NameHints()),
        ("31.02.2024.pdf", NameHints("", "", "2024-02", "2024", False)),
    ],
)
def test_names_of_files(name, hints):
    assert hints_of(name) == hints
