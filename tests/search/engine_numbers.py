"""What every engine does when a number is asked for: a part of its contract."""

from datetime import date, timedelta

from search.contract import StateDates
from search.vietnamese.query_words import read_query
from tests.search.engine_questions import TODAY, asked, keys, number, record, words


class NumberQuestions:
    """Tests of numbers, for the class of the contract."""

    def find(self, engine, text="", **others):
        return keys(engine.search(asked(text, **others)))

    def test_numbers_come_first_whatever_the_order_of_their_parts(self, engine):
        engine.put(
            [
                record(1, "Về công tác", number="39-CT/TW"),
                record(2, "Chỉ thị 39 ct tw nói trong bài", body="39 ct tw " * 9),
                record(3, "Về khác", number="139-CT/TW"),
            ]
        )
        for text in ("39-CT/TW", "39 ct tw", "CT39", "ct/tw 39", "chỉ thị 39", "ct số 39", "039-CT/TW"):
            result = engine.search(asked(wording=number(text)))
            assert result.hits[0].key == "page:1" and result.hits[0].is_number_hit, text
            assert not any(hit.is_number_hit for hit in result.hits[1:]), text

    def test_the_kind_that_no_number_holds_is_no_part_of_it(self, engine):
        numbers = {1: "1186/STNMT-VP", 2: "1186-CV/TU", 3: "11/STNMT-VP"}
        engine.put([record(n, "Về đất đai", number=each) for n, each in numbers.items()])
        for typed in ("cv 1186", "CV số 1186", "cv1186"):
            assert self.find(engine, wording=number(typed)) == [2, 1], typed
        assert set(self.find(engine, wording=number("vb 1186"))) == {1, 2}
        assert self.find(engine, wording=number("cv 1186/STNMT-VP")) == [1]

    def test_an_accent_of_a_number_is_not_lost(self, engine):
        engine.put([record(1, "Một", number="12-ĐA/TU"), record(2, "Hai", number="12-DA/TU")])
        assert self.find(engine, wording=number("12-ĐA/TU")) == [1, 2]
        assert self.find(engine, wording=number("12-DA/TU")) == [2, 1]

    def test_a_date_decides_between_documents_of_one_number(self, engine):
        days = {1: date(2024, 3, 11), 2: date(2024, 3, 12), 3: date(2023, 3, 12), 4: None}
        engine.put([record(n, "Về đất đai", number="05/QĐ-UBND", issued_on=day) for n, day in days.items()])
        for typed, first in (("05/QĐ-UBND ngày 12/3/2024", 2), ("số 05 ngày 11/3/2024", 1), ("5 qđ ubnd năm 2023", 3)):
            read = read_query(typed)
            wording = words(
                typed, number_parts=read.number_parts, number_text=read.number_text, number_days=read.number_date.days()
            )
            found = self.find(engine, wording=wording)
            assert found[0] == first and set(found) == set(days), typed

    def test_a_number_typed_without_any_sign_is_found(self, engine):
        engine.put([record(1, "Đề án", number="131/ĐA-UBND"), record(2, "Dự án", number="131/DA-UBND")])
        assert self.find(engine, wording=number("131ĐAUBND"))[0] == 1
        assert self.find(engine, wording=number("131daubnd"))[0] == 2

    def test_a_number_finds_what_has_lost_its_force(self, engine):
        gone = StateDates("in_force", until=TODAY - timedelta(days=1))
        engine.put([record(1, "Thi đua", number="5-CT/TW", state=gone)])
        assert self.find(engine, "thi đua") == []
        assert self.find(engine, wording=number("5-CT/TW")) == [1]

    def test_what_is_found_by_its_number_is_not_counted_as_left_out(self, engine):
        gone = StateDates("in_force", until=TODAY - timedelta(days=1))
        ended = StateDates("expired")
        engine.put([record(1, "Thay thế Chỉ thị 5-CT/TW", number="5-CT/TW", state=gone)])
        engine.put([record(2, "Thay thế Chỉ thị 5-CT/TW", number="5-CT/TW", state=ended)])
        result = engine.search(asked(wording=number("5-CT/TW")))
        assert (sorted(keys(result)), result.total, result.gone) == ([1, 2], 2, 0)
