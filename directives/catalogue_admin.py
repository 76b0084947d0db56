"""Catalogues in the admin: listings with validity and basis, search without marks.

`CatalogueGroup` goes to `register_snippet`; the viewset classes serve the catalogues of other apps too.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from directives.models.catalogue import CitationAlias, DocumentKind, Organ, SubjectField


def validity_panels() -> list[MultiFieldPanel]:
    """The panels every catalogue row ends with: how long it holds, by what, known from where."""
    dates = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])
    grounds = [FieldPanel("basis"), FieldPanel("source"), FieldPanel("needs_review")]
    return [MultiFieldPanel([dates, *grounds], heading=_("Hiệu lực và căn cứ")), FieldPanel("position")]


def validity_columns() -> list[Column]:
    return [
        DateColumn("valid_from", label=_("Có hiệu lực từ"), sort_key="valid_from"),
        DateColumn("valid_until", label=_("Đến hết ngày"), sort_key="valid_until"),
        Column("basis", label=_("Căn cứ")),
        BooleanColumn("needs_review", label=_("Cần rà soát"), sort_key="needs_review"),
    ]


class WithoutMarksIndexView(IndexView):
    """Searching `ke hoach` finds `Kế hoạch`: the words go to the folded column, not to a search backend."""

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset


class WordsForm(BaseFilterForm):
    q = forms.CharField(label=_("Từ cần tìm"), required=False)

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return super().filter(objects).matching(self.search_query)


class WithoutMarksChooseView(ChooseView):
    filter_form_class = WordsForm


class WithoutMarksChooseResultsView(ChooseResultsView):
    filter_form_class = WordsForm


class CatalogueChooserViewSet(SnippetChooserViewSet):
    choose_view_class = WithoutMarksChooseView
    choose_results_view_class = WithoutMarksChooseResultsView


class CatalogueViewSet(SnippetViewSet):
    """A catalogue of `CatalogueRow`s; a subclass names its model and the fields of its own."""

    icon = "list-ul"
    index_view_class = WithoutMarksIndexView
    chooser_viewset_class = CatalogueChooserViewSet
    search_fields = ["folded"]
    list_display = ["name", "code", *validity_columns()]
    list_filter = ["needs_review"]
    list_per_page = 50
    own_fields: tuple[str, ...] = ()

    def get_edit_handler(self):
        named = [FieldPanel("name"), FieldPanel("code"), *map(FieldPanel, self.own_fields)]
        self.panels = [*named, *validity_panels()]
        return super().get_edit_handler()


class DocumentKindViewSet(CatalogueViewSet):
    model = DocumentKind
    icon = "doc-full"
    own_fields = ("series",)
    list_display = [
        "name",
        "code",
        Column("get_series_display", label=_("Hệ thống văn bản"), sort_key="series"),
    ]
    list_display += validity_columns()
    list_filter = ["series", "needs_review"]


class SubjectFieldViewSet(CatalogueViewSet):
    model = SubjectField
    icon = "tag"


class OrganViewSet(SnippetViewSet):
    model = Organ
    icon = "group"
    index_view_class = WithoutMarksIndexView
    chooser_viewset_class = CatalogueChooserViewSet
    search_fields = ["folded"]
    list_display = [
        "name_on",
        Column("code_on", label=_("Ký hiệu")),
        Column("get_level_display", label=_("Cấp"), sort_key="level"),
        Column("place", label=_("Địa bàn"), sort_key="place"),
    ]
    list_filter = ["level", "place"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("place")]),
        FieldPanel("parent"),
        InlinePanel(
            "names",
            heading=_("Tên gọi qua các thời kỳ"),
            label=_("Tên gọi"),
            min_num=1,
            panels=[
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
                FieldPanel("aliases"),
                *validity_panels(),
            ],
        ),
        FieldPanel("successors", widget=forms.SelectMultiple(attrs={"size": 8})),
        FieldPanel("note"),
        FieldPanel("position"),
    ]


class CitationAliasViewSet(SnippetViewSet):
    model = CitationAlias
    icon = "openquote"
    index_view_class = WithoutMarksIndexView
    chooser_viewset_class = CatalogueChooserViewSet
    search_fields = ["folded"]
    list_display = [
        "phrase",
        Column("number", label=_("Số")),
        Column("notation", label=_("Ký hiệu")),
        DateColumn("issued_on", label=_("Ngày ban hành"), sort_key="issued_on"),
        Column("issuer", label=_("Cơ quan ban hành")),
        BooleanColumn("needs_review", label=_("Cần rà soát"), sort_key="needs_review"),
    ]
    list_filter = ["needs_review"]
    list_per_page = 50
    panels = [
        FieldPanel("phrase"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("separator"), FieldPanel("notation")]),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("issuer")]),
        FieldPanel("abstract"),
        FieldPanel("source"),
        FieldPanel("needs_review"),
    ]


class CatalogueGroup(SnippetViewSetGroup):
    """The menu of the catalogues of official documents."""

    menu_label = _("Danh mục văn bản")
    menu_name = "danh-muc-van-ban"
    menu_icon = "folder-open-inverse"
    menu_order = 800
    items = (DocumentKindViewSet, OrganViewSet, SubjectFieldViewSet, CitationAliasViewSet)
