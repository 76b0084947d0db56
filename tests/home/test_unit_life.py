"""A unit page: the line of names, leaders in order, relatives and publications the reader may see."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import UnitEvent, UnitIndexPage, UnitLeader, UnitName, UnitPage
from home.templatetags.unit_tags import by_kind
from home.unit_life import UnitReading
from portal.foundation import build_site_tree
from portal.models import User
from search.vietnamese.dates import PartialDate
from search.visibility import PUBLIC, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return build_site_tree({"name": "Sở Ví dụ", "province": "tỉnh Ví Dụ"})


def add_unit(title, parent=None, audience=PUBLIC, **fields):
    page = UnitPage(title=title, audience=audience, live=False, **fields)
    (parent or UnitIndexPage.objects.get()).add_child(instance=page)
    page.save_revision().publish()
    return UnitPage.objects.get(pk=page.pk)


def add_document(title, unit, audience=PUBLIC):
    page = DirectivePage(
        title=title, abstract=title, unit=unit, audience=audience, live=False, issued_on=PartialDate(2024)
    )
    DirectiveIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()


def reading_of(unit, user=None):
    return UnitReading(unit, user or AnonymousUser())


def test_strands_join_where_another_unit_flows_in():
    events = [
        UnitEvent(kind="founded", title="Sở Địa chính", sort_order=0),
        UnitEvent(kind="renamed", title="Sở Tài nguyên", effective_on=date(2003, 8, 1), sort_order=1),
        UnitEvent(
            kind="consolidated", title="Sở Nông nghiệp", effective_on=date(2025, 3, 1), joins="Sở khác", sort_order=2
        ),
    ]
    first, second, third = reading_of(add_unit("Sở", events=events)).strands
    assert (first.day, first.is_first, first.is_last) == ("trước đó", True, False)
    assert (second.day, second.joins, second.is_joined_next) == ("01/08/2003", "", True)
    assert (third.joins, third.text, third.is_last) == ("Sở khác", "Hợp nhất cùng Sở khác.", True)


def test_names_stand_in_for_events_and_the_present_one_is_no_former_name():
    names = [UnitName(name="Phòng Địa chính", code="ĐC"), UnitName(name="Phòng Đất đai")]
    reading = reading_of(add_unit("Phòng Đất đai", names=names))
    assert [strand.title for strand in reading.strands] == ["Phòng Địa chính", "Phòng Đất đai"]
    assert [name.name for name in reading.former_names] == ["Phòng Địa chính"]


def test_leaders_stand_by_rank_and_deputies_by_given_name():
    leaders = [
        UnitLeader(name="Nguyễn Văn Lộc", office="Giám đốc", sort_order=0),
        UnitLeader(name="Trần Văn Mẫu", office="Phó Giám đốc", sort_order=1),
        UnitLeader(name="Lê Thị An", office="Phó Giám đốc", sort_order=2),
        UnitLeader(name="Phạm Cựu", office="Giám đốc", valid_until=date(2020, 5, 1), sort_order=3),
        UnitLeader(name="Đỗ Cựu", office="Giám đốc", valid_until=date(2023, 5, 1), sort_order=4),
    ]
    reading = reading_of(add_unit("Sở", leaders=leaders))
    assert [leader.name for leader in reading.leaders] == ["Nguyễn Văn Lộc", "Lê Thị An", "Trần Văn Mẫu"]
    assert [leader.name for leader in reading.past_leaders] == ["Đỗ Cựu", "Phạm Cựu"]


def test_relatives_are_told_apart_and_hidden_ones_left_out():
    after = add_unit("Đơn vị sau")
    hidden = add_unit("Đơn vị kín", audience=STAFF)
    unit = add_unit("Đơn vị", closed_on=date(2022, 1, 1), successors=[after, hidden])
    add_unit("Tổ trực thuộc", parent=unit)
    reading = reading_of(unit)
    assert [one.title for one in reading.successors] == ["Đơn vị sau"]
    assert [one.title for one in reading.children] == ["Tổ trực thuộc"]
    assert [one.title for one in reading_of(after).predecessors] == ["Đơn vị"]
    assert len(reading_of(unit, User.objects.create_user("canbo")).successors) == 2


def test_a_unit_shows_what_it_and_its_forerunners_published(django_assert_num_queries):
    unit = add_unit("Đơn vị mới")
    before = add_unit("Đơn vị cũ", closed_on=date(2022, 1, 1), successors=[unit])
    for title, owner in (("Của mình", unit), ("Của tiền thân", before), ("Của nơi khác", add_unit("Nơi khác"))):
        add_document(title, owner)
    add_document("Nội bộ", unit, STAFF)
    reading = reading_of(unit)
    with django_assert_num_queries(1):
        assert {entry.title for entry in reading.published["documents"]} == {"Của mình", "Của tiền thân"}


def test_units_are_grouped_by_kind_and_closed_ones_come_last():
    closed = UnitPage(title="Cũ", kind="office", closed_on=date(2020, 1, 1))
    centre, office = UnitPage(title="Trung tâm", kind="centre"), UnitPage(title="Văn phòng", kind="office")
    groups = by_kind([closed, centre, office])
    assert groups == [("Văn phòng", [office]), ("Trung tâm", [centre]), ("Đã kết thúc hoạt động", [closed])]
