"""Who may edit which page: a unit's editor only the pages of that unit, the office all of them."""

from wagtail.models import PagePermissionTester

EVERY_UNIT = "home.edit_every_unit"


def edits_unit(user, unit_id: int | None) -> bool:
    """Whether this person works on pages of this unit, e.g. an editor of unit 7 on pages of unit 7."""
    return user.is_active and (user.has_perm(EVERY_UNIT) or (unit_id is not None and unit_id in user.unit_ids))


class UnitPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, and on top of them: the page belongs to one of the person's units."""

    def _is_own(self) -> bool:
        page = self.page
        if page.pk and page.owner_id == self.user.pk and page.unit_id is None:
            return True
        unit_id = page.pk if page.index_kind == "unit" else page.unit_id
        return edits_unit(self.user, unit_id)

    def _is_reviewer(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_edit(self) -> bool:
        return super().can_edit() and (self._is_own() or self._is_reviewer())

    def can_delete(self, ignore_bulk=False) -> bool:
        return super().can_delete(ignore_bulk) and self._is_own()

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._is_own()

    def can_publish(self) -> bool:
        return super().can_publish() and (self._is_own() or self._is_reviewer())

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self._is_own()

    def can_lock(self) -> bool:
        return super().can_lock() and (self._is_own() or self._is_reviewer())

    def can_copy(self) -> bool:
        return self.can_edit() and self._is_own()

    def can_set_view_restrictions(self) -> bool:
        """Wagtail's own privacy buttons are off: the audience field is the one mechanism."""
        return False

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and (self._is_own() or self._is_reviewer())
