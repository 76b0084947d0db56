"""The foot of the site follows the pages it links to."""

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import Department


def on_change(instance, **kwargs) -> None:
    """Resolve the links of the foot again when a page they name has changed its address or audience."""
    department = Department.objects.first()
    if department and department.resolve_links() != department.footer:
        department.save()


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(on_change, dispatch_uid=f"home_footer_{id(signal)}")
