"""What publishing an official document sets off: its citations become rows, and others find it."""

from wagtail.signals import page_published

from directives.models.linking import relink_to, write_citations
from directives.official import OfficialDocument


def on_published(instance, **kwargs) -> None:
    if isinstance(instance, OfficialDocument):
        write_citations(instance)
        relink_to(instance)


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="directives_published")
