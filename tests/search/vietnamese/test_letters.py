"""Letters and tokens: what is kept one to one, and what is one and the same to a searcher."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.letters import canonical_tones, clean, fold, homoglyphs, nfc, plain_signs
from search.vietnamese.slugs import slugify
from search.vietnamese.syllables import exact_tokens, pairs, syllables


@given(st.text())
def test_folding_keeps_the_length_of_composed_text(text):
    composed = nfc(text)
    assert len(fold(composed)) == len(composed)
    assert len(canonical_tones(composed)) == len(composed)
    assert len(plain_signs(text)) == len(text)


@given(st.text())
def test_folding_does_not_care_for_the_form_of_composition(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đất đai", "dat dai"), ("QUẢN LÝ", "quan ly"), ("Ưu đãi", "uu dai"), ("Ð", "d"), ("Nguyễn", "nguyen")],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_every_vietnamese_vowel_folds_to_its_letter():
    for vowel in "aăâeêioôơuưy":
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"):
            assert fold(vowel + tone) == unicodedata.normalize("NFD", vowel)[0]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("Uỷ ban", "Ủy ban"),
        ("khoá", "khóa"),
        ("thuỷ", "thủy"),
        ("Thuý", "Thúy"),
        ("xoè", "xòe"),
        ("quý", "quý"),
        ("thuế", "thuế"),
        ("hoàn toàn", "hoàn toàn"),
        ("hòa", "hòa"),
    ],
)
def test_tone_placement(text, canonical):
    assert canonical_tones(text) == canonical


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" Đất\u00a0đai\u200b \n mới\x00 ", "Đất đai mới"),
        ("\u202eabc\u202c", "abc"),
        ("o\u0300", "ò"),
        ("o\u200b\u0300", "ò"),
        ("\ufeff", ""),
        ("a\ud800b", "ab"),
        ("Đất\u200bđai", "Đất đai"),
        ("an\u200b\u200btoàn\u200b 2024\u200bvề", "an toàn 2024 về"),
        ("TN&MT\u200bnăm", "TN&MT năm"),
        ("đi\u200bển hình", "điển hình"),
        ("Đ\u200bắk", "Đắk"),
        ("ke\u200b-hoach\u200b.docx", "ke-hoach.docx"),
        ("đất\u200dđai\u200c\u202e", "đấtđai"),
    ],
)
def test_cleaning(text, cleaned):
    assert clean(text) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_look_alikes_become_plain():
    assert plain_signs("15⁄QÐ‑UBND\u00a0–") == "15/QĐ-UBND -"
    assert all(len(sign) == 1 for sign in homoglyphs.values())


def test_syllables_are_folded_and_in_order():
    assert syllables("Đất đai, TN&MT 2024") == ["dat", "dai", "tn", "mt", "2024"]
    assert syllables("Krông Nô\u0306") == ["krong", "no"]


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("kĩ", "kỹ"), ("Quí", "quý"), ("uỷ", "Ủy")])
def test_two_spellings_of_one_syllable_are_one_token(one, other):
    assert exact_tokens(one) == exact_tokens(other)


def test_accents_tell_tokens_apart():
    tokens = [exact_tokens(word)[0] for word in ("ma", "má", "mà", "mả", "mã", "mạ", "mâ", "đa", "da", "QH15")]
    assert len(set(tokens)) == len(tokens)


def test_pairs():
    assert pairs(["thi", "dua", "yeu", "nuoc"]) == ["thi_dua", "dua_yeu", "yeu_nuoc"]
    assert pairs(["thi"]) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đất đai", "dat-dai"),
        ("Ðất đai", "dat-dai"),
        ("  94 năm – Ngày thành lập Đảng (3/2/1930)", "94-nam-ngay-thanh-lap-dang-3-2-1930"),
        ("TN&MT", "tn-mt"),
        ("!!!", ""),
        ("Đ\u200bắk\u00a0Glei", "dak-glei"),
    ],
)
def test_slugs(text, slug):
    assert slugify(text) == slug


def test_slug_is_cut_at_a_word():
    assert slugify("phong trào thi đua yêu nước", max_length=16) == "phong-trao-thi"
    assert slugify("phong trào thi đua", max_length=18) == "phong-trao-thi-dua"
    assert slugify("x" * 100) == "x" * 80


@given(st.text())
def test_slugs_hold_nothing_else(text):
    slug = slugify(text)
    assert len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-") and not slug.endswith("-") and "--" not in slug


@given(st.text(alphabet="aáđbn \u200b\u0301-1", max_size=60))
def test_a_zero_width_space_never_costs_a_letter(text):
    assert clean(text).replace(" ", "") == clean(text.replace("\u200b", "")).replace(" ", "")
