"""The list "Văn bản được dẫn chiếu, chưa có trên cổng" of the office, and the form that completes a stub."""

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from directives.models import DocumentStub
from directives.numbering import validate_number_shape
from home.permissions import edits_every_unit
from search.vietnamese.letters import clean, plain_signs

MOST_PAGES = 20


class StubPolicy(ModelPermissionPolicy):
    """The office reads and completes stubs; publishing a page makes them, nobody else does.

    Pages that are not for everybody may have named them, so that a unit's editors read none.
    """

    def user_has_permission(self, user, action: str) -> bool:
        return action in ("change", "view") and edits_every_unit(user)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        return self.user_has_permission(user, action)


class StubForm(WagtailAdminModelForm):
    """Number and notation as they are printed; what is checked can be found."""

    def clean(self) -> dict:
        cleaned = super().clean()
        number = clean(cleaned.get("number") or "").strip()
        notation = plain_signs(clean(cleaned.get("notation") or "")).replace(" ", "").strip("/-")
        is_standard = cleaned.get("separator") == ":"
        if (number or notation) and not is_standard and (messages := validate_number_shape(number, notation)):
            self.add_error("number", ValidationError(list(messages)))
        cleaned["number"], cleaned["notation"] = number, notation
        return cleaned


class CitingPanel(Panel):
    """Which pages cite the document, and the way to bring it in."""

    def __init__(self, heading="Được dẫn chiếu bởi", icon="link", **kwargs):
        super().__init__(heading=heading, icon=icon, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin_panels/citing.html"

        def get_context_data(self, parent_context=None) -> dict:
            context = super().get_context_data(parent_context)
            pages = Page.objects.filter(live=True, citations__stub=self.instance.pk).distinct().order_by("-pk")
            context["pages"] = pages[:MOST_PAGES]
            context["more"] = max(pages.count() - MOST_PAGES, 0)
            return context


class StubIndexView(IndexView):
    """The most cited first; searching "dat dai" finds "Đất đai"."""

    default_ordering = "-cited_count"

    def get_base_queryset(self):
        return DocumentStub.objects.counted()

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering or self.default_ordering, "pk")


class StubEditView(EditView):
    """Remembers that a person has worked on the stub: it stays when no page cites it any more."""

    def save_instance(self):
        self.form.instance.edited_at = timezone.now()
        return super().save_instance()


def way_in(stub: DocumentStub) -> SafeString:
    """The link that opens "Nhập văn bản" for the document."""
    return format_html(
        '<a href="{}?van-ban={}">Nhập văn bản<span class="w-sr-only"> {}</span></a>',
        reverse("intake_upload"),
        stub.pk,
        stub,
    )


def about(stub: DocumentStub) -> str:
    """What its name says beyond the title of the row."""
    return stub.name if stub.notation else ""


class StubViewSet(ModelViewSet):
    model = DocumentStub
    name = "van-ban-chua-co"
    icon = "link"
    menu_label = "Văn bản chưa có"
    menu_name = "cited-documents"
    menu_order = 112
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = StubIndexView
    edit_view_class = StubEditView
    search_fields = ["folded"]
    list_filter = ["is_checked"]
    list_per_page = 50
    list_display = [
        "__str__",
        Column("name", label="Trích yếu", accessor=about),
        Column("issuer", label="Cơ quan ban hành", sort_key="issuer"),
        Column("day_text", label="Ngày ban hành", sort_key="issued_on"),
        Column("cited_count", label="Số trang dẫn chiếu", sort_key="cited_count"),
        BooleanColumn("is_checked", label="Đã kiểm tra", sort_key="is_checked"),
        Column("way_in", label="Đưa lên cổng", accessor=way_in),
    ]
    edit_handler = ObjectList(
        [
            CitingPanel(),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("separator"), FieldPanel("notation")]),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("issuer")]),
            FieldPanel("name"),
            FieldPanel("source_url"),
            FieldPanel("is_checked"),
            FieldPanel("note"),
        ],
        base_form_class=StubForm,
    )

    def get_permissions_to_register(self):
        """None of its own: `StubPolicy` decides."""
        return Permission.objects.none()
