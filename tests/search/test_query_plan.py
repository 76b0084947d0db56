from search.contract import ALL_WORDS, ANY_WORDS, PHRASE, Group, Wording
from search.query_plan import MOST_TERMS, SHORT, plan, terms_of

UBND = Group(("ubnd",), (("uy", "ban", "nhan", "dan"),))


def test_a_pair_or_all_words_or_else_any_word():
    found = plan(Wording(("luat", "dat", "dai")), ANY_WORDS, {})
    assert set(found.pairs) == {("luat", "dat"), ("dat", "dai")}
    assert set(found.groups) == {(("luat",),), (("dat",),), (("dai",),)}
    assert set(found.wide) == {("luat",), ("dat",), ("dai",)}


def test_all_words_leaves_no_other_way():
    found = plan(Wording(("dat", "dai")), ALL_WORDS, {})
    assert not found.pairs and not found.wide and len(found.groups) == 2


def test_a_phrase_is_one_phrase_in_each_of_its_forms():
    words = Wording(("chi", "thi", "ubnd"), groups=(Group(("chi",)), Group(("thi",)), UBND))
    found = plan(words, PHRASE, {})
    assert found.pairs == (("chi", "thi", "ubnd"), ("chi", "thi", "uy", "ban", "nhan", "dan"))
    assert not found.groups and not found.wide


def test_what_an_abbreviation_stands_for_is_as_good_as_a_pair():
    found = plan(Wording(("ubnd", "tinh"), groups=(UBND, Group(("tinh",)))), ANY_WORDS, {})
    assert ("uy", "ban", "nhan", "dan") in found.pairs
    assert (("ubnd",), ("uy", "ban", "nhan", "dan")) in found.groups


def test_of_a_long_query_the_rarest_terms_count():
    words = tuple(f"w{n}" for n in range(60))
    found = plan(Wording(words), ANY_WORDS, {word: 100 - n for n, word in enumerate(words)})
    assert len(found.pairs) == len(found.wide) == MOST_TERMS
    assert found.wide[0] == ("w59",) and ("w0",) not in found.wide
    assert not found.groups and len(words) > SHORT


def test_quoted_phrases_are_kept_whatever_the_rule():
    words = Wording(("thi", "dua"), phrases=(("thi", "dua"),))
    assert all(plan(words, match, {}).phrases == (("thi", "dua"),) for match in (ANY_WORDS, ALL_WORDS, PHRASE))


def test_nothing_asked_is_nothing_planned():
    assert not plan(Wording(), ANY_WORDS, {}) and not plan(Wording(), PHRASE, {})


def test_terms_are_syllables_and_pairs_of_all_forms():
    assert terms_of(Wording(("ubnd", "tinh"), groups=(UBND, Group(("tinh",))))) == [
        *("ubnd", "tinh", "uy", "ban", "nhan", "dan"),
        *("ubnd_tinh", "uy_ban", "ban_nhan", "nhan_dan"),
    ]


def test_an_abbreviation_and_its_long_form_are_found_by_a_pair_alone():
    long = ("khi", "tuong", "thuy", "van")
    planned = plan(Wording(long, groups=(Group(long, (("kttv",),)),)), ANY_WORDS, {})
    assert planned.groups == ((long, ("kttv",)),) and planned.is_told_by_pairs
    assert not plan(Wording(("dat", "dai")), ANY_WORDS, {}).is_told_by_pairs
    beside = Wording((*long, "tinh"), groups=(Group(long, (("kttv",),)), Group(("tinh",))))
    assert plan(beside, ANY_WORDS, {}).is_told_by_pairs
    assert not plan(beside, ALL_WORDS, {}).is_told_by_pairs
