"""The first page after signing in: what waits for this person, and where the next piece of work begins."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel
from wagtail.models import Page, WorkflowState

from directives.completeness import missing_in
from directives.intake.record_access import may_take_in
from directives.models import DirectiveIndexPage, DirectivePage
from directives.official import OfficialDocument
from home.audit.views import may_inspect
from home.page_policy import UnitPagePolicy
from home.permissions import edits_every_unit
from news.models import (
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    NewsIndexPage,
    StoryIndexPage,
    StoryPage,
)
from portal.office_models import UrgentPublication, awaiting_approval_by

LONGEST_LIST = 10
BEGINNINGS = (
    (DirectivePage, DirectiveIndexPage, "Văn bản mới"),
    (CampaignPage, CampaignIndexPage, "Phong trào mới"),
    (StoryPage, StoryIndexPage, "Gương điển hình mới"),
    (ArticlePage, NewsIndexPage, "Tin, thông báo mới"),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A link that starts a piece of work, e.g. `Beginning("Văn bản mới", "/quan-tri/pages/add/…", False)`."""

    label: str
    address: str
    is_first: bool = False
    icon: str = "plus"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: the page, where to go on, and what is asked or missing."""

    title: str
    address: str
    note: str
    since: object = None


def beginnings(user) -> list[Beginning]:
    """Where this person may start: the intake first, then a page of each kind, then the audit log of an inspector."""
    found = [Beginning("Nhập văn bản từ tệp", reverse("intake_upload"), True)] if may_take_in(user) else []
    for model, section_model, label in BEGINNINGS:
        section = section_model.objects.first()
        if section and section.permissions_for_user(user).can_add_subpage():
            names = (model._meta.app_label, model._meta.model_name, section.pk)
            found.append(Beginning(label, reverse("wagtailadmin_pages:add", args=names)))
    if may_inspect(user):
        found.append(Beginning("Nhật ký kiểm tra", reverse("audit"), not found, "history"))
    return found


def _edit(page_id) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def to_approve(user) -> list[Waiting]:
    """Pages this person may approve now, the longest waiting first."""
    found = []
    for state in awaiting_approval_by(user):
        page, sender = state.workflow_state.content_object, state.workflow_state.requested_by
        found.append(Waiting(page.get_admin_display_title(), _edit(page.pk), f"{sender or ''}", state.started_at))
    return found


def in_approval(user) -> list[Waiting]:
    """The person's own pages on their way: returned for changes, or still with the approvers."""
    states = WorkflowState.objects.active().filter(requested_by=user).select_related("current_task_state")
    found = []
    for state in states.prefetch_related("content_object").order_by("-created_at"):
        task_state, page = state.current_task_state, state.content_object
        # The page or the person may have gone to another unit since.
        if page and page.specific.permissions_for_user(user).can_edit():
            is_returned = state.status == WorkflowState.STATUS_NEEDS_CHANGES
            note = f"Yêu cầu sửa: {task_state.comment}".rstrip(": ") if is_returned else "Đang chờ duyệt"
            found.append(Waiting(page.get_admin_display_title(), _edit(page.pk), note, state.created_at))
    return found


def unfinished_drafts(user) -> list[Waiting]:
    """The person's newest drafts of documents with what they still lack."""
    met = UnitPagePolicy().explorable_instances(user)
    mine = Q(owner=user) | Q(latest_revision__user=user)
    drafts = Page.objects.filter(mine, pk__in=met.values("pk"), has_unpublished_changes=True)
    drafts = drafts.type(OfficialDocument).select_related("latest_revision").order_by("-latest_revision_created_at")
    found = []
    for draft in drafts[:LONGEST_LIST]:
        page = draft.get_latest_revision_as_object()
        if gaps := missing_in(page):
            shown = ", ".join(gaps[:3]) + (f" và {len(gaps) - 3} mục khác" if len(gaps) > 3 else "")
            found.append(Waiting(page.title, _edit(page.pk), f"Còn thiếu: {shown}", draft.latest_revision_created_at))
    return found


def urgent_to_review(user) -> list[Waiting]:
    """Urgent publications of others that nobody reviewed yet; for those who work on all units."""
    if not edits_every_unit(user):
        return []
    rows = UrgentPublication.objects.reviewable_by(user).select_related("by")
    return [Waiting(row.title, reverse("urgent_review"), f"{row.by or ''}: {row.reason}", row.at) for row in rows]


class WaitingForMe(Component):
    """The panel "Việc đang chờ tôi"."""

    name = "waiting"
    order = 10
    template_name = "admin/waiting.html"

    def get_context_data(self, parent_context) -> dict:
        user = parent_context["request"].user
        lists = [
            ("Chờ tôi duyệt", to_approve(user)),
            ("Đăng khẩn chờ soát", urgent_to_review(user)),
            ("Bài của tôi đang trình duyệt", in_approval(user)),
            ("Bản nháp còn thiếu thông tin", unfinished_drafts(user)),
        ]
        filled = [(heading, rows[:LONGEST_LIST], len(rows)) for heading, rows in lists if rows]
        return {"lists": filled, "beginnings": beginnings(user)}


class MyRecentEdits(RecentEditsPanel):
    """Wagtail's list without pages that the person may no longer edit, e.g. after a change of unit."""

    order = 20

    def get_context_data(self, parent_context) -> dict:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [
            (edited_at, page) for edited_at, page in context["last_edits"] if page.permissions_for_user(user).can_edit()
        ]
        return context


class MyLockedPages(LockedPagesPanel):
    """Wagtail's list without pages that the person may no longer edit."""

    def get_context_data(self, parent_context) -> dict:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        own = [page for page in context["locked_pages"] if page.permissions_for_user(user).can_edit()]
        return context | {"locked_pages": own}
