"""The roles of the portal as groups: who may do what, made after every migration."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from directives.models import DirectiveIndexPage
from home.models import HomePage, UnitIndexPage
from news.models import CampaignIndexPage, NewsIndexPage, StoryIndexPage
from portal.office.approval import ensure_approval

EDITORS = "Biên tập viên"
OFFICE = "Văn phòng"
LEADERS = "Lãnh đạo"
ADMINISTRATORS = "Quản trị"
INSPECTORS = "Thanh tra"
ROLES = (EDITORS, OFFICE, LEADERS, ADMINISTRATORS, INSPECTORS)

WAGTAIL_EXAMPLES = ("Moderators", "Editors")
SECTIONS_WRITTEN_BY_UNITS = (DirectiveIndexPage, CampaignIndexPage, StoryIndexPage, NewsIndexPage)
CATALOGUES = {
    "directives": ("documentkind", "organ", "subjectfield", "citationalias"),
    "news": ("awardform", "awardlevel", "occasion", "emulationform", "emulationscope"),
}
MODEL_ACTIONS = ("add", "change", "delete", "view")
FILE_ACTIONS = ("add", "change", "choose")
PAGE_ACTIONS = {
    OFFICE: ("add", "change", "publish", "lock", "unlock"),
    LEADERS: ("add", "change", "publish", "lock", "unlock"),
    ADMINISTRATORS: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}


@transaction.atomic
def ensure_roles() -> dict[str, Group]:
    """The groups of the roles with their permissions, e.g. `ensure_roles()["Văn phòng"]`.

    What an administrator added stays; permissions on pages follow once the site tree stands.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}
    for name, group in groups.items():
        group.permissions.add(*_site_permissions(name))
    _grant_pages(groups)
    # A database that was just emptied has no root collection yet.
    if root := Collection.get_first_root_node():
        for name in (OFFICE, LEADERS, ADMINISTRATORS):
            grant_files(groups[name], root)
    ensure_approval(groups[LEADERS])
    Group.objects.filter(name__in=WAGTAIL_EXAMPLES, user=None).delete()
    return groups


def _site_permissions(role: str) -> Iterable[Permission]:
    """The permissions of a role that hold for the whole site."""
    if role == ADMINISTRATORS:
        return Permission.objects.exclude(content_type__app_label__in=("contenttypes", "sessions"))
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if role == INSPECTORS:
        wanted |= Q(content_type__app_label="home", codename="view_audit")
    if role in (OFFICE, LEADERS):
        names = ("edit_every_unit", "publish_urgently")
        wanted |= Q(content_type__app_label="home", codename__in=names)
    if role == OFFICE:
        wanted |= Q(content_type__app_label="home", codename="change_department")
        wanted |= _models({"wagtailredirects": ("redirect",), **CATALOGUES})
    return Permission.objects.filter(wanted)


def _models(models: dict[str, tuple[str, ...]]) -> Q:
    wanted = Q(pk=None)
    for app, names in models.items():
        codenames = [f"{action}_{name}" for action in MODEL_ACTIONS for name in names]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return wanted


def _grant_pages(groups: dict[str, Group]) -> None:
    if home := HomePage.objects.first():
        for name, actions in PAGE_ACTIONS.items():
            _grant(groups[name], home, actions)
    for section in SECTIONS_WRITTEN_BY_UNITS:
        for page in section.objects.all():
            _grant(groups[EDITORS], page, ("add", "change"))
    for page in UnitIndexPage.objects.all():
        _grant(groups[EDITORS], page, ("change",))


def _grant(group: Group, page: Page, actions: Iterable[str]) -> None:
    for action in actions:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def grant_files(group: Group, collection: Collection) -> None:
    """Let a group add, change and choose the images and files of a collection and those below it."""
    codenames = [f"{action}_{kind}" for action in FILE_ACTIONS for kind in ("image", "document")]
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=codenames
    )
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
