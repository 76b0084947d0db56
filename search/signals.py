"""What makes the index follow: publish, unpublish, move, new slug. Deletion cascades in the database."""

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.indexing import refresh, refresh_tree


def on_published(instance, **kwargs) -> None:
    refresh(instance)


def on_unpublished(instance, **kwargs) -> None:
    refresh_tree(instance)


def on_moved(instance, url_path_before=None, url_path_after=None, **kwargs) -> None:
    if url_path_before != url_path_after:
        refresh_tree(instance)


def on_slug_changed(instance, **kwargs) -> None:
    refresh_tree(instance)


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="search_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="search_unpublished")
    post_page_move.connect(on_moved, dispatch_uid="search_moved")
    page_slug_changed.connect(on_slug_changed, dispatch_uid="search_slug")
