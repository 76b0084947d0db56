"""Texts and wordings that no database expects, put to PostgreSQL."""

import random

import pytest

from search.contract import ALL_WORDS, ANY_WORDS, FACETS, NEWEST, OLDEST, PHRASE, RELEVANCE, Group, Wording
from search.engines.postgres import PostgresEngine
from search.engines.postgres_words import LONGEST_WORD, NOTHING, phrase
from tests.search.test_engine_contract import NOW, PUBLIC, asked, counts, keys, record

pytestmark = pytest.mark.postgres
SIGNS = ["'", "''", "\\", "\0", "\ud800", "&", "|", "!", ":*", "<->", "(", ")", "%", "%s", "{}", "_", "$1", "--"]
SIGNS += ["thi", "dua", "đ", "ệ", "😀", "\u202e", "x" * 3000, "漢字", "", " ", "thi dua", "\u0301", "5", "ct"]


@pytest.fixture
def engine(db):
    """The index that readers have, gone with the test's transaction."""
    engine = PostgresEngine()
    engine.ensure()
    return engine


def test_no_wording_fails(engine):
    engine.put([record(n, "Thi đua 'yêu' nước \\ & | ! :* <->", number="5-CT/TW") for n in range(1, 4)])
    chance = random.Random(7)
    for _ in range(400):
        picked = tuple(chance.choice(SIGNS) for _ in range(chance.randint(0, 30)))
        groups = (
            tuple(Group((each,), ((each, chance.choice(SIGNS)),)) for each in picked) if chance.random() < 0.3 else ()
        )
        wording = Wording(
            syllables=picked,
            exact=picked if chance.random() < 0.5 else (),
            groups=groups if chance.random() < 0.3 else (),
            number_parts=picked[:4] if chance.random() < 0.3 else (),
            number_text=" ".join(picked[:4]),
            phrases=(picked[:3],) if chance.random() < 0.2 and picked else (),
        )
        query = asked(
            wording=wording,
            audiences=frozenset(picked[:2]) | PUBLIC,
            match=chance.choice([ANY_WORDS, ALL_WORDS, PHRASE]),
            order=chance.choice([RELEVANCE, NEWEST, OLDEST]),
            chosen={"tag": picked[:3], "status": picked[3:5]} if chance.random() < 0.3 else {},
            hidden=frozenset(picked[:2]),
            facets=chance.choice([(), FACETS]),
        )
        assert engine.search(query).total <= 3
        engine.suggest("".join(picked)[:300], query)
        engine.frequencies(picked, query.audiences, NOW)


def test_texts_no_database_holds_are_held_without_what_is_strange(engine):
    title = "Thi\0 đua \ud800 yêu nước"
    engine.put([record(1, title, body="x" * 9000 + " rừng", url="/\0", number="5\0-CT", facets={"tag": ("a\0 'b",)})])
    result = engine.search(asked("yêu nước", facets=("tag",)))
    assert keys(result) == [1] and counts(result, "tag") == {"a\0 'b": 1}
    assert keys(engine.search(asked("rừng"))) == [1]


def test_a_text_beyond_all_measure_is_indexed_as_far_as_it_fits(engine):
    body = " ".join(f"từ{n} chữ{n}" for n in range(60_000))
    engine.put([record(1, "Thi đua", body=body)])
    assert keys(engine.search(asked("thi đua"))) == [1] and keys(engine.search(asked("từ7 chữ7"))) == [1]


def test_only_whole_clean_words_make_a_condition():
    assert phrase(("thi", "dua")) == "'thi_dua'" and phrase(("a", "b", "c")) == "('a_b' & 'b_c')"
    assert phrase(("thi", "d'ua")) == NOTHING and phrase(()) == NOTHING
    assert phrase(("x" * 300,)) == f"'{'x' * LONGEST_WORD}'"
