"""When a session ends: with the account, with a role, after idle time, and at the latest after a day's work."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils import timezone

from portal.models import StaffSession, UnitDesk, User

SEEN, SINCE = "seen", "since"
BACKGROUND = "/quan-tri/editing-sessions/"
SHORTEST_STEP_SECONDS = 60


def end_sessions(user_ids) -> None:
    """Delete every session of these accounts: their next request is a stranger's."""
    StaffSession.objects.filter(account_id__in=list(user_ids)).delete()


def idle_limit_seconds(user) -> int:
    """How long this person may do nothing: shorter for those who work for every unit."""
    return settings.SESSION_IDLE_SECONDS_OFFICE if user.sees_every_unit else settings.SESSION_IDLE_SECONDS


class EndsSessions:
    """Ends a session that is over before anything is answered; keeps when its person was last seen.

    What the editor's page asks of itself in the background is no sign of a person.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            end_if_over(request)
        return self.get_response(request)


def end_if_over(request) -> None:
    """Turn the request into a stranger's when its session is over; else note that the person was seen."""
    session, user = request.session, request.user
    if not user.is_authenticated:
        if SESSION_KEY in session:
            # A disabled account: were the row kept, the session would live again with the account.
            session.flush()
        return
    now = int(time.time())
    seen, since = session.get(SEEN, now), session.get(SINCE, now)
    if now - seen > idle_limit_seconds(user) or now - since > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif SINCE not in session or (now - seen >= SHORTEST_STEP_SECONDS and not request.path.startswith(BACKGROUND)):
        session[SINCE], session[SEEN] = since, now


def on_signed_in(request, **kwargs) -> None:
    """The session's clock starts; what has expired meanwhile is cleared away."""
    request.session[SINCE] = request.session[SEEN] = int(time.time())
    StaffSession.objects.filter(expire_date__lt=timezone.now()).delete()


def on_user_saving(instance, update_fields=None, **kwargs) -> None:
    is_named = update_fields is None or "is_superuser" in update_fields
    if is_named and not instance.is_superuser and User.objects.filter(pk=instance.pk, is_superuser=True).exists():
        end_sessions([instance.pk])


def on_user_saved(instance, **kwargs) -> None:
    if not instance.is_active:
        end_sessions([instance.pk])


def on_user_deleted(instance, **kwargs) -> None:
    end_sessions([instance.pk])


def on_groups_changed(instance, action, reverse, pk_set, **kwargs) -> None:
    """A role that is taken away ends the sessions of whoever held it, from whichever side it was taken."""
    if action not in ("post_remove", "pre_clear"):
        return
    is_all = action == "pre_clear"
    if reverse:
        end_for_role(instance, _holders(instance) if is_all else pk_set)
        return
    taken = instance.groups.all() if is_all else Group.objects.filter(pk__in=pk_set)
    if taken.exclude(pk__in=_desk_groups()).exists():
        end_sessions([instance.pk])


def on_role_deleting(instance, **kwargs) -> None:
    end_for_role(instance, _holders(instance))


def end_for_role(group: Group, user_ids) -> None:
    """End the sessions of these holders of a role. The group of a unit is none: who leaves stays on the staff."""
    if not _desk_groups().filter(group_id=group.pk).exists():
        end_sessions(user_ids)


def _holders(group: Group):
    return group.user_set.values_list("pk", flat=True)


def _desk_groups():
    return UnitDesk.objects.values_list("group_id", flat=True)


def connect() -> None:
    user_logged_in.connect(on_signed_in, dispatch_uid="session_begins")
    pre_save.connect(on_user_saving, sender=User, dispatch_uid="session_ends_saving")
    post_save.connect(on_user_saved, sender=User, dispatch_uid="session_ends_saved")
    post_delete.connect(on_user_deleted, sender=User, dispatch_uid="session_ends_deleted")
    m2m_changed.connect(on_groups_changed, sender=User.groups.through, dispatch_uid="session_ends_groups")
    pre_delete.connect(on_role_deleting, sender=Group, dispatch_uid="session_ends_role")
