"""Pinned and hidden results in the admin."""

from django.contrib.auth.models import Permission
from django.db.models import Count
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from search.office_models import CuratedQuery
from search.office_models.curated import key_of

NOTHING_CHOSEN = "Hãy chọn ít nhất một trang để ghim hoặc để ẩn."
BOTH = "Trang “{page}” vừa ghim vừa ẩn; hãy chọn một."
AFTER = "Sau khi lưu, trang tìm kiếm làm theo ngay hoặc chậm nhất sau 30 giây, tùy tiến trình trả lời người đọc."
#: The parameter of the form's address that fills in a query, e.g. `…/add/?cau=đất+đai`.
PREFILL = "cau"


class CuratedQueryForm(WagtailAdminModelForm):
    """The rule with its pages; remembers who changed it."""

    def clean(self):
        pinned, hidden = self._pages("pins"), self._pages("hidden_pages")
        if not pinned and not hidden and self._are_formsets_valid():
            self.add_error(None, NOTHING_CHOSEN)
        for page in pinned & hidden:
            self.add_error(None, BOTH.format(page=page))
        return super().clean()

    def _are_formsets_valid(self) -> bool:
        return all(formset.is_valid() for formset in self.formsets.values())

    def _pages(self, name: str) -> set:
        formset = self.formsets[name]
        if not formset.is_valid():
            return set()
        rows = [row.cleaned_data for row in formset.forms if row not in formset.deleted_forms]
        return {row["page"] for row in rows if row.get("page")}

    def save(self, commit=True):
        self.instance.updated_by = self.for_user
        return super().save(commit)


class CuratedIndexView(IndexView):
    def get_base_queryset(self):
        counts = {"pin_count": Count("pins", distinct=True), "hidden_count": Count("hidden_pages", distinct=True)}
        return super().get_base_queryset().select_related("updated_by").annotate(**counts)

    def search_queryset(self, queryset):
        return queryset.filter(keys__contains=key_of(self.search_query)) if self.is_searching else queryset


class CuratedCreateView(CreateView):
    """The empty form, or one for a query of the report."""

    def get_initial_form_instance(self):
        return self.model(wordings=self.request.GET.get(PREFILL, "")[:300])


class CuratedQueryViewSet(ModelViewSet):
    model = CuratedQuery
    name = "tim-kiem-ghim-an"
    icon = "thumbtack"
    menu_label = "Kết quả ghim và ẩn"
    menu_name = "search-curation"
    index_view_class = CuratedIndexView
    add_view_class = CuratedCreateView
    copy_view_enabled = False
    search_fields = ["keys"]
    list_per_page = 50
    list_display = [
        "first_wording",
        Column("pin_count", label="Trang ghim", sort_key="pin_count"),
        Column("hidden_count", label="Trang ẩn", sort_key="hidden_count"),
        DateColumn("until_on", label="Áp dụng đến hết ngày", sort_key="until_on"),
        Column("updated_by", label="Người sửa"),
        DateColumn("updated_at", label="Sửa lúc", sort_key="updated_at"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(AFTER),
            FieldPanel("wordings"),
            InlinePanel("pins", heading="Trang ghim lên đầu", label="trang", panels=[PageChooserPanel("page")]),
            InlinePanel("hidden_pages", heading="Trang không hiện", label="trang", panels=[PageChooserPanel("page")]),
            FieldPanel("until_on"),
            FieldPanel("note"),
        ],
        base_form_class=CuratedQueryForm,
    )

    def get_permissions_to_register(self):
        """None of its own: `search.office.permission` decides."""
        return Permission.objects.none()
