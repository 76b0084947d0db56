"""Two people on one file at once, on connections of their own; and the way of the page over two desks."""

import threading

import pytest
from django.db import connections

from directives.intake.publication import AlreadyConfirmed, confirm
from directives.models import DirectivePage, IntakeRecord, IntakeState
from tests.office import make_office

from .reviewed import decision, under_review

pytestmark = pytest.mark.django_db(transaction=True)
WORD = {"is_not_secret": "on"}


def test_of_two_clerks_at_once_one_makes_the_page():
    office = make_office()
    record = under_review(b"x", "12.docx", office.clerk, decision())
    copies = [(IntakeRecord.objects.get(pk=record.pk), person) for person in (office.clerk, office.leader)]
    start, outcomes = threading.Barrier(2), []

    def work(own, person):
        try:
            start.wait(timeout=20)
            outcomes.append(confirm(own, WORD | {"abstract": f"Của {person.username}"}, person))
        except AlreadyConfirmed as late:
            outcomes.append(late)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=copy) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    late = [each for each in outcomes if isinstance(each, AlreadyConfirmed)]
    assert len(outcomes) == 2 and len(late) == 1
    page = DirectivePage.objects.get()
    assert late[0].record.page_id == page.pk and page.abstract == f"Của {late[0].record.confirmed_by.username}"
    assert page.current_workflow_state is not None


def test_the_office_confirms_a_leader_approves_and_the_record_says_published():
    office = make_office()
    record = under_review(b"x", "12.docx", office.clerk, decision())
    page = confirm(record, WORD, office.clerk)
    state = page.current_workflow_task_state
    actions = [name for name, *_ in state.task.specific.get_actions(page, office.clerk)]
    assert "approve" not in actions
    state.task.specific.on_action(state, office.leader, "approve")
    assert DirectivePage.objects.get(pk=page.pk).live
    assert IntakeRecord.objects.get(pk=record.pk).state == IntakeState.PUBLISHED
