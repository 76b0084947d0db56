"""Flat lists of pages in the admin: one kind of page, its columns and filters, search without marks."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.models import UnitPage
from home.page_policy import UnitPagePolicy
from home.permissions import edits_every_unit
from search.models import Entry
from search.vietnamese.letters import fold
from search.vietnamese.syllables import syllables
from search.visibility import LABELS

STATUSES = [
    ("live", "Đang đăng"),
    ("draft", "Bản nháp"),
    ("changed", "Đang đăng, có bản sửa"),
    ("scheduled", "Chờ đến giờ đăng"),
    ("approval", "Đang trình duyệt"),
]
MOST_DRAFTS = 2000


def units_for(request):
    """The units whose pages this person may meet in the list."""
    units = UnitPage.objects.order_by("title")
    return units if edits_every_unit(request.user) else units.filter(pk__in=request.user.unit_ids)


class PageFilterSet(WagtailFilterSet):
    """Filters every kind of page has; a kind adds its own."""

    unit = django_filters.ModelMultipleChoiceFilter(
        label="Đơn vị", queryset=units_for, widget=forms.CheckboxSelectMultiple
    )
    status = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=STATUSES,
        method="filter_status",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )
    audience = django_filters.MultipleChoiceFilter(
        label="Phạm vi", choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )

    def filter_status(self, pages, name, value):
        conditions = {
            "live": Q(live=True),
            "draft": Q(live=False),
            "changed": Q(live=True, has_unpublished_changes=True),
            "scheduled": Q(_revisions__approved_go_live_at__isnull=False),
            "approval": Q(_workflow_states__status__in=("in_progress", "needs_changes")),
        }
        return pages.filter(conditions[value]).distinct()


def year_filter(field: str, label: str = "Năm") -> django_filters.ChoiceFilter:
    """A filter by the year of a field, the newest first, e.g. `year_filter("issued_on")`."""
    years = [(str(year), str(year)) for year in range(date.today().year + 1, 1989, -1)]
    return django_filters.ChoiceFilter(field_name=field, lookup_expr="startswith", label=label, choices=years)


class PageIndexView(IndexView):
    """The list itself: pages of the person's units, found by words without marks."""

    words_of_drafts: tuple[str, ...] = ("draft_title",)
    related: tuple[str, ...] = ("unit",)

    def annotate_queryset(self, pages):
        """What the columns need, without fetching each page again."""
        pages = pages.select_related(*self.related).prefetch_related("content_type", "sites_rooted_here")
        pages = pages.defer_streamfields().prefetch_workflow_states()
        return pages.annotate_site_root_state().annotate_approved_schedule()

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        words = syllables(self.search_query)[:24] or [fold(self.search_query)]
        published = Entry.objects.all()
        for word in words:
            published = published.filter(folded_text__contains=f" {word} ")
        found = Q(pk__in=published.values("pk")) | Q(pk__in=self._drafts_with(words))
        return queryset.filter(found)

    def _drafts_with(self, words: list[str]) -> list[int]:
        """Pages with unpublished text: not in the index, few enough to be read here."""
        met = UnitPagePolicy().explorable_instances(self.request.user)
        drafts = self.model.objects.filter(has_unpublished_changes=True, pk__in=met.values("pk"))
        rows = drafts.order_by("-latest_revision_created_at").values_list("pk", *self.words_of_drafts)[:MOST_DRAFTS]
        texts = ((pk, f" {' '.join(syllables(' '.join(map(str, values))))} ") for pk, *values in rows)
        return [pk for pk, text in texts if all(f" {word} " in text for word in words)]


def page_columns(*own: Column) -> list:
    """Title, the columns of this kind of page, then unit, status and the time of the last change."""
    return [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Tiêu đề", sort_key="title", classname="title"),
        *own,
        Column("unit", label="Đơn vị", sort_key="unit__title"),
        PageStatusColumn("status", label="Tình trạng", sort_key="live"),
        DateColumn("latest_revision_created_at", label="Sửa lần cuối", sort_key="latest_revision_created_at"),
    ]


class PageListItem(MenuItem):
    """Shown to those whom the list lets in: not to an inspector, who works on no page."""

    def is_shown(self, request) -> bool:
        return UnitPagePolicy().user_has_any_permission(request.user, PageIndexView.any_permission_required)


class PageList(PageListingViewSet):
    """A menu item with the list of one kind of page."""

    menu_item_class = PageListItem

    add_to_admin_menu = True
    index_view_class = PageIndexView
    list_per_page = 50
