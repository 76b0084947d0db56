"""Which changes make kept copies old: whatever a stranger may be shown is watched, bookkeeping is not."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, Revision

from home.purging.keys import CONTENT, FILES
from home.purging.orders import order_purge
from search.page_changes import pages_changed
from search.signals import BOOKKEEPING

WATCHED_APPS = frozenset(("home", "directives", "news", "taggit", "wagtailredirects", "wagtailsearchpromotions"))
WATCHED = frozenset(
    ("wagtailcore.site", "search.curatedquery", "search.pinnedpage", "search.hiddenpage", "search.abbreviation")
)
#: Renditions are made while a page is shown; the others are records of what happened.
QUIET = frozenset(
    (
        "home.purgeorder",
        "home.portalrendition",
        "home.auditevent",
        "home.audithead",
        "home.auditcheckpoint",
        "directives.intakerecord",
    )
)


def is_watched(model) -> bool:
    """Whether a row of this table may show on a public page; what migrations write comes before anybody reads."""
    label = model._meta.label_lower
    return (
        model.__module__ != "__fake__"
        and label not in QUIET
        and (label in WATCHED or model._meta.app_label in WATCHED_APPS)
    )


def on_pages_changed(page_ids, **kwargs) -> None:
    if page_ids:
        order_purge(CONTENT, FILES)


def on_saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    if raw or not is_watched(sender):
        return
    is_draft = isinstance(instance, Page) and not instance.live
    is_aside = update_fields is not None and BOOKKEEPING.issuperset(update_fields)
    if not (is_draft or is_aside):
        order_purge(CONTENT, FILES)


def on_version_saved(instance, raw=False, **kwargs) -> None:
    """Copies that were kept before the version had its hour know nothing of the hour."""
    if not raw and instance.approved_go_live_at:
        order_purge(CONTENT, FILES)


def on_deleted(sender, instance, **kwargs) -> None:
    if is_watched(sender) and not (isinstance(instance, Page) and not instance.live):
        order_purge(CONTENT, FILES)


def on_relation_changed(sender, action="", **kwargs) -> None:
    if action.startswith("post_") and is_watched(sender):
        order_purge(CONTENT, FILES)


def connect() -> None:
    pages_changed.connect(on_pages_changed, dispatch_uid="purge_pages")
    post_save.connect(on_saved, dispatch_uid="purge_saved")
    post_save.connect(on_version_saved, sender=Revision, dispatch_uid="purge_version_saved")
    post_delete.connect(on_deleted, dispatch_uid="purge_deleted")
    m2m_changed.connect(on_relation_changed, dispatch_uid="purge_relations")
