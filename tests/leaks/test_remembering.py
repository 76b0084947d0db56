"""The ways out of search as PostgreSQL answers from what a process remembers: only of what is committed."""

import pytest
import time_machine
from django.utils import timezone

from search.engines import postgres_answer
from search.remembered import forget_everything
from tests.builders import Tree
from tests.leaks.readers import READERS, client_of
from tests.leaks.searching import SEARCHES, found_by_title, leaks_of_search, to_be_found
from tests.leaks.site import LATER, build_all

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site():
    """The canary site, committed, two hours after it was built."""
    built = build_all(Tree.build())
    forget_everything()
    with time_machine.travel(timezone.now() + LATER, tick=True):
        built.browsers = {reader: client_of(reader, built.people) for reader in READERS}
        yield built


@pytest.fixture
def recalled(monkeypatch) -> list[bool]:
    """For each search, whether it was answered from memory."""
    answers, recall = [], postgres_answer.recalled

    def told(*arguments):
        answer = recall(*arguments)
        answers.append(answer is not None)
        return answer

    monkeypatch.setattr(postgres_answer, "recalled", told)
    return answers


def test_memory_tells_each_reader_what_is_there_for_them_and_nothing_else(site, recalled):
    for reader in READERS:
        for channel in SEARCHES:
            assert leaks_of_search(site, reader, channel) == {}, (reader, channel)
        assert found_by_title(site, reader) == to_be_found(site, reader), reader
    assert sum(recalled) > len(recalled) / 2 > 100
