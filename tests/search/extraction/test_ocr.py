"""Two readings of one picture, put together; places on pictures that were turned."""

import pytest
from PIL import Image, ImageDraw

from search.extraction import ocr
from search.extraction.ocr_merging import merge
from search.extraction.pages import Line


def line(text, top=0.1, left=0.1, right=0.9) -> Line:
    return Line(text, (left, top, right, top + 0.02))


def test_a_word_that_is_no_syllable_gives_way_to_one_that_is():
    lines, also = merge((line("góp phãn phát triển"),), (line("góp phần phát triến"),))
    assert [found.text for found in lines] == ["góp phần phát triển"]
    assert set(also.split()) == {"phãn", "triến"}


def test_numbers_and_names_are_never_replaced():
    lines, also = merge((line("Số 298/KH-STNMT"),), (line("Số 98/KH-STNMT"),))
    assert lines[0].text == "Số 298/KH-STNMT"
    assert also == "98/KH-STNMT"


def test_lines_that_only_one_engine_saw_stand_in_their_place():
    ours = (line("Điều 1. Phạm vi", 0.1), line("Điều 3. Hiệu lực", 0.3))
    theirs = (line("Điều 1. Phạm vi", 0.1), line("Điều 2. Đối tượng", 0.2), line("~ :", 0.25))
    assert [found.text for found in merge(ours, theirs)[0]] == [
        "Điều 1. Phạm vi",
        "Điều 2. Đối tượng",
        "Điều 3. Hiệu lực",
    ]


def test_a_speck_inside_a_line_does_not_swallow_it():
    speck = Line("vn", (0.3, 0.1, 0.31, 0.103))
    lines, _ = merge((speck, line("SỞ Y TẾ")), (line("SỞ Y TẾ"),))
    assert [found.text for found in lines] == ["vn", "SỞ Y TẾ"]


@pytest.mark.parametrize(
    ("turns", "box"),
    [(0, (0.1, 0.2, 0.5, 0.3)), (1, (0.2, 0.5, 0.3, 0.9)), (2, (0.5, 0.7, 0.9, 0.8)), (3, (0.7, 0.1, 0.8, 0.5))],
)
def test_boxes_lie_on_the_picture_as_it_was_given(turns, box):
    assert ocr.turned_back((0.1, 0.2, 0.5, 0.3), turns) == pytest.approx(box)


@pytest.mark.parametrize("engine", list(ocr.ENGINES))
def test_a_page_that_lies_on_its_side_is_read_and_its_lines_stay_in_place(require, engine):
    require(ocr.installed((engine,)), f"needs {engine}")
    upright = Image.new("L", (1200, 1600), 255)
    pen = ImageDraw.Draw(upright)
    for number in range(14):
        pen.text((100, 100 + number * 60), "Ke hoach thi dua nam 2024 cua so y te tinh", fill=0, font_size=44)
    page = ocr.read_page(upright.rotate(90, expand=True), 1, (engine,))
    assert "2024" in page.text
    left, top, right, bottom = page.lines[0].box
    assert left < 0.2 and bottom - top > right - left


def test_without_an_engine_nothing_is_guessed():
    with pytest.raises(ValueError):
        ocr.read_page(Image.new("L", (10, 10)), 1, ())


def read(text, confidence=0.96):
    rows = [Line(row, (0.1, 0.1, 0.9, 0.12), confidence) for row in text.split("\n")]
    return ocr.Reading(tuple(rows), Image.new("L", (10, 10)))


GOOD = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 của Quốc hội, Sở ban hành kế hoạch thi đua như sau"


def test_an_engine_is_unsure_of_few_words_strange_syllables_and_doubtful_lines():
    assert not ocr.is_unsure(read(GOOD))
    assert ocr.is_unsure(read("Sở Y tế"))
    assert ocr.is_unsure(read(GOOD.replace("Thi đua", "Thx đxa phxng trxo").replace("kế hoạch", "kx hoxch ngh")))
    assert ocr.is_unsure(read(GOOD, confidence=0.6))


def test_the_second_engine_reads_only_what_the_first_is_unsure_of(monkeypatch):
    asked = []

    class Engine:
        def __init__(self, name):
            self.name = name

        def read(self, picture, is_upright=False):
            asked.append(self.name)
            return read(text)

    monkeypatch.setattr(ocr, "installed", lambda wanted=None: ["trueocr", "tesseract"])
    monkeypatch.setattr(ocr, "engine", Engine)
    picture = Image.new("L", (10, 10))
    text = GOOD
    assert ocr.read_page(picture, 1, thorough=False).text == GOOD
    assert asked == ["trueocr"]
    ocr.read_page(picture, 1, thorough=True)
    text = "Sở Y tế"
    ocr.read_page(picture, 1, thorough=False)
    assert asked == ["trueocr", "trueocr", "tesseract", "trueocr", "tesseract"]
