"""The admin speaks Vietnamese: the overlay catalogue is whole, true to its originals and compiled."""

import datetime
import json
import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django import forms
from django.conf import settings
from django.utils import formats, timesince, translation
from django.utils.translation.trans_real import DjangoTranslation

CATALOGUE = Path(settings.LOCALE_PATHS[0], "vi", "LC_MESSAGES")
WAGTAIL = Path(wagtail.__file__).parent
DJANGO = Path(django.__file__).parent
DOMAINS = ["django", "djangojs"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"<[^<>\s][^<>]*>")
OLD_ACCENT = re.compile(r"o[áàảãạéèẻẽẹ](?!\w)|(?<!q)u[ýỳỷỹỵ](?!\w)", re.IGNORECASE)
# "Ông/bà" everywhere; who reads a newspaper is "bạn đọc" all the same.
FAMILIAR = re.compile(r"\bbạn\b(?! đọc)", re.IGNORECASE)
# Nothing but placeholders, marks and names: these read the same in both languages.
SAME_IN_BOTH = {
    "%(field_label)s:",
    "%(status_display)s %(task_name)s %(started_at)s",
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "%(truncated_text)s…",
    "IPv4",
    "IPv6",
    "…",
}


def text_of(entry):
    return entry.msgstr or entry.msgstr_plural.get(0, "")


def key_of(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def entries(domain):
    return [(entry, text_of(entry)) for entry in polib.pofile(str(CATALOGUE / f"{domain}.po"))]


def originals(root, domain):
    """Every string of the packages under `root`: their English catalogues list them all."""
    paths = list(root.rglob(f"locale/en/LC_MESSAGES/{domain}.po"))
    assert paths
    found = (entry for path in paths for entry in polib.pofile(str(path)) if not entry.obsolete)
    return {key_of(entry) for entry in found}


def translate(catalogue, context, singular, plural):
    if plural and context:
        return catalogue.npgettext(context, singular, plural, 2)
    if plural:
        return catalogue.ngettext(singular, plural, 2)
    return catalogue.pgettext(context, singular) if context else catalogue.gettext(singular)


def left_in_english(catalogue, strings):
    texts = {key: translate(catalogue, *key) for key in strings}
    return sorted(key[1] for key, text in texts.items() if text in key[1:] and text not in SAME_IN_BOTH)


@pytest.fixture
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize("domain", DOMAINS)
def test_compiled_catalogue_is_that_of_the_text(domain):
    compiled = polib.mofile(str(CATALOGUE / f"{domain}.mo"))
    assert {key_of(entry): text_of(entry) for entry in compiled} == {
        key_of(entry): text for entry, text in entries(domain)
    }


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_is_translated_once(domain):
    keys = [key_of(entry) for entry, _ in entries(domain)]
    assert len(keys) == len(set(keys))
    assert [entry.msgid for entry, text in entries(domain) if not text or "fuzzy" in entry.flags] == []
    assert [entry.msgid for entry, text in entries(domain) if text in key_of(entry)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_agree(domain):
    wrong = []
    for entry, text in entries(domain):
        singular, plural = (sorted(PLACEHOLDER.findall(part)) for part in (entry.msgid, entry.msgid_plural))
        given = PLACEHOLDER.findall(text)
        if entry.msgid_plural:
            agrees = set(singular) & set(plural) <= set(given) <= set(singular) | set(plural)
        else:
            agrees = sorted(given) == singular
        if not agrees:
            wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_markup_and_outer_space_agree(domain):
    wrong = []
    for entry, text in entries(domain):
        original = entry.msgid_plural or entry.msgid
        tags_agree = sorted(TAG.findall(text)) == sorted(TAG.findall(original))
        space_agrees = [part.isspace() for part in (text[0], text[-1])] == [
            part.isspace() for part in (original[0], original[-1])
        ]
        if not (tags_agree and space_agrees):
            wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_accents_stand_where_the_portal_puts_them(domain):
    assert [text for _, text in entries(domain) if OLD_ACCENT.search(text)] == []
    assert [text for _, text in entries(domain) if "!" in text] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_addresses_people_as_the_portal_does(domain):
    assert [text for _, text in entries(domain) if FAMILIAR.search(text)] == []


def test_templates_and_sentences_address_people_in_one_way():
    """In everything that people read; the lists of syllables and of words are no sentences."""
    packages = ("directives", "home", "intranet", "news", "portal", "search", "templates")
    paths = [*(path for each in packages for path in Path(settings.BASE_DIR, each).rglob("*.*"))]
    texts = {path: path.read_text() for path in paths if path.suffix in (".html", ".py") or "mail" in path.parts}
    assert len(texts) > 300
    assert [str(path) for path, text in texts.items() if FAMILIAR.search(text)] == []


def test_every_string_of_wagtail_is_vietnamese():
    strings = originals(WAGTAIL, "django")
    assert len(strings) > 1700
    assert left_in_english(DjangoTranslation("vi"), strings) == []


def test_every_string_of_wagtails_scripts_is_vietnamese():
    # The admin's script catalogue reads Wagtail's own folder first, then LOCALE_PATHS.
    folders = [str(WAGTAIL / "admin" / "locale")]
    strings = originals(WAGTAIL / "admin", "djangojs")
    assert left_in_english(DjangoTranslation("vi", domain="djangojs", localedirs=folders), strings) == []


@pytest.mark.parametrize("package", ["contrib/auth", "contrib/contenttypes", "contrib/sessions"])
def test_every_string_of_djangos_parts_is_vietnamese(package):
    assert left_in_english(DjangoTranslation("vi"), originals(DJANGO / package, "django")) == []


def test_strings_a_browser_looks_for_are_translated(vietnamese):
    strings = json.loads(Path(__file__).with_name("admin_strings.json").read_text())
    assert len(strings) == len(set(strings)) >= 300
    catalogue, scripts = DjangoTranslation("vi"), DjangoTranslation("vi", domain="djangojs")
    texts = {text: {catalogue.gettext(text), scripts.gettext(text)} - {text} for text in strings}
    assert [text for text, given in texts.items() if not given] == []
    assert [text for text, given in texts.items() if any(text.lower() in one.lower() for one in given)] == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Save draft", "Lưu nháp"),
        ("Submit for moderation", "Gửi duyệt"),
        ("Request changes", "Trả lại"),
        ("Schedule to publish", "Hẹn giờ xuất bản"),
        ("Unpublish", "Gỡ xuống"),
        ("Dashboard", "Bàn làm việc"),
        ("Vietnamese", "Tiếng Việt"),
    ],
)
def test_words_of_the_portal_are_used(english, expected, vietnamese):
    assert translation.gettext(english) == expected


@pytest.mark.parametrize("typed", ["05/03/2024", "5/3/2024", "05-03-2024", "05.03.2024", "2024-03-05"])
def test_dates_are_read_as_vietnamese_type_them(typed, vietnamese):
    assert forms.DateField().clean(typed) == datetime.date(2024, 3, 5)


@pytest.mark.parametrize("typed", ["17:30 05/03/2024", "05/03/2024 17:30", "2024-03-05 17:30"])
def test_moments_are_read_as_vietnamese_type_them(typed, vietnamese):
    moment = forms.DateTimeField().clean(typed)
    assert moment.replace(tzinfo=None) == datetime.datetime(2024, 3, 5, 17, 30)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DATE_FORMAT", "05/02/2024"),
        ("DATETIME_FORMAT", "17:30 05/02/2024"),
        ("TIME_FORMAT", "17:30"),
        ("YEAR_MONTH_FORMAT", "tháng 02 năm 2024"),
        ("MONTH_DAY_FORMAT", "ngày 05 tháng 02"),
        (r"\n\gà\y d E \nă\m Y", "ngày 05 tháng 02 năm 2024"),
    ],
)
def test_dates_are_written_as_offices_write_them(name, expected, vietnamese):
    assert formats.date_format(datetime.datetime(2024, 2, 5, 17, 30), name) == expected


def test_numbers_and_weeks_are_vietnamese(vietnamese):
    assert formats.number_format(1234567.5, 1, use_l10n=True, force_grouping=True) == "1.234.567,5"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_spans_of_time_are_vietnamese(vietnamese):
    start = datetime.datetime(2024, 1, 1)
    span = timesince.timesince(start, start + datetime.timedelta(days=17))
    assert span.replace("\N{NO-BREAK SPACE}", " ") == "2 tuần, 3 ngày"
