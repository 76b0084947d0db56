"""Tables of the index."""

from search import office_models as office_models  # Django finds the office's tables through this module
from search.models.entry import KINDS, Entry, EntryQuerySet, FacetLabel, Grant
from search.models.file_text import AttachmentPage, AttachmentPageQuerySet, FileText, FileUse
from search.models.index_work import IndexRun, IndexState

__all__ = [
    "KINDS",
    "AttachmentPage",
    "AttachmentPageQuerySet",
    "Entry",
    "EntryQuerySet",
    "FacetLabel",
    "FileText",
    "FileUse",
    "Grant",
    "IndexRun",
    "IndexState",
]
