"""Vietnamese order."""


def sort_key(text: str) -> str:
    """ASCII key (a-z, 0-9) in Vietnamese dictionary order, for ORDER BY in any database."""
    raise NotImplementedError


def person_sort_key(full_name: str) -> str:
    """Key by given name (last word), then the rest: "Nguyễn Văn An" sorts under An."""
    raise NotImplementedError
