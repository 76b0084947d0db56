"""Which pages a person meets in the admin: the office all of them, a unit's editor those of the unit."""

from django.apps import apps
from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.base import SitePage
from home.permissions import edits_every_unit
from search.visibility import restrict


def site_page_models() -> list[type[SitePage]]:
    """Every page type that has a unit in charge."""
    return [model for model in apps.get_models() if issubclass(model, SitePage)]


def own_pages(user) -> Q:
    """The condition for pages of the person's units, and for drafts of theirs that have no unit yet."""
    condition = Q(pk__in=user.unit_ids)
    for model in site_page_models():
        mine = model.objects.filter(Q(unit_id__in=user.unit_ids) | Q(unit_id=None, live=False, owner_id=user.pk))
        condition |= Q(pk__in=mine.values("pk"))
    return condition


def choosable_pages(pages: QuerySet, user) -> QuerySet:
    """Those of the pages that a person may link to: what they meet in the admin, and what they may read now.

    A page of another unit whose next draft bears a new title stays out: a chooser would show that title.
    """
    if edits_every_unit(user):
        return pages
    met = UnitPagePolicy().explorable_instances(user)
    readable = restrict(Page.objects.filter(draft_title=F("title")), user)
    return pages.filter(Q(depth=1) | Q(pk__in=met.values("pk")) | Q(pk__in=readable.values("pk")))


class UnitPagePolicy(PagePermissionPolicy):
    """Wagtail's page permissions, narrowed to the person's units in lists, search, reports and choosers."""

    def __init__(self, model=None):
        super().__init__(model)
        self.explored_from = PagePermissionPolicy(model)

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        pages = super().instances_user_has_any_permission_for(user, actions)
        return pages if edits_every_unit(user) else pages.filter(own_pages(user))

    def explorable_instances(self, user) -> QuerySet:
        """The person's pages and the sections that lead to them."""
        pages = self.explored_from.explorable_instances(user)
        if edits_every_unit(user):
            return pages
        sections = [permission.page for permission in self.get_cached_permissions_for_user(user)]
        leading = {pk for page in sections for pk in page.get_ancestors(inclusive=True).values_list("pk", flat=True)}
        return pages.filter(own_pages(user) | Q(pk__in=leading))
