"""Old code tables found by what the words become, run by run."""

import pytest

from search.extraction.blocks import paragraph
from search.extraction.legacy_fonts import encoding_of_font
from search.extraction.legacy_guessing import convert_blocks, convert_guessed, guess, raise_capitals

MODERN = "Sở Tài nguyên và Môi trường tỉnh Kon Tum phát động phong trào thi đua yêu nước"
TCVN3 = "Së Tµi nguyªn vµ M«i tr\xad\xeang tØnh Kon Tum ph¸t ®éng phong trµo thi ®ua yªu n\xad\xedc"
VNI = "Sôû Taøi nguyeân vaø Moâi tröôøng tænh Kon Tum phaùt ñoäng phong traøo thi ñua yeâu nöôùc"


@pytest.mark.parametrize("old", [TCVN3, VNI])
def test_old_text_comes_out_in_unicode(old):
    assert convert_guessed(old) == MODERN


def test_the_minus_that_pdf_files_give_for_a_soft_hyphen_is_a_letter():
    assert convert_guessed(TCVN3.replace("\xad", "\u2212")) == MODERN


@pytest.mark.parametrize(
    "text",
    [MODERN, "Café Müller, 25 °C ± 1", "là bà và à há", "Em bé", "§ 5 ¶ 3 © 2024", "", "a" * 1000, "¸µ¶·¹" * 500],
)
def test_unicode_text_stays_as_it_is(text):
    assert convert_guessed(text) == text


def test_a_file_may_mix_both_and_each_line_is_judged_by_itself():
    mixed = "\n".join([MODERN, TCVN3, "Café Müller", MODERN])
    assert convert_guessed(mixed) == "\n".join([MODERN, MODERN, "Café Müller", MODERN])


def test_short_lines_follow_the_file_they_stand_in():
    assert convert_guessed(f"{TCVN3}\nSè: 12").endswith("Số: 12")
    assert guess(["Sè: 12"]).encoding == ""


def test_runs_keep_their_places_and_soft_hyphens_of_unicode_text_go():
    blocks, guessed = convert_blocks([paragraph(TCVN3), paragraph("thi\xadđua ưu tú")])
    assert guessed
    assert [block.text for block in blocks] == [MODERN, "thiđua ưu tú"]


def test_capital_letters_are_put_back_by_the_words_around():
    assert raise_capitals("CộNG HòA Xã HộI là") == "CỘNG HÒA XÃ HỘI là"
    assert raise_capitals("Ông á là giám đốc") == "Ông á là giám đốc"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), ("ABCDEF+.VnTimeH,Bold", "tcvn3-capitals"),
        (".VnArial-BoldItalic", "tcvn3"), ("VNI-Times", "vni"), ("QWERTY+VNI-Helve-Bold", "vni"),
        ("Times New Roman", ""), ("", ""),
    ],
)  # fmt: skip
def test_fonts_tell_their_table(font, encoding):
    assert encoding_of_font(font) == encoding
