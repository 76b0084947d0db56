"""One page drops the last citation of a stub while another begins to cite it: both are published."""

import threading

import pytest
from django.db import connections

from directives.models import Citation, DocumentStub
from directives.models.linking import write_citations
from tests.builders import Tree
from tests.directives.citing import cite_decision

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 15


def test_a_stub_that_is_dropped_and_cited_at_once_is_there():
    tree = Tree.build()
    ending, beginning = tree.add_directive("Hết dẫn", cited=[cite_decision()]), tree.add_directive("Bắt đầu dẫn")
    cited, errors = ending.cited, []

    def publish(page, start):
        try:
            start.wait()
            write_citations(page)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    for number in range(ROUNDS):
        ending, beginning = (ending, beginning) if number % 2 else (beginning, ending)
        ending.cited, beginning.cited = [], cited
        start = threading.Barrier(2)
        threads = [threading.Thread(target=publish, args=(page, start)) for page in (ending, beginning)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert Citation.objects.get(page=beginning).stub == DocumentStub.objects.get()
