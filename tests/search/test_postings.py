"""Sets of documents as bits: what is put together and weighed is what sets and sums of numbers give."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.postgres_words import holders, words_in
from search.engines.postings import FEW, Postings, bits_of, heaviest, highest

NUMBERS = st.integers(0, 3 * FEW)
SETS = st.sets(NUMBERS, max_size=2 * FEW)


@given(SETS, st.integers(0, 400))
def test_a_set_comes_back_the_highest_first(numbers, most):
    assert highest(bits_of(numbers), most) == sorted(numbers, reverse=True)[:most]


@given(SETS, SETS)
def test_bits_are_put_together_as_sets_are(first, second):
    assert bits_of(first) & bits_of(second) == bits_of(first & second)
    assert bits_of(first) | bits_of(second) == bits_of(first | second)
    assert bits_of(first).bit_count() == len(first)


@given(st.lists(st.tuples(SETS, st.sampled_from([1.0, 2.0, 4.0, 8.0])), max_size=6), SETS, st.integers(1, 50))
def test_the_heaviest_are_those_of_the_largest_sums(lists, among, most):
    found = heaviest([(bits_of(rows), weight) for rows, weight in lists], bits_of(among), most)
    sums = {row: sum(weight for rows, weight in lists if row in rows) for row in among}
    assert dict(found) == {row: sums[row] for row, _ in found} and len(found) == min(most, len(among))
    least = min((weight for _, weight in found), default=0)
    # Sums are told apart in steps; these weights differ by far more than one.
    assert sorted(sums.values(), reverse=True)[: len(found)] == sorted((weight for _, weight in found), reverse=True)
    ties = sorted((row for row in among if sums[row] == least), reverse=True)
    assert (
        sorted((row for row, weight in found if weight == least), reverse=True)
        == ties[: len(ties)][: sum(weight == least for _, weight in found)]
    )


def test_factors_decide_between_documents_but_do_not_change_their_sums():
    lists = [(bits_of([1, 2]), 3.0), (bits_of([2]), 1.0)]
    assert heaviest(lists, bits_of([1, 2]), 1) == [(2, 4.0)]
    assert heaviest(lists, bits_of([1, 2]), 1, [(12, bits_of([1])), (5, bits_of([2]))]) == [(1, 3.0)]


@given(st.dictionaries(st.sampled_from("abcdef"), SETS), SETS, SETS)
def test_postings_count_what_they_share(held, among, later):
    postings = Postings()
    for name, rows in held.items():
        postings.keep(name, sorted(rows))
        for row in later:
            postings.add(name, row)
    held = {name: rows | later for name, rows in held.items()}
    assert {name: postings[name] for name in held} == {name: bits_of(rows) for name, rows in held.items()}
    assert dict(postings.sizes()) == {name: len(rows) for name, rows in held.items()}
    assert list(postings.shared(held, bits_of(among))) == [len(rows & among) for rows in held.values()]
    assert "x" not in postings and postings["x"] == 0


def test_what_is_forgotten_in_favour_of_something_smaller_takes_less():
    postings = Postings()
    postings.keep("a", range(10_000))
    large = postings.bytes_held
    postings.keep("a", [1])
    assert large >= 1_250 and postings.bytes_held < 300


def test_long_names_and_high_numbers_take_their_room():
    postings = Postings()
    postings.keep("長" * 200, [])
    assert postings.bytes_held > 400
    postings.keep("a", range(1_000))
    before = postings.bytes_held
    postings.add("a", 800_000)
    assert postings.bytes_held - before > 90_000


def test_a_condition_is_met_by_those_that_hold_its_words():
    held = {"a": 0b0111, "b": 0b1110, "=c_d": 0b1000}
    assert words_in("(('a' & 'b') | '=c_d')") == ["a", "b", "=c_d"]
    assert holders("(('a' & 'b') | '=c_d')", held.__getitem__) == 0b1110
    assert holders("('a' & ('b' | '=c_d'))", held.__getitem__) == 0b0110
    assert holders("'a'", held.__getitem__) == 0b0111
