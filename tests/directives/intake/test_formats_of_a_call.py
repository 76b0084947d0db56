"""The same call in every format, and as a scan: one recognition, whatever the file is."""

import pytest

from directives.intake.job import read_data
from search.extraction import ocr, office

from .samples import shared

SCAN = pytest.mark.skipif(len(ocr.installed()) < 2, reason="both OCR engines are not installed here")
WORD = pytest.mark.skipif(not office.is_installed(), reason="LibreOffice is not installed here")
LISTS = ("tasks", "occasions", "slogans", "sides", "recipients", "citations")


def read(name, **wishes):
    return read_data(shared(f"samples/phat-dong-the-thuc-day-du.{name}").read_bytes(), f"a.{name}", **wishes)


@pytest.mark.parametrize(
    "name", ["pdf", "odt", "rtf", pytest.param("doc", marks=WORD), pytest.param("scan.pdf", marks=[SCAN])]
)
def test_a_call_gives_the_same_whatever_its_file(name):
    typed, other = read("docx").recognition, read(name, thorough=True).recognition
    assert other.value("form") == "campaign"
    assert other.value("title") == typed.value("title")
    assert {key: len(other.value(key, [])) for key in LISTS} == {key: len(typed.value(key, [])) for key in LISTS}
    assert [one["anchor"] for one in other.body if one["anchor"].startswith("nhiem-vu")] == [
        one["anchor"] for one in typed.body if one["anchor"].startswith("nhiem-vu")
    ]
    assert {one["code"] for one in other.missing} == {one["code"] for one in typed.missing}


@SCAN
def test_what_was_read_from_a_picture_says_so():
    reading = read("scan.pdf")
    assert {page.source for page in reading.pages} == {"ocr"}
    assert {fact.source for fact in reading.facts.values()} == {"ocr"}
    assert {found.source for found in reading.recognition.fields.values()} <= {"ocr", "inferred"}
    assert len(reading.recognition.value("tasks")) == 5
