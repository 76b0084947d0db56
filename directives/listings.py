"""The list of documents in the admin: number, date, kind, unit and status."""

import django_filters
from django import forms
from wagtail.admin.ui.tables import Column

from directives.models import DirectivePage, DocumentKind
from home.page_listing import PageFilterSet, PageIndexView, PageList, page_columns, year_filter
from search.vietnamese.dates import spell_short


def date_of(page) -> str:
    """The day of issue as lists write it, e.g. "05/03/2024"."""
    return spell_short(page.issued_on) if page.issued_on else ""


NUMBER_COLUMNS = (
    Column("printed_number", label="Số, ký hiệu", sort_key="number"),
    Column("issued_on", label="Ngày ban hành", accessor=date_of, sort_key="issued_on"),
)


class DirectiveFilterSet(PageFilterSet):
    kind = django_filters.ModelMultipleChoiceFilter(
        label="Loại văn bản",
        queryset=lambda request: DocumentKind.objects.filter(pk__in=DirectivePage.objects.values("kind")),
        widget=forms.CheckboxSelectMultiple,
    )
    year = year_filter("issued_on")

    class Meta:
        model = DirectivePage
        fields = ["kind", "unit", "year", "status", "audience"]


class DirectiveIndexView(PageIndexView):
    words_of_drafts = ("draft_title", "abstract", "number", "notation")
    related = ("unit", "kind")
    base_filterset_class = DirectiveFilterSet


class DirectiveList(PageList):
    model = DirectivePage
    index_view_class = DirectiveIndexView
    filterset_class = DirectiveFilterSet
    icon = "doc-full"
    menu_label = "Văn bản"
    menu_order = 110
    name = "danh-sach-van-ban"
    columns = page_columns(*NUMBER_COLUMNS, Column("kind", label="Loại", sort_key="kind__name"))


directive_list = DirectiveList()
