"""As editor of one unit on every admin address of another unit's internal objects: refused, and no word of them."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db.models import Max
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, Revision

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import PortalDocument
from portal.models import Membership, UnitDesk
from portal.office_models import UrgentPublication
from tests.builders import make_picture, publish
from tests.office import draft

# Whole words: a random token of a form may hold four of these letters.
TOKEN = re.compile(
    r"zqla(?:shelf|imagefile|imagetag|image|filetag|file|document|title|slug|body|attached|draftbody|draft|comment"
    r"|urgent|reason|old)|ZQLA-VP"
)
ADMIN = "/quan-tri/"
REFUSED = (302, 400, 403, 404, 405)


@pytest.fixture
def foreign(office):
    """Objects of the water unit, every name of theirs with a token: a page in review, its file, picture, comment…"""
    desk = UnitDesk.objects.get(unit=office.water)
    shelf = desk.collection.add_child(name="zqlashelf")
    image = make_picture("zqlaimagefile.png")
    image.title, image.collection = "zqlaimage", shelf
    image.save()
    image.tags.add("zqlaimagetag")
    content = ContentFile(b"%PDF-1.7 %%EOF", name="zqlafile.pdf")
    file = PortalDocument.objects.create(title="zqladocument", collection=desk.collection, file=content)
    file.tags.add("zqlafiletag")
    own = {"unit": office.water, "audience": "units", "audience_units": [office.water]}
    names = {"title": "zqlatitle", "slug": "zqlaslug", "abstract": "zqlabody", "number": "15", "notation": "ZQLA-VP"}
    internal = publish(DirectiveIndexPage.objects.get(), DirectivePage(**names, live=False, is_not_secret=True, **own))
    attach(internal, file)
    internal.save_revision(user=office.water_editor).publish()
    page = draft(
        DirectiveIndexPage.objects.get(),
        DirectivePage(title="zqladraft", abstract="zqladraftbody", **own),
        office.water_editor,
    )
    Comment.objects.create(page=page, user=office.water_editor, text="zqlacomment", contentpath="title")
    state = page.get_workflow().start(page, office.water_editor)
    UrgentPublication.objects.create(page_id=page.pk, title="zqlaurgent", by=office.deputy, reason="zqlareason gấp")
    redirect = Redirect.add_redirect("/zqlaold/", redirect_to=internal)
    member = Membership.objects.get(user=office.water_editor)
    rows = {"page": page, "internal": internal, "image": image, "file": file, "shelf": shelf, "state": state}
    return SimpleNamespace(**rows, redirect=redirect, desk=desk, member=member)


def attach(page, file) -> None:
    page.attachments = [("attachment", {"document": file, "label": "zqlaattached", "note": ""})]


def routes(resolver=None, prefix: str = ""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("quan-tri/"):
            yield route


def numbers_for(route: str, page, foreign, office) -> dict[str, object]:
    """What stands in an address for each name, by the part of the admin the address belongs to."""
    newest, state = page.get_latest_revision(), foreign.state
    by_name = {
        "page": page.pk,
        "revision_id": newest.pk,
        "revision_id_a": newest.pk,
        "revision_id_b": newest.pk,
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "workflow_pk": state.workflow_id,
        "destination_id": DirectiveIndexPage.objects.get().pk,
        "image_id": foreign.image.pk,
        "document_id": foreign.file.pk,
        "doc_id": foreign.file.pk,
        "collection_id": foreign.shelf.pk,
        "redirect_id": foreign.redirect.pk,
        "filter_spec": "max-165x165",
        "rest": foreign.file.pk,
        "action_name": "approve",
        "object_id": page.pk,
        "session_id": 1,
        "app_label": "directives",
        "model_name": "directivepage",
        "content_type_app_name": "directives",
        "content_type_model_name": "directivepage",
    }
    of_part = {
        "quan-tri/images/": foreign.image.pk,
        "quan-tri/documents/": foreign.file.pk,
        "quan-tri/api/main/^images": foreign.image.pk,
        "quan-tri/api/main/^documents": foreign.file.pk,
        "quan-tri/collections/": foreign.shelf.pk,
        "quan-tri/workflows/tasks/": state.current_task_state.task_id,
        "quan-tri/workflows/": state.workflow_id,
        "quan-tri/snippets/portal/membership": foreign.member.pk,
        "quan-tri/snippets/choose/portal/membership": foreign.member.pk,
        "quan-tri/users/": office.water_editor.pk,
        "quan-tri/groups/": foreign.desk.group_id,
    }
    default = next((number for part, number in of_part.items() if route.startswith(part)), page.pk)
    return {"": default} | by_name


def filled(route: str, numbers: dict) -> str:
    def number(match) -> str:
        return str(numbers.get(match[1], numbers[""]))

    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", number, route)
    route = re.sub(r"<(?:\w+:)?(\w+)>", number, route)
    return "/" + route.replace("^", "").replace("$", "").replace("\\", "")


def object_addresses(foreign, office) -> set[str]:
    found = set()
    for route in routes():
        if re.search("[<(]", route) and "password_reset" not in route and "settings/" not in route:
            for page in (foreign.page, foreign.internal):
                found.add(filled(route, numbers_for(route, page, foreign, office)))
    return found


def lists(foreign) -> list[str]:
    """Plain addresses, searches and choosers with what would find the objects, bulk actions on them."""
    plain = {f"/{route}" for route in routes() if not set(route) & set("<(\\[?*$^") and "logout" not in route}
    asked = ["pages/search/?q={}", "choose-page/search/?q={}", "api/main/pages/?search={}", "images/?q={}",
             "documents/?q={}", "images/chooser/?q={}", "documents/chooser/?q={}", "images/chooser/results/?q={}",
             "documents/chooser/results/?q={}", "danh-sach-van-ban/?q={}", "tag-autocomplete/?term={}",
             "pages/?q={}&search_all=1", "users/?q={}", "collections/?q={}"]  # fmt: skip
    words = ("zqlatitle", "zqladraft", "zqlaimage", "zqladocument", "zqla")
    searches = [f"{ADMIN}{each.format(word)}" for each in asked for word in words]
    page, image, file = foreign.internal.pk, foreign.image.pk, foreign.file.pk
    bulk = [
        f"{ADMIN}bulk/{model}/{action}/?id={number}"
        for model, number in (("wagtailcore/page", page), ("home/portalimage", image), ("home/portaldocument", file))
        for action in ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection")
    ]
    section = foreign.internal.get_parent().pk
    chosen = [
        f"choose-page/{section}/",
        "choose-page/?page_type=directives.directivepage&q=zqla",
        f"choose-page/chosen-multiple/?id={page}",
        f"images/chooser/chosen-multiple/?id={image}",
        f"documents/chooser/chosen-multiple/?id={file}",
        f"images/?collection_id={foreign.shelf.pk}",
        f"documents/?collection_id={foreign.desk.collection_id}",
        f"images/chooser/?collection_id={foreign.shelf.pk}",
        f"pages/{section}/",
        f"api/main/pages/?child_of={section}&for_explorer=1",
        "api/main/pages/?fields=*&limit=100",
        "editing-sessions/",
    ]
    return [*sorted(plain), *searches, *bulk, *(f"{ADMIN}{each}" for each in chosen)]


def told(answer, address: str) -> set[str]:
    """Tokens of an answer beyond those its address already held."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return set(TOKEN.findall(body.decode(errors="ignore"))) - set(TOKEN.findall(address))


def promised(answer) -> set[str]:
    """Tokens of messages that the next page would show."""
    waiting = getattr(getattr(answer, "wsgi_request", None), "_messages", None)
    return set(TOKEN.findall(" ".join(str(message) for message in getattr(waiting, "_queued_messages", ()))))


def kept(foreign) -> tuple:
    """What no request of a stranger to the unit may change."""
    pages = Page.objects.filter(pk__in=[foreign.page.pk, foreign.internal.pk]).order_by("pk")
    state = type(foreign.state).objects.get(pk=foreign.state.pk)
    return (
        list(pages.values_list("title", "slug", "live", "locked", "path", "latest_revision_id")),
        Revision.objects.count(),
        state.status,
        type(foreign.image).objects.filter(pk=foreign.image.pk).values_list("title", "collection_id").first(),
        PortalDocument.objects.filter(pk=foreign.file.pk).values_list("title", "collection_id").first(),
        UrgentPublication.objects.filter(reviewed_at=None).count(),
        Page.objects.aggregate(Max("pk")),
    )


@pytest.mark.slow
def test_every_address_of_a_foreign_object_is_refused(office, foreign):
    client, before = Client(), kept(foreign)
    client.force_login(office.land_editor)
    answered, leaked = {}, {}
    addresses = object_addresses(foreign, office)
    assert len(addresses) > 150
    for address in sorted(addresses):
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            if answer.status_code not in REFUSED:
                answered[f"{method} {address}"] = answer.status_code
            if words := told(answer, address) | promised(answer):
                leaked[f"{method} {address}"] = words
    assert leaked == {}
    assert kept(foreign) == before
    own = f"{ADMIN}(?:pages/(?!usage|create)|images|documents|collections|dang-khan|workflows|users|groups|rut-lai)"
    assert {address: code for address, code in answered.items() if re.search(own, address)} == {}


@pytest.mark.slow
def test_no_list_search_chooser_or_bulk_action_names_a_foreign_object(office, foreign):
    client, leaked = Client(), {}
    client.force_login(office.land_editor)
    for address in lists(foreign):
        answer = client.get(address, follow=True)
        assert answer.status_code < 500, address
        if words := told(answer, address):
            leaked[address] = words
    assert leaked == {}


def test_the_units_own_editor_and_the_office_do_meet_them(office, foreign):
    """The positive control: the same addresses show the tokens to those who work there."""
    wanted = {
        reverse("wagtailadmin_pages:edit", args=[foreign.page.pk]): "zqladraft",
        reverse("wagtailadmin_pages:history", args=[foreign.page.pk]): "zqladraft",
        reverse("wagtailimages:edit", args=[foreign.image.pk]): "zqlaimage",
        reverse("wagtaildocs:edit", args=[foreign.file.pk]): "zqladocument",
        f"{ADMIN}choose-page/search/?q=zqlatitle": "zqlaslug",
        f"{ADMIN}documents/chooser/": "zqladocument",
        f"{ADMIN}tag-autocomplete/?term=zqla": "zqlafiletag",
    }
    for person in (office.water_editor, office.clerk):
        client = Client()
        client.force_login(person)
        for address, word in wanted.items():
            assert word in client.get(address).content.decode(), (person, address)


def test_pages_that_everybody_reads_may_be_linked_to(office, client):
    """A link to another unit's public page is an ordinary link."""
    public = office.tree.add_directive("Văn bản công khai của phòng khác", unit=office.water)
    client.force_login(office.land_editor)
    found = client.get(f"{ADMIN}choose-page/search/?q=cong+khai").content.decode()
    browsed = client.get(f"{ADMIN}choose-page/{public.get_parent().pk}/").json()["html"]
    assert public.title in found and public.title in browsed
    chosen = client.get(f"{ADMIN}choose-page/chosen-multiple/?id={public.pk}")
    assert chosen.status_code == 200 and public.title in chosen.json()["result"][0]["adminTitle"]


def test_the_usage_of_a_shared_file_names_no_foreign_page(office, foreign, client):
    """The land unit's file stands in the water unit's internal page."""
    desk = UnitDesk.objects.get(unit=office.land)
    content = ContentFile(b"%PDF-1.7 %%EOF", name="dat.pdf")
    own = PortalDocument.objects.create(title="Tệp đất", collection=desk.collection, file=content)
    page = foreign.internal
    attach(page, own)
    page.save_revision(user=office.water_editor).publish()
    client.force_login(office.land_editor)
    for address in (reverse("wagtaildocs:document_usage", args=[own.pk]), reverse("wagtaildocs:delete", args=[own.pk])):
        answer = client.get(address)
        assert answer.status_code in (200, 302) and told(answer, address) == set(), address


@pytest.mark.parametrize("who", ["land_editor", "clerk", "leader", "administrator"])
def test_no_entry_of_a_menu_stands_twice(office, client, who):
    client.force_login(getattr(office, who))
    html = client.get(ADMIN).content.decode()
    top = re.findall(r'"_type": "wagtail\.sidebar\.(?:LinkMenuItem|SubMenuItem|PageExplorerMenuItem)"', html)
    labels = re.findall(r'"label": "((?:[^"\\]|\\.)*)"', html)
    names = [label.encode().decode("unicode_escape", errors="ignore") for label in labels]
    assert top and len(names) > 5
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert "Tìm kiếm" not in names, "that is the name of Wagtail's own search box"
