"""The treated text of a record: what every engine indexes, so that all of them match alike."""

from dataclasses import dataclass

from search.contract import IndexRecord
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import exact_tokens, syllables

#: Ranking looks at this many accented tokens of a document; matching sees all of them.
RANKED_TOKENS = 4_000


@dataclass(frozen=True, slots=True)
class TreatedText:
    """Tokens parted by single spaces, e.g. `TreatedText(title="ve hoa giai", exact_title="ve2 hoa2 giai3", …)`."""

    title: str
    body: str
    attachments: str
    number_parts: str
    exact_title: str
    exact_body: str


def treat(record: IndexRecord) -> TreatedText:
    """The record as tokens, e.g. `treat(IndexRecord(…, title="Hoà giải")).title` is `"hoa giai"`."""
    return TreatedText(
        title=" ".join(syllables(record.title)),
        body=" ".join(syllables(record.body)),
        attachments=" ".join(syllables(record.attachments)),
        number_parts=" ".join(number_parts(record.number)),
        exact_title=" ".join(exact_tokens(record.title)),
        exact_body=" ".join(exact_tokens(record.body)[:RANKED_TOKENS]),
    )
