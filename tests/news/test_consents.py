"""Whose consent stands, and for what."""

from datetime import date

import pytest

from news.consents import is_withdrawn, standing
from news.models import Consent

MARCH, MAY, JUNE = date(2024, 3, 1), date(2024, 5, 5), date(2024, 6, 9)


def consent(given_by="Y Mẫu", given_on=MARCH, **fields) -> Consent:
    return Consent(given_by=given_by, given_on=given_on, **fields)


@pytest.mark.parametrize(
    "rows, holds, withdrawn",
    [
        ([], 0, False),
        ([consent()], 1, False),
        ([consent(withdrawn_on=MAY)], 0, True),
        ([consent(withdrawn_on=MAY), consent(given_on=JUNE)], 1, False),
        # Told once by paper and once by mail: taking it back ends both.
        ([consent(withdrawn_on=MAY), consent(given_on=MARCH)], 0, True),
        ([consent(withdrawn_on=MAY), consent(given_on=MAY)], 0, True),
        ([consent(withdrawn_on=MAY), consent("  y  mẫu ", JUNE)], 1, False),
        # Of two people one took it back: the story names both.
        ([consent(withdrawn_on=MAY), consent("A Thử", JUNE)], 1, True),
    ],
)
def test_standing_and_withdrawn(rows, holds, withdrawn):
    assert len(standing(rows)) == holds
    assert is_withdrawn(rows) is withdrawn
