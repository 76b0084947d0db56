"""A unit's editor works on the unit's pages and files alone, and meets nothing of another unit's drafts."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Collection, GroupCollectionPermission, Page, Workflow

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import PortalDocument, UnitPage
from portal.models import Membership, UnitDesk
from portal.office.desks import seat_everybody
from portal.office.roles import EDITORS, LEADERS, ROLES, ensure_roles
from tests.builders import make_picture
from tests.office import add_address, draft, edit_address, form_data, newest

CANARY = "zqkim"


@pytest.fixture
def foreign(office):
    """A draft of the other unit, and a public page of it whose next draft has a secret title."""
    section = DirectiveIndexPage.objects.get()
    page = DirectivePage(title=f"{CANARY}1 nháp", slug=f"{CANARY}1-nhap", unit=office.water, audience="public")
    hidden = draft(section, page, office.water_editor)
    public = office.tree.add_directive("Văn bản đã đăng", unit=office.water)
    public.title = f"{CANARY}2 tên mới"
    public.save_revision(user=office.water_editor)
    own = {"unit": office.water, "audience": "units", "audience_units": [office.water]}
    internal = office.tree.add_directive(f"{CANARY}3 nội bộ", **own)
    return [hidden, public, internal]


def admin_patterns(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from admin_patterns(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("quan-tri/"):
            yield route


def addresses(page) -> list[str]:
    """Every admin address that takes numbers, filled with those of a page; and every plain one."""
    revision = page.get_latest_revision().pk
    numbers = {"revision_id": revision, "workflow_state_id": 1, "task_state_id": 1, "task_id": 1, "destination_id": 1}
    found = set()
    for route in admin_patterns():
        route = re.sub(r"\(\?P<pk>[^)]*\)", str(page.pk), route)
        route = re.sub(r"\(\?P<revision_id_[ab]>[^)]*\)", str(revision), route)
        route = re.sub(r"<(?:int|str|slug):(\w+)>", lambda match: str(numbers.get(match[1], page.pk)), route)
        route = route.replace("^", "").replace("$", "").replace("\\", "")
        if not set(route) & set("<(*[") and "logout" not in route:
            found.add(f"/{route}")
    listing = "/quan-tri/danh-sach-van-ban/"
    return [
        *sorted(found),
        f"/quan-tri/pages/search/?q={CANARY}1",
        f"/quan-tri/choose-page/search/?q={CANARY}1",
        f"/quan-tri/choose-page/chosen-multiple/?id={page.pk}",
        f"/quan-tri/choose-page/{page.get_parent().pk}/",
        f"/quan-tri/pages/{page.get_parent().pk}/",
        f"/quan-tri/pages/{page.get_parent().pk}/?q={CANARY}1&search_all=1",
        f"/quan-tri/api/main/pages/?search={CANARY}1",
        f"/quan-tri/api/main/pages/?child_of={page.get_parent().pk}&for_explorer=1",
        listing,
        f"{listing}?q={CANARY}1",
        "/quan-tri/pages/usage/directives/directivepage/",
        f"/quan-tri/bulk/wagtailcore/page/delete/?id={page.pk}",
        f"/quan-tri/bulk/wagtailcore/page/move/?id={page.pk}",
        f"/quan-tri/rut-lai-dong-y/{page.pk}/",
    ]


def leaks(client, page) -> dict[str, int]:
    """Addresses whose answer holds a word of the page that the address itself did not."""
    found = {}
    for address in addresses(page):
        answer = client.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = body.decode(errors="ignore").replace(f'value="{CANARY}1"', "").replace(f"q={CANARY}1", "")
        if re.search(rf"{CANARY}\d\b.{{0,3}}(?:nháp|tên mới|nội bộ|-nhap)", shown):
            found[address] = answer.status_code
    return found


@pytest.mark.slow
def test_no_admin_address_shows_another_units_drafts(office, client, foreign):
    client.force_login(office.land_editor)
    assert [leaks(client, page) for page in foreign] == [{}, {}, {}]


def test_the_owner_and_the_office_do_find_them(office, client, foreign):
    for person in (office.water_editor, office.clerk, office.leader):
        client.force_login(person)
        html = client.get("/quan-tri/danh-sach-van-ban/").content.decode()
        assert f"{CANARY}1 nháp" in html
        assert f"{CANARY}1 nháp" in client.get("/quan-tri/danh-sach-van-ban/?q=zqkim1+nhap").content.decode()


@pytest.mark.parametrize("address", ["edit", "history", "view_draft", "delete", "copy", "unpublish", "usage", "lock"])
def test_another_units_page_is_refused(office, client, foreign, address):
    client.force_login(office.land_editor)
    answer = client.post(reverse(f"wagtailadmin_pages:{address}", args=[foreign[0].pk]), {"title": "Sửa trộm"})
    assert answer.status_code in (302, 403, 404)
    assert Page.objects.filter(pk=foreign[0].pk, draft_title=f"{CANARY}1 nháp").exists()


def test_a_new_page_belongs_to_the_editors_unit(office, client):
    client.force_login(office.land_editor)
    section = DirectiveIndexPage.objects.get()
    html = client.get(add_address(section, DirectivePage)).content.decode()
    choices = re.search(r'<select name="unit".*?</select>', html, re.S)[0]
    assert "Phòng Đất đai" in choices
    assert "Phòng Tài nguyên nước" not in choices
    client.post(add_address(section, DirectivePage), form_data(DirectivePage(title="Trộm", unit=office.water)))
    assert not DirectivePage.objects.filter(title="Trộm").exists()
    client.post(add_address(section, DirectivePage), form_data(DirectivePage(title="Của tôi", unit=office.land)))
    assert DirectivePage.objects.get(title="Của tôi").unit == office.land


def test_an_editor_cannot_give_a_page_away(office, client):
    mine = draft(DirectiveIndexPage.objects.get(), DirectivePage(title="Của tôi", unit=office.land), office.land_editor)
    client.force_login(office.land_editor)
    client.post(edit_address(mine), form_data(newest(mine), unit=str(office.water.pk)))
    assert newest(mine).unit == office.land


def test_an_editor_edits_the_own_unit_page_and_no_section(office, client):
    client.force_login(office.land_editor)
    assert client.get(edit_address(office.land)).status_code == 200
    for page in (office.water, office.tree.home, DirectiveIndexPage.objects.get()):
        assert client.get(edit_address(page)).status_code in (302, 403)
    assert client.get(add_address(office.land.get_parent(), UnitPage)).status_code in (302, 403)


def test_each_unit_has_its_own_files(office, client):
    collections = dict(UnitDesk.objects.values_list("unit__title", "collection__name"))
    assert collections == {"Phòng Đất đai": "Phòng Đất đai", "Phòng Tài nguyên nước": "Phòng Tài nguyên nước"}
    water = UnitDesk.objects.get(unit=office.water).collection
    image = make_picture(f"{CANARY}.png")
    image.collection = water
    image.save()
    file = PortalDocument.objects.create(
        title=f"{CANARY} tệp", collection=water, file=ContentFile(b"%PDF-1.7 %%EOF", name=f"{CANARY}.pdf")
    )
    seen_by = {}
    for person in (office.land_editor, office.water_editor, office.clerk):
        client.force_login(person)
        texts = [client.get(f"/quan-tri/{kind}/").content.decode() for kind in ("images", "documents")]
        texts += [client.get(f"/quan-tri/{kind}/chooser/").content.decode() for kind in ("images", "documents")]
        codes = [
            client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code,
            client.get(reverse("wagtaildocs:edit", args=[file.pk])).status_code,
            client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).status_code,
            client.get(reverse("wagtaildocs_chooser:chosen", args=[file.pk])).status_code,
        ]
        seen_by[person.username] = ([CANARY in text for text in texts], codes)
    assert seen_by["dat"][0] == [False] * 4
    assert set(seen_by["dat"][1]) <= {302, 403}
    assert seen_by["nuoc"] == seen_by["vanphong"] == ([True] * 4, [200] * 4)


def test_a_membership_seats_and_its_end_unseats(office):
    group = UnitDesk.objects.get(unit=office.land).group
    assert list(group.user_set.all()) == [office.land_editor]
    row = Membership.objects.create(user=office.water_editor, unit=office.land)
    assert office.water_editor in group.user_set.all()
    row.delete()
    assert office.water_editor not in group.user_set.all()


def test_a_membership_that_ends_with_the_day_is_unseated_by_the_daily_run(office, time_machine):
    time_machine.move_to("2024-03-05 08:00 +0700", tick=False)
    row = Membership.objects.get(user=office.land_editor)
    row.ends_on = "2024-03-05"
    row.save()
    group = UnitDesk.objects.get(unit=office.land).group
    assert office.land_editor in group.user_set.all()
    time_machine.move_to("2024-03-06 00:01 +0700", tick=False)
    assert [desk.unit_id for desk in seat_everybody()] == [office.land.pk]
    assert office.land_editor not in group.user_set.all()


def test_a_renamed_unit_keeps_its_desk(office):
    desk = UnitDesk.objects.get(unit=office.land)
    land = newest(office.land)
    land.title = "Phòng Quản lý đất đai"
    land.save_revision().publish()
    assert UnitDesk.objects.get(unit=office.land).pk == desk.pk
    assert Collection.objects.get(pk=desk.collection_id).name == "Phòng Quản lý đất đai"
    assert Group.objects.get(pk=desk.group_id).name == "Biên tập: Phòng Quản lý đất đai"


def test_roles_are_made_once_and_lose_nothing(office):
    permissions = set(Group.objects.get(name=EDITORS).page_permissions.values_list("pk", flat=True))
    files = GroupCollectionPermission.objects.count()
    ensure_roles()
    assert set(Group.objects.get(name=EDITORS).page_permissions.values_list("pk", flat=True)) == permissions
    assert GroupCollectionPermission.objects.count() == files
    assert Group.objects.filter(name__in=ROLES).count() == len(ROLES)
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    workflow = office.tree.home.get_workflow()
    assert workflow == Workflow.objects.get()
    assert [group.name for group in workflow.tasks.get().specific.groups.all()] == [LEADERS]


def test_privacy_of_pages_and_collections_is_off_for_everybody(office, client):
    client.force_login(office.administrator)
    public = office.tree.add_directive("Văn bản", unit=office.land)
    collection = UnitDesk.objects.first().collection
    for address in (
        reverse("wagtailadmin_pages:set_privacy", args=[public.pk]),
        reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]),
    ):
        assert client.get(address).status_code in (302, 403)
        client.post(address, {"restriction_type": "login"})
    assert not public.get_view_restrictions().exists()
    assert not collection.get_view_restrictions().exists()
    assert "set_privacy" not in client.get(edit_address(public)).content.decode()


@pytest.mark.parametrize("who", ["land_editor", "clerk", "leader", "administrator"])
def test_every_menu_opens(office, client, who):
    client.force_login(getattr(office, who))
    html = client.get("/quan-tri/").content.decode()
    linked = set(re.findall(r'"url": "(/quan-tri/[^"?#]*)"', html)) - {"/quan-tri/logout/"}
    assert {"/quan-tri/danh-sach-van-ban/", "/quan-tri/danh-sach-guong/"} <= linked
    assert {address: code for address in linked if (code := client.get(address, follow=True).status_code) != 200} == {}
    has_reports = any(address.startswith("/quan-tri/reports/") for address in linked)
    assert has_reports is (who != "land_editor")
