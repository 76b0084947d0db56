"""The foot of the site follows the pages it links to; what a unit published follows its name."""

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import Department, UnitPage
from search.changes import readers_changed
from search.indexing import refresh_where
from search.models import Entry


def on_change(instance, **kwargs) -> None:
    """Resolve the links of the foot again when a page they name has changed its address or audience."""
    department = Department.objects.first()
    if department and department.resolve_links() != department.footer:
        department.save()


def on_readers_changed(page_ids, **kwargs) -> None:
    """The same once the index has been written: before, it still speaks of the readers of former times."""
    on_change(None)


def on_unit_published(instance, **kwargs) -> None:
    """The documents of a unit that was renamed are found under its new name."""
    named = Entry.objects.filter(unit_id=instance.pk).exclude(unit_name=instance.title)
    refresh_where(named.values_list("pk", flat=True))


def connect() -> None:
    readers_changed.connect(on_readers_changed, dispatch_uid="home_footer_readers")
    page_published.connect(on_unit_published, sender=UnitPage, dispatch_uid="home_unit_published")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(on_change, dispatch_uid=f"home_footer_{id(signal)}")
