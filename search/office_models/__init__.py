"""What the office keeps about search: pinned answers, abbreviations, what was asked, saved searches."""

from search.office_models.abbreviation import Abbreviation
from search.office_models.curated import CuratedQuery, HiddenPage, PinnedPage
from search.office_models.saved import SavedSearch
from search.office_models.statistics import FeedbackDay, LogFile, QueryDay

__all__ = [
    "Abbreviation",
    "CuratedQuery",
    "FeedbackDay",
    "HiddenPage",
    "LogFile",
    "PinnedPage",
    "QueryDay",
    "SavedSearch",
]
