"""Every address of the portal with real objects in it, for tests that walk them all."""

import re
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Collection, Page, Site, Task, Workflow

from home.models import PortalDocument
from tests.builders import make_person, make_picture

#: A group of a regular expression or a converter of a path.
PLACE = re.compile(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>")
TOKEN = "zqkin"


def patterns(resolver=None, prefix: str = ""):
    """Route and name of every pattern, those that Wagtail's hooks add included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name


def make_hidden(tree) -> SimpleNamespace:
    """An internal page, a draft, a file and a picture that only the office may know of; each says `zqkin`."""
    unit = tree.add_unit("VP", "Văn phòng Sở")
    page = tree.add_directive(f"{TOKEN} văn bản", audience="units", audience_units=[unit], unit=unit)
    page.title = f"{TOKEN} bản sửa"
    revision = page.save_revision()
    file = PortalDocument(title=f"{TOKEN} tệp")
    file.file.save(f"{TOKEN}.txt", ContentFile(b"zqkin"), save=True)
    picture = make_picture(f"{TOKEN}.png")
    person = make_person("zqkinnguoi", unit)
    return SimpleNamespace(page=page, revision=revision, file=file, picture=picture, unit=unit, person=person)


def values_of(hidden) -> dict[str, list[object]]:
    """What can stand in each place of a route; a place that is not named here takes the hidden page's number."""
    page, unit = hidden.page, hidden.unit
    parent = Page.objects.get(pk=page.get_parent().pk)
    rows = (Workflow.objects.first(), Task.objects.first(), Group.objects.first(), Collection.objects.first())
    workflow, task, group, collection = (row.pk if row else 1 for row in rows)
    return {
        "action": ["delete", "publish", "unpublish", "move"],
        "action_name": ["approve", "reject", "copy", "delete"],
        "app_label": ["directives", "wagtailcore"],
        "app_name": ["directives"],
        "collection_id": [collection],
        "content_type_app_name": ["directives"],
        "content_type_model_name": ["directivepage"],
        "destination_id": [parent.pk],
        "doc_id": [hidden.file.pk],
        "document_filename": [hidden.file.filename],
        "document_id": [hidden.file.pk],
        "filter_spec": ["width-400"],
        "form": ["csv", "xlsx"],
        "image_id": [hidden.picture.pk],
        "model_name": ["directivepage", "page"],
        "object_id": [page.pk],
        "parent_page_id": [parent.pk, page.pk],
        "path": [hidden.picture.file.name],
        "pk": sorted({page.pk, hidden.file.pk, hidden.picture.pk, hidden.person.pk, group, workflow, task}),
        "rest": ["1/"],
        "revision_id": [hidden.revision.pk],
        "revision_id_a": ["live", hidden.revision.pk],
        "revision_id_b": ["latest"],
        "section": ["van-ban", "trang"],
        "site_id": [Site.objects.get().pk],
        "task_id": [task],
        "token": ["abc-123"],
        "uidb64": ["MQ"],
        "unit_path": [unit.slug],
        "workflow_pk": [workflow],
    }


def filled(route: str, values: dict[str, list[object]], default: object) -> list[str]:
    """The addresses of a route: the first takes the first of all values, the second the second, and so on.

    Example: `filled("tai-ve/<int:document_id>/<str:document_filename>", …)` is `["/tai-ve/3/zqkin.txt"]`.
    """
    names = [first or second for first, second in PLACE.findall(route)]
    many = max((len(values.get(name, [default])) for name in names), default=1)
    found = []
    for turn in range(many):
        choices = [str(values.get(name, [default])[turn % len(values.get(name, [default]))]) for name in names]
        address = PLACE.sub("{}", route.replace("{", "{{").replace("}", "}}")).format(*choices)
        found.append("/" + address.replace("\\.", ".").rstrip("$"))
    return found


def addresses(access_of, hidden) -> dict[str, list[str]]:
    """The addresses of each access class, e.g. `addresses(access_of, hidden)["office"]`."""
    values, found = values_of(hidden), {}
    for route, name in patterns():
        if name == "wagtail_serve":
            continue
        found.setdefault(access_of(route, name), []).extend(filled(route, values, hidden.page.pk))
    found.setdefault("public", []).extend(["/", hidden.page.url, f"{hidden.page.url}ban-in/", hidden.unit.url])
    return found
