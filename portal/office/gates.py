"""Gates before admin views of Wagtail's that ask for no permission on the single page, file or report."""

from collections.abc import Callable
from functools import wraps

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import URLPattern, path
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.page_policy import choosable_pages
from home.permissions import edits_every_unit


def refuse(request, *args, **kwargs):
    """For what is switched off for everybody: Wagtail's own privacy of pages and collections."""
    raise PermissionDenied


def for_office(view: Callable) -> Callable:
    """The view for those who work on the pages of every unit; others are refused."""

    @wraps(view)
    def gate(request, *args, **kwargs):
        if not edits_every_unit(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return gate


def for_choosable_pages(view: Callable) -> Callable:
    """The view when the person may choose every page that its address names; else not found."""

    @wraps(view)
    def gate(request, *args, **kwargs):
        named = {str(kwargs.get("parent_page_id") or ""), *request.GET.getlist("id")} - {""}
        numbers = {int(number) for number in named if number.isascii() and number.isdigit()}
        seen = choosable_pages(Page.objects.filter(pk__in=numbers), request.user)
        if len(numbers) != len(named) or seen.count() != len(numbers):
            raise Http404
        return view(request, *args, **kwargs)

    return gate


def for_own_rows(view: Callable) -> Callable:
    """A bulk action on rows the person meets in the admin: its page names every row, refused ones included."""

    @wraps(view)
    def gate(request, app_label: str, model_name: str, action: str):
        if edits_every_unit(request.user):
            return view(request, app_label, model_name, action)
        numbers = request.GET.getlist("id")
        if not all(number.isascii() and number.isdigit() for number in numbers):
            raise PermissionDenied
        rows = _own_rows(app_label, model_name, request.user).filter(pk__in=numbers)
        if rows.count() != len(set(numbers)):
            raise PermissionDenied
        return view(request, app_label, model_name, action)

    return gate


def _own_rows(app_label: str, model_name: str, user):
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        return policy.explorable_instances(user)
    return policy.instances_user_has_any_permission_for(user, ["add", "change", "delete"])


def gated(patterns: list[URLPattern], prefix: str, gate: Callable) -> list[URLPattern]:
    """The same addresses with a gate before each view; their names stay with Wagtail's own patterns."""
    return [path(f"{prefix}{pattern.pattern}", gate(pattern.callback)) for pattern in patterns]
