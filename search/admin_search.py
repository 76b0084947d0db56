"""The editors' search of the admin: Wagtail's own on its database, with Vietnamese folded on both sides."""

from copy import copy

from django.db import connection
from django.utils.encoding import force_str
from wagtail.search.index import AutocompleteField, RelatedFields, SearchField
from wagtail.search.query import And, Not, Or, Phrase, PlainText

from search.vietnamese.syllables import syllables

LONGEST_QUERY = 256


def fold_words(text: str) -> str:
    """The text as folded words, e.g. "Số 39-CT/TW về đất đai" -> "so 39 ct tw ve dat dai"."""
    return " ".join(syllables(text))


def _folded_value(value):
    if isinstance(value, dict):
        return [_folded_value(item) for item in value.values()]
    if isinstance(value, list | tuple):
        return [_folded_value(item) for item in value]
    return fold_words(force_str(value))


def _folded_field(field):
    """A field that gives its value folded; filters stay as they are."""
    twin = copy(field)
    if isinstance(field, RelatedFields):
        twin.fields = [_folded_field(each) for each in field.fields]
    elif isinstance(field, SearchField | AutocompleteField):
        twin.get_value = lambda obj: _folded_value(field.get_value(obj))
    return twin


def _folded_query(query):
    if isinstance(query, str):
        return fold_words(query[:LONGEST_QUERY])
    if isinstance(query, PlainText):
        return PlainText(fold_words(query.query_string[:LONGEST_QUERY]), query.operator, query.boost)
    if isinstance(query, Phrase):
        return Phrase(fold_words(query.query_string[:LONGEST_QUERY]))
    if isinstance(query, And | Or):
        return type(query)([_folded_query(each) for each in query.subqueries])
    return Not(_folded_query(query.subquery)) if isinstance(query, Not) else query


def _folding(backend_class):
    """The backend of Wagtail with folded words in its index and in its questions."""

    class FoldingIndex(backend_class.index_class):
        def add_items(self, model, objs):
            for obj in objs:
                fields = [_folded_field(field) for field in obj.get_search_fields()]
                obj.get_search_fields = lambda fields=fields: fields
            try:
                super().add_items(model, objs)
            finally:
                for obj in objs:
                    del obj.get_search_fields

    class FoldingBackend(backend_class):
        index_class = FoldingIndex

        def search(self, query, *args, **kwargs):
            return super().search(_folded_query(query), *args, **kwargs)

        def autocomplete(self, query, *args, **kwargs):
            return super().autocomplete(_folded_query(query), *args, **kwargs)

    return FoldingBackend


def SearchBackend(params):
    """The backend of the database in use, e.g. `SearchBackend({})`."""
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as Backend
    else:
        from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as Backend
    return _folding(Backend)(params)
