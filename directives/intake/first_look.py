"""What the request itself reads of a file, before a byte of it is kept: enough to refuse a state secret."""

from directives.models import OrganName
from home.models import UnitLeader
from search.extraction import formats

from .gate import CheckedFile
from .job import read_data
from .reading import Reading

#: Kinds whose first page can be read without the others; of the rest the whole text is read at once.
PAGED = frozenset({"pdf"}) | formats.IMAGES


def look(data: bytes, checked: CheckedFile) -> Reading | None:
    """The reading of a file that is read as a whole; None for one of pages, whose first bears no secrecy mark.

    Errors: Refused or ReadingFailed with a Vietnamese sentence; then the file is not to be kept.
    """
    if checked.format in PAGED:
        read_data(data, checked.name, first_page_only=True)
        return None
    return read_data(data, checked.name, **registers())


def registers() -> dict[str, tuple[str, ...]]:
    """Who signs and who issues, as the site knows them: they mend what was read from a picture.

    Shape: names of all times, for a document may be old.
    """
    leaders = UnitLeader.objects.order_by("name").values_list("name", flat=True).distinct()
    organs = OrganName.objects.order_by("name").values_list("name", flat=True).distinct()
    return {"signers": tuple(leaders), "organs": tuple(organs)}
