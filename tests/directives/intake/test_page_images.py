"""Pictures of the pages of a file under review: small, private, drawn within bounds."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from directives.intake.header_crop import head_marks, head_of
from directives.intake.page_pictures import PAGE_WIDTH, draw_page
from search.extraction.pages import FilePage, Line
from search.extraction.refusals import ReadingFailed
from tests.office import make_office

from .reviewed import small_reading, under_review
from .samples import shared

SCAN = "samples/phat-dong-the-thuc-day-du.scan.pdf"


def head_page(*lines) -> FilePage:
    return FilePage(1, "\n".join(text for text, _ in lines), "ocr", tuple(Line(text, box) for text, box in lines))


HEAD = head_page(
    ("UBND TỈNH KON TUM", (0.20, 0.05, 0.40, 0.07)),
    ("Số: /STNMT-VP", (0.20, 0.11, 0.44, 0.13)),
    ("Kon Tum, ngày tháng năm 2024", (0.52, 0.14, 0.92, 0.16)),
)


def test_the_head_ends_below_number_and_date():
    left, top, right, bottom = head_of(HEAD)
    assert (left, right) == (0.0, 1.0) and top == pytest.approx(0.038) and 0.16 < bottom < 0.2


def test_a_page_without_places_shows_its_top():
    assert head_of(None) == head_of(FilePage(1, "chữ")) == (0.0, 0.0, 1.0, 0.24)
    assert head_marks(None, False, False) == []


def test_marks_stand_in_the_gaps_of_number_and_date():
    number, date = head_marks(HEAD, has_number=False, has_date=False)
    assert (number.name, number.is_read, date.name, date.is_read) == ("number", False, "date", False)
    assert 0.20 < number.box[0] < number.box[2] < 0.44 and number.box[1] == 0.11
    assert 0.60 < date.box[0] < date.box[2] < 0.92


def test_a_number_that_was_read_has_another_mark():
    assert [mark.is_read for mark in head_marks(HEAD, has_number=True, has_date=False)] == [True, False]


@pytest.fixture
def office(tree):
    return make_office()


@pytest.fixture
def scan(office):
    file = shared(SCAN)
    return under_review(file.read_bytes(), file.name, office.land_editor, small_reading(source="ocr"), page_count=3)


def get(client, name, *arguments):
    return client.get(reverse(name, args=arguments))


@pytest.mark.django_db
def test_a_page_is_a_small_jpeg_that_nobody_keeps(client, office, scan):
    client.force_login(office.land_editor)
    response = get(client, "intake_page_image", scan.pk, 2)
    assert response["Content-Type"] == "image/jpeg" and response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    picture = Image.open(io.BytesIO(response.content))
    assert picture.width == PAGE_WIDTH and len(response.content) < 600_000


@pytest.mark.django_db
def test_the_head_is_a_strip_of_the_first_page(client, office, scan):
    client.force_login(office.land_editor)
    picture = Image.open(io.BytesIO(get(client, "intake_crop", scan.pk).content))
    assert picture.width > 2 * picture.height


@pytest.mark.django_db
def test_pictures_are_for_whoever_works_with_the_file(client, office, scan):
    answers = {"water_editor": 404, "clerk": 200, "land_editor": 200}
    for name, status in answers.items():
        client.force_login(getattr(office, name))
        assert get(client, "intake_page_image", scan.pk, 1).status_code == status, name
        assert get(client, "intake_crop", scan.pk).status_code == status, name
    client.logout()
    assert get(client, "intake_page_image", scan.pk, 1).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 4, 99999])
def test_a_page_that_is_not_there_is_missing(client, office, scan, number):
    client.force_login(office.clerk)
    assert get(client, "intake_page_image", scan.pk, number).status_code == 404


@pytest.mark.django_db
def test_pictures_and_broken_files(office):
    buffer = io.BytesIO()
    Image.new("RGBA", (2000, 1000), (255, 0, 0, 0)).save(buffer, "PNG")
    drawn = draw_page(under_review(buffer.getvalue(), "a.png", office.clerk, small_reading()), 1)
    picture = Image.open(io.BytesIO(drawn))
    assert picture.size == (PAGE_WIDTH, PAGE_WIDTH // 2) and picture.getpixel((5, 5)) > 250
    for data, name in ((b"%PDF-1.4 broken", "b.pdf"), (b"\x89PNG\r\n\x1a\n broken", "c.png"), (b"PK", "d.docx")):
        with pytest.raises(ReadingFailed):
            draw_page(under_review(data, name, office.clerk, small_reading()), 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["hugepage.pdf", "imgbomb.pdf", "hugestream.pdf", "enc_user.pdf", "trunc.pdf"])
def test_a_hostile_file_ends_in_a_small_picture_or_in_none(office, name):
    path = shared(f"samples/hostile/{name}")
    record = under_review(path.read_bytes(), name, office.clerk, small_reading())
    try:
        drawn = draw_page(record, 1)
    except ReadingFailed:
        return
    assert drawn.startswith(b"\xff\xd8") and len(drawn) < 4_000_000
