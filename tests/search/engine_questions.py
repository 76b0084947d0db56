"""Records and questions for the tests of engines, and what is read from an answer."""

from django.utils import timezone

from search.contract import IndexRecord, SearchQuery, Wording
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import exact_tokens, syllables

NOW = timezone.now()
TODAY = timezone.localdate()
PUBLIC = frozenset({"public"})
STAFF = frozenset({"public", "staff"})


def words(text="", **others):
    exact = tuple(exact_tokens(text))
    return Wording(tuple(syllables(text)), exact if exact != tuple(syllables(text)) else (), **others)


def number(text):
    return words(text, number_parts=tuple(number_parts(text)), number_text=text)


def asked(text="", audiences=PUBLIC, **others):
    wording = others.pop("wording", None) or words(text)
    return SearchQuery(audiences, wording, NOW, TODAY, **others)


def record(number_of_page, title, version=1, audiences=PUBLIC, **others):
    return IndexRecord(f"page:{number_of_page}", version, audiences, title=title, **others)


def keys(result):
    return [int(hit.key.removeprefix("page:")) for hit in result.hits]


def counts(result, name):
    return dict(next(facet.counts for facet in result.facets if facet.name == name))
