"""Surrogate keys: the names under which caches forget copies. They tell nothing that the address does not."""

from hashlib import blake2s

#: On everything that is made from the database: any change of content may show in lists, feeds and related links.
CONTENT = "noi-dung"
#: On every file and picture.
FILES = "tep"


def key_of(path: str) -> str:
    """The key of one address, e.g. `key_of("/van-ban/39-ct-tw/")`; from the address alone, so that it is the same
    whatever else the site holds.
    """
    return "d-" + blake2s(path.encode(), digest_size=8).hexdigest()


def keys_of_page(path: str) -> tuple[str, ...]:
    """The keys of a page, a list or a feed, e.g. `("noi-dung", "muc-van-ban", "d-…")`."""
    section = path.strip("/").partition("/")[0]
    sections = (f"muc-{section}",) if section and section.isascii() and section.replace("-", "").isalnum() else ()
    return (CONTENT, *sections, key_of(path))


def keys_of_file(path: str) -> tuple[str, ...]:
    return (FILES, key_of(path))
