"""Models of news: articles, campaigns, exemplary stories, commendations."""

from news.models.article import ArticlePage
from news.models.campaign import CampaignPage
from news.models.catalogue import AwardForm, AwardLevel, EmulationForm, EmulationScope, Occasion
from news.models.index_pages import CampaignIndexPage, NewsIndexPage, StoryIndexPage
from news.models.story import StoryPage
from news.models.story_records import Commendation, Consent

__all__ = [
    "ArticlePage",
    "AwardForm",
    "AwardLevel",
    "CampaignIndexPage",
    "CampaignPage",
    "Commendation",
    "Consent",
    "EmulationForm",
    "EmulationScope",
    "NewsIndexPage",
    "Occasion",
    "StoryIndexPage",
    "StoryPage",
]
