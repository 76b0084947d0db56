"""Who may edit which page: a unit's editor only the pages of that unit, the office all of them."""

from wagtail.models import PagePermissionTester

EVERY_UNIT = "home.edit_every_unit"
PUBLISH_URGENTLY = "home.publish_urgently"


def edits_every_unit(user) -> bool:
    """Whether this person works on the pages of all units, e.g. somebody of the office."""
    return user.is_active and user.has_perm(EVERY_UNIT)


def edits_unit(user, unit_id: int | None) -> bool:
    """Whether this person works on pages of this unit, e.g. an editor of unit 7 on pages of unit 7."""
    return user.is_active and (edits_every_unit(user) or (unit_id is not None and unit_id in user.unit_ids))


class UnitPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, and on top of them: the page belongs to one of the person's units.

    Nobody publishes alone: `can_publish` is False for everyone, so that every way to publish leads through
    approval by a second person or through urgent publication with a reason.
    """

    def _is_own(self) -> bool:
        page = self.page
        if page.pk and page.owner_id == self.user.pk and page.unit_id is None and not page.live:
            return True
        unit_id = page.pk if page.index_kind == "unit" else page.unit_id
        return edits_unit(self.user, unit_id)

    def _is_reviewer(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def _withdraws(self) -> bool:
        """Whether the person may take pages off the site: the permission Wagtail calls "publish"."""
        return super().can_publish() and self._is_own()

    def can_edit(self) -> bool:
        return super().can_edit() and (self._is_own() or self._is_reviewer())

    def can_delete(self, ignore_bulk=False) -> bool:
        return super().can_delete(ignore_bulk) and self._is_own()

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._is_own()

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_publish_urgently(self) -> bool:
        """Whether the person may publish without approval, giving a reason that others review later."""
        return self.can_edit() and self._is_own() and self.user.has_perm(PUBLISH_URGENTLY)

    def can_unschedule(self) -> bool:
        return self._withdraws()

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self._is_own()

    def can_lock(self) -> bool:
        return super().can_lock() and (self._is_own() or self._is_reviewer())

    def can_unlock(self) -> bool:
        return super().can_unlock() and (self._is_own() or self._is_reviewer())

    def can_copy(self) -> bool:
        return self.can_edit() and self._is_own()

    def can_reorder_children(self) -> bool:
        return super().can_reorder_children() and edits_every_unit(self.user)

    def can_set_view_restrictions(self) -> bool:
        """Wagtail's own privacy buttons are off: the audience field is the one mechanism."""
        return False

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and (self._is_own() or self._is_reviewer())
