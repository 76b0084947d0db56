"""The lists of campaigns, stories and news in the admin."""

import django_filters
from django import forms
from wagtail.admin.ui.tables import Column, DateColumn

from directives.listings import NUMBER_COLUMNS
from home.page_listing import PageFilterSet, PageIndexView, PageList, page_columns, year_filter
from news.models import ArticlePage, CampaignPage, StoryPage


class CampaignFilterSet(PageFilterSet):
    year = django_filters.NumberFilter(field_name="campaign_year", label="Năm")

    class Meta:
        model = CampaignPage
        fields = ["unit", "year", "status", "audience"]


class CampaignIndexView(PageIndexView):
    words_of_drafts = ("draft_title", "abstract", "number", "notation", "code")


class CampaignList(PageList):
    model = CampaignPage
    index_view_class = CampaignIndexView
    filterset_class = CampaignFilterSet
    icon = "pick"
    menu_label = "Phong trào"
    menu_order = 120
    name = "danh-sach-phong-trao"
    columns = page_columns(*NUMBER_COLUMNS, Column("campaign_year", label="Năm", sort_key="campaign_year"))


class StoryFilterSet(PageFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label="Loại gương", choices=StoryPage.KINDS, widget=forms.CheckboxSelectMultiple
    )
    year = django_filters.NumberFilter(field_name="story_year", label="Năm")

    class Meta:
        model = StoryPage
        fields = ["kind", "unit", "year", "status", "audience"]


class StoryIndexView(PageIndexView):
    words_of_drafts = ("draft_title", "subject", "summary")


class StoryList(PageList):
    model = StoryPage
    index_view_class = StoryIndexView
    filterset_class = StoryFilterSet
    icon = "user"
    menu_label = "Gương điển hình"
    menu_order = 130
    name = "danh-sach-guong"
    columns = page_columns(
        Column("subject", label="Người, tập thể, mô hình", sort_key="subject"),
        Column("kind", label="Loại", accessor="get_kind_display", sort_key="kind"),
    )


class ArticleFilterSet(PageFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label="Loại tin", choices=ArticlePage.KINDS, widget=forms.CheckboxSelectMultiple
    )
    year = year_filter("published_on")

    class Meta:
        model = ArticlePage
        fields = ["kind", "unit", "year", "status", "audience"]


class ArticleIndexView(PageIndexView):
    words_of_drafts = ("draft_title", "summary")


class ArticleList(PageList):
    model = ArticlePage
    index_view_class = ArticleIndexView
    filterset_class = ArticleFilterSet
    icon = "doc-full-inverse"
    menu_label = "Tin, thông báo"
    menu_order = 140
    name = "danh-sach-tin"
    columns = page_columns(
        DateColumn("published_on", label="Ngày đăng", sort_key="published_on"),
        Column("kind", label="Loại", accessor="get_kind_display", sort_key="kind"),
    )


page_lists = (CampaignList(), StoryList(), ArticleList())
