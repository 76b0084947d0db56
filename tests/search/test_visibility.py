"""The audience rule: who holds which token, what narrows what, and that time is read, not timed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from directives.models import DirectiveIndexPage
from search.models import Entry, Grant
from search.visibility import Audience, may_see_page, restrict, tokens_of
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


@pytest.mark.parametrize(
    "inner, outer, expected",
    [
        (Audience("public"), Audience("staff"), Audience("staff")),
        (Audience("staff"), Audience("public"), Audience("staff")),
        (Audience("units", frozenset({1, 2})), Audience("units", frozenset({2, 3})), Audience("units", frozenset({2}))),
        (
            Audience("people", people=frozenset({9})),
            Audience("units", frozenset({1})),
            Audience("people", people=frozenset({9})),
        ),
    ],
)
def test_an_audience_is_never_wider_than_the_outer_one(inner, outer, expected):
    assert inner.within(outer) == expected


def test_an_unknown_level_means_staff():
    assert Audience("cong-khai-het").tokens == {"staff"}


def test_tokens_of_readers(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    person = make_person("lan", unit)
    assert tokens_of(STRANGER) == {"public"}
    assert tokens_of(person) == {"public", "staff", f"user:{person.pk}", f"unit:{unit.pk}"}
    person.is_active = False
    assert tokens_of(person) == {"public"}


def test_a_membership_counts_only_in_its_time(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    person = make_person("lan", unit)
    person.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert f"unit:{unit.pk}" not in tokens_of(person)


@pytest.mark.parametrize("audience, readers", [("public", "abcd"), ("staff", "bcd"), ("units", "c"), ("people", "d")])
def test_each_audience_reaches_its_readers_and_nobody_else(tree, audience, readers):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    people = {"a": STRANGER, "b": make_person("b"), "c": make_person("c", unit), "d": make_person("d")}
    page = tree.add_directive(audience=audience, audience_units=[unit], audience_people=[people["d"]])
    seen = "".join(name for name, person in people.items() if may_see_page(person, page.pk))
    assert seen == readers
    assert [Entry.objects.visible_to(p).filter(pk=page.pk).exists() for p in people.values()] == [
        name in readers for name in people
    ]


def test_a_narrower_parent_narrows_its_children_at_once(tree):
    page = tree.add_directive()
    assert may_see_page(STRANGER, page.pk)
    index = DirectiveIndexPage.objects.get()
    index.audience = "staff"
    index.save_revision().publish()
    assert not may_see_page(STRANGER, page.pk)
    assert may_see_page(make_person("lan"), page.pk)


def test_a_child_wider_than_its_parent_is_refused_in_words(tree):
    index = DirectiveIndexPage.objects.get()
    index.audience = "staff"
    index.save_revision().publish()
    page = tree.add_directive(audience="staff")
    page.audience = "public"
    with pytest.raises(ValidationError, match="không thể rộng hơn"):
        page.full_clean()


def test_children_of_an_unpublished_parent_are_gone(tree):
    page = tree.add_directive()
    DirectiveIndexPage.objects.get().unpublish()
    assert not may_see_page(STRANGER, page.pk)
    assert not Entry.objects.filter(pk=page.pk).exists()


def test_expiry_is_decided_when_reading(tree):
    page = tree.add_directive()
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert may_see_page(STRANGER, page.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert not may_see_page(STRANGER, page.pk)


def test_first_publication_waits_for_its_hour_without_any_timer(tree):
    page = tree.add_directive()
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert not may_see_page(STRANGER, page.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert may_see_page(STRANGER, page.pk)


def test_drafts_grant_nothing(tree):
    page = tree.add_directive()
    page.unpublish()
    assert not Grant.objects.filter(page_id=page.pk).exists()


def test_the_year_of_new_years_morning_is_the_vietnamese_one(tree):
    with time_machine.travel(datetime.fromisoformat("2024-01-01T00:01:00+07:00")):
        page = tree.add_article()
        page.published_on = timezone.localdate()
        page.save_revision().publish()
    assert Entry.objects.get(pk=page.pk).year == 2024


def test_the_rule_costs_one_query(tree, django_assert_num_queries):
    tree.add_directive()
    with django_assert_num_queries(1):
        list(restrict(Entry.objects.all(), STRANGER, "page_id"))
