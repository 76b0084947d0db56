"""Pictures of a page, with all their sizes loaded in one query."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects


def load_renditions(images: Iterable) -> None:
    """Load every size of the pictures; a None among them is passed over."""
    prefetch_related_objects([image for image in images if image], "renditions")


def pictures_in(stream) -> list:
    """The pictures of running text, e.g. `[<PortalImage: Đo đạc>]`."""
    return [child.value["image"] for child in stream if child.block_type == "picture"]
