"""What makes the index follow: publish, unpublish, move, new address, deletion, and files that are replaced."""

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.indexing import forget, refresh, refresh_hours, refresh_tree, refresh_where
from search.models import Entry, FileUse
from search.records import address_of
from search.unread import mark_unread

#: Columns of a page that change with each draft and say nothing about what is published.
BOOKKEEPING = frozenset(
    ("draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "locked", "numchild")
)


def on_published(instance, **kwargs) -> None:
    refresh(instance)


def on_unpublished(instance, **kwargs) -> None:
    refresh_tree(instance)


def on_moved(instance, url_path_before=None, url_path_after=None, **kwargs) -> None:
    if url_path_before != url_path_after:
        refresh_tree(instance)


def on_slug_changed(instance, **kwargs) -> None:
    """Wagtail says so after the commit; when the page was published with it, all has been done by then."""
    if not Entry.objects.filter(pk=instance.pk, url=address_of(instance)).exists():
        refresh_tree(instance, hides_rest=False)


def on_saved(instance, created=False, raw=False, update_fields=None, **kwargs) -> None:
    """In the transaction of the save itself, which Wagtail's own signals are not."""
    is_aside = update_fields is not None and BOOKKEEPING.issuperset(update_fields)
    if not raw and not is_aside and hasattr(instance, "search_document"):
        mark_unread(instance.pk, may_be_new=instance.live)


@transaction.atomic
def on_version_saved(instance, created=False, raw=False, update_fields=None, **kwargs) -> None:
    """A later version was given its hour, or lost it: who may read the page from then on is known now."""
    hour = instance.approved_go_live_at
    if raw or (created and not hour) or (update_fields is not None and "approved_go_live_at" not in update_fields):
        return
    page = instance.content_object
    if not isinstance(page, Page):
        return
    if hour:
        # Wagtail does so next, without a word; the former hour must not count here.
        page.revisions.exclude(pk=instance.pk).filter(approved_go_live_at__isnull=False).update(
            approved_go_live_at=None
        )
    if page.live:
        refresh_hours(page)


@transaction.atomic
def on_deleted(instance, **kwargs) -> None:
    """The page goes; what named it as its unit or campaign names nothing from now on."""
    forget([instance.pk])
    left_alone = Entry.objects.filter(Q(unit_id=instance.pk) | Q(campaign_id=instance.pk))
    refresh_where(left_alone.values_list("pk", flat=True))


@transaction.atomic
def on_file_changed(instance, created=False, raw=False, **kwargs) -> None:
    """A file was replaced, renamed or deleted: the pages that show it follow."""
    if not created and not raw:
        refresh_where(pages_showing(FileUse.FILE, instance.pk))


@transaction.atomic
def on_image_deleted(instance, **kwargs) -> None:
    refresh_where(pages_showing(FileUse.IMAGE, instance.pk))


def pages_showing(kind: str, file_id: int) -> list[int]:
    """The pages that use a file or an image."""
    return list(FileUse.objects.filter(kind=kind, file_id=file_id).values_list("page_id", flat=True))


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="search_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="search_unpublished")
    post_page_move.connect(on_moved, dispatch_uid="search_moved")
    page_slug_changed.connect(on_slug_changed, dispatch_uid="search_slug")
    post_save.connect(_of_pages(on_saved), dispatch_uid="search_saved", weak=False)
    post_save.connect(on_version_saved, sender=Revision, dispatch_uid="search_version_saved")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="search_deleted")
    for signal in (post_save, post_delete):
        signal.connect(on_file_changed, sender=get_document_model(), dispatch_uid="search_file_changed")
    post_delete.connect(on_image_deleted, sender=get_image_model(), dispatch_uid="search_image_deleted")


def _of_pages(handle):
    """Page types are many, and each sends the signal under its own name."""

    def handle_page(sender, instance, **kwargs) -> None:
        if isinstance(instance, Page):
            handle(instance=instance, **kwargs)

    return handle_page
