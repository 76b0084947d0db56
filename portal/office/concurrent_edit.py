"""Two people on one page: the second to save is told who came first, sees both texts and loses nothing."""

from datetime import timedelta
from functools import cached_property

from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page, Revision

KEPT_ASIDE = "portal.kept_aside"
SAVE_OVER = "save-over"
KEPT = "kept-revision"


def stamp_of(revision: Revision) -> str:
    """What identifies a revision as it was seen: an autosave overwrites the same row with a later time.

    Example: `"41 2024-03-05T08:00:00+00:00"`.
    """
    return f"{revision.pk} {revision.created_at.isoformat()}"


def keep_aside(page: Page, user, newest: Revision, kept_before: Revision | None) -> Revision:
    """Store what could not be saved in the history: just before the newest version, never as the newest."""
    content = {"content": page.serializable_data(), "object_str": str(page)}
    if kept_before:
        for name, value in content.items():
            setattr(kept_before, name, value)
        kept_before.save()
        return kept_before
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        created_at=newest.created_at - timedelta(microseconds=1),
        **content,
    )
    log(instance=page, action=KEPT_ASIDE, user=user, revision=revision, content_changed=True)
    return revision


class Conflict:
    """What the second person is shown: who saved when, and their text against the saved one."""

    def __init__(self, newest: Revision, differences: list, kept: Revision | None):
        self.newest = newest
        self.differences = differences
        self.kept = kept
        self.stamp = stamp_of(newest)

    @property
    def saved_by(self) -> str:
        return str(self.newest.user or "một tài khoản đã xóa")

    @property
    def kept_url(self) -> str:
        return reverse("wagtailadmin_pages:revisions_view", args=[self.kept.object_id, self.kept.pk])


class RefusesStaleSave:
    """For Wagtail's edit views: a manual save made from an overtaken version is refused, not applied."""

    conflict_template_name = "admin/conflict.html"
    conflict = None

    def dispatch(self, request, page_id, **kwargs):
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            # Whoever comes second waits here, and then finds the first one's version.
            list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))
            return super().dispatch(request, page_id, **kwargs)

    def post(self, request, *args, **kwargs):
        is_manual = not self.expects_json_response and not self.page.alias_of_id
        if is_manual and self.is_stale and (differences := self._bind_and_compare()):
            return self._refuse(differences)
        return super().post(request, *args, **kwargs)

    @cached_property
    def is_stale(self) -> bool:
        """Whether somebody saved since this form was loaded, and the person does not yet know."""
        if not self.latest_revision or self.request.POST.get(SAVE_OVER) == stamp_of(self.latest_revision):
            return False
        names = ("overwrite_revision_id", "loaded_revision_id")
        return self.is_out_of_date or not any(self.request.POST.get(name) for name in names)

    def _bind_and_compare(self) -> list:
        """The fields whose typed text differs from the saved one; the form keeps all that was typed."""
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.form.defer_required_fields()
        self.is_complete = self.form.is_valid()
        if self.is_complete:
            self.form.save(commit=False)
        saved = self.latest_revision.as_object()
        panel = self.edit_handler.get_bound_panel(instance=saved, request=self.request, form=None)
        pairs = (compare(saved, self.page) for compare in panel.get_comparison())
        return [pair for pair in pairs if pair.has_changed()]

    def _refuse(self, differences: list):
        posted = self.request.POST
        is_allowed = self.is_complete and not self.locked_for_user
        kept = (
            keep_aside(self.page, self.request.user, self.latest_revision, self._kept_before()) if is_allowed else None
        )
        self.conflict = Conflict(self.latest_revision, differences, kept)
        self.form.restore_required_fields()
        self.has_unsaved_changes = True
        self.autosave_enabled = False
        # The form goes out as stale as it came in: only a deliberate choice may overwrite.
        loaded = posted.get("loaded_revision_id", "")
        self.page.latest_revision_id = int(loaded) if loaded.isascii() and loaded.isdigit() else 0
        return self.render_to_response(self.get_context_data())

    def _kept_before(self) -> Revision | None:
        """The version already kept aside for this person while they were told the first time."""
        number = self.request.POST.get(KEPT, "")
        if not (number.isascii() and number.isdigit()):
            return None
        own = self.real_page_record.revisions.filter(pk=int(number), user=self.request.user)
        return own.exclude(pk=self.latest_revision.pk).filter(created_at__lt=self.latest_revision.created_at).first()

    def get_template_names(self):
        return [self.conflict_template_name] if self.conflict else super().get_template_names()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.conflict:
            context["conflict"] = self.conflict
            context["loaded_revision_created_at"] = self.request.POST.get("loaded_revision_created_at", "")
        return context
