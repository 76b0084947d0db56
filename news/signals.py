"""Campaigns and stories follow the names of fields and awards, stories the name of their campaign."""

from django.db.models.signals import post_save
from wagtail.signals import page_published

from directives.models import SubjectField
from news.models import AwardForm, CampaignPage, StoryPage
from news.withdrawal import release_pictures
from search.indexing import refresh_where


def on_field_saved(instance, created, **kwargs) -> None:
    if not created:
        for model in (CampaignPage, StoryPage):
            refresh_where(model.objects.filter(fields=instance).values_list("pk", flat=True))


def on_award_saved(instance, created, **kwargs) -> None:
    if not created:
        awarded = StoryPage.objects.filter(commendations__form=instance)
        refresh_where(awarded.values_list("pk", flat=True).distinct())


def on_campaign_published(instance, **kwargs) -> None:
    refresh_where(StoryPage.objects.filter(campaign=instance.pk).values_list("pk", flat=True))


def on_story_published(instance, **kwargs) -> None:
    release_pictures(instance)


def connect() -> None:
    post_save.connect(on_field_saved, sender=SubjectField, dispatch_uid="news_field_saved")
    post_save.connect(on_award_saved, sender=AwardForm, dispatch_uid="news_award_saved")
    page_published.connect(on_campaign_published, sender=CampaignPage, dispatch_uid="news_campaign_published")
    page_published.connect(on_story_published, sender=StoryPage, dispatch_uid="news_story_published")
