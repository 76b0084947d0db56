"""A date that may lack its day or month, from what people type to what is kept."""

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from home.partial_dates import PartialDateBlock, PartialDateFormField, read_partial_date, type_partial_date
from search.vietnamese.dates import PartialDate

MARCH = PartialDate(2024, 3, None)


@pytest.mark.parametrize(
    "text, date",
    [("05/03/2024", PartialDate(2024, 3, 5)), ("5-3-2024", PartialDate(2024, 3, 5)), ("3/2024", MARCH),
     ("2024", PartialDate(2024, None, None)), ("2024-03", MARCH)],
)  # fmt: skip
def test_what_people_type_is_read(text, date):
    assert read_partial_date(text) == date
    assert read_partial_date(type_partial_date(date)) == date


@pytest.mark.parametrize("text", ["31/02/2024", "13/2024", "0/0/2024", "mai", "5/3/24", "3024", "1/1/1"])
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(ValidationError, match=r"Ngày|Năm"):
        PartialDateFormField().clean(text)


def submitted(text: str):
    block = blocks.StreamBlock([("row", blocks.StructBlock([("day", PartialDateBlock(required=False))]))])
    data = {"s-count": "1", "s-0-type": "row", "s-0-order": "0", "s-0-deleted": "", "s-0-value-day": text}
    return block, block.value_from_datadict(data, {}, "s")


def test_a_date_in_a_stream_survives_saving_unchanged():
    block, value = submitted("3/2024")
    assert block.clean(value)[0].value["day"] == MARCH
    assert block.get_prep_value(value)[0]["value"]["day"] == "2024-03"


def test_a_wrong_date_in_a_stream_is_refused_and_shown_again():
    block, value = submitted("31/02/2024")
    with pytest.raises(ValidationError):
        block.clean(value)
    assert block.get_form_state(value)[0]["value"]["day"] == "31/02/2024"
    assert block.get_searchable_content(value) == []
