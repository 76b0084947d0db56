"""What is done to accounts and roles, in the transaction of the change."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from home.audit import actions
from home.audit.events import Subject
from home.audit.recording import record

BEFORE = "_audit_before"
HIGHEST = "quyền cao nhất"
#: Changed by signing in, which is an event of its own.
UNTOLD = frozenset({"last_login"})
LONGEST_LIST = 400


def account_subject(user) -> Subject:
    return Subject("user", user.pk, user.get_username())


def on_saving(instance, **kwargs) -> None:
    setattr(instance, BEFORE, type(instance).objects.filter(pk=instance.pk).values().first() if instance.pk else None)


def on_saved(instance, created: bool, raw: bool = False, **kwargs) -> None:
    if raw:
        return
    subject = account_subject(instance)
    if created:
        record(actions.ACCOUNT_CREATED, subject)
        before = {"is_superuser": False}
    else:
        before = getattr(instance, BEFORE, None) or {}
    changed = {name for name, value in before.items() if getattr(instance, name) != value} - UNTOLD
    if "is_active" in changed:
        record(actions.ACCOUNT_ENABLED if instance.is_active else actions.ACCOUNT_DISABLED, subject)
    if "is_superuser" in changed:
        record(actions.ROLE_GIVEN if instance.is_superuser else actions.ROLE_TAKEN, subject, role=HIGHEST)
    if "password" in changed:
        record(actions.PASSWORD_CHANGED, subject)
    if others := changed - {"is_active", "is_superuser", "password"}:
        record(actions.ACCOUNT_CHANGED, subject, fields=", ".join(sorted(others)))


def on_deleted(instance, **kwargs) -> None:
    record(actions.ACCOUNT_DELETED, account_subject(instance))


def on_roles(instance, action: str, reverse: bool, pk_set, model, **kwargs) -> None:
    """A person joins or leaves groups, told from either side."""
    deed = _deed(action)
    if not deed:
        return
    others = model.objects.filter(pk__in=pk_set) if pk_set is not None else _held(instance, reverse)
    for other in others:
        person, group = (other, instance) if reverse else (instance, other)
        record(deed, account_subject(person), role=group.name)


def on_own_permissions(instance, action: str, reverse: bool, pk_set, model, **kwargs) -> None:
    """Permissions given to a person beside the roles."""
    deed = _deed(action)
    if deed and not reverse and (pk_set is None or pk_set):
        record(deed, account_subject(instance), permissions=_named(model, pk_set))


def on_permissions(instance, action: str, reverse: bool, pk_set, model, **kwargs) -> None:
    """What a group may do."""
    deed = _deed(action)
    if deed and not reverse and (pk_set is None or pk_set):
        what = "given" if deed == actions.ROLE_GIVEN else "taken"
        record(actions.ROLE_CHANGED, _group_subject(instance), **{what: _named(model, pk_set)})


def on_reach(instance, created: bool = True, signal=None, raw: bool = False, **kwargs) -> None:
    """A group may do something to a page or a collection of files and what lies below it."""
    if raw or not created:
        return
    place = {"page": instance.page_id} if isinstance(instance, GroupPagePermission) else {}
    place = place or {"collection": instance.collection_id}
    what = "taken" if signal is post_delete else "given"
    group = Group.objects.filter(pk=instance.group_id).first()
    subject = _group_subject(group) if group else Subject("group", instance.group_id)
    record(actions.ROLE_CHANGED, subject, **{what: instance.permission.codename}, **place)


def _deed(action: str) -> str:
    return {
        "post_add": actions.ROLE_GIVEN,
        "post_remove": actions.ROLE_TAKEN,
        "pre_clear": actions.ROLE_TAKEN,
    }.get(action, "")


def _held(instance, reverse: bool):
    return instance.user_set.all() if reverse else instance.groups.all()


def _group_subject(group) -> Subject:
    return Subject("group", group.pk, group.name)


def _named(model, pk_set) -> str:
    if pk_set is None:
        return "tất cả"
    names = ", ".join(model.objects.filter(pk__in=pk_set).order_by("codename").values_list("codename", flat=True))
    return names if len(names) <= LONGEST_LIST else f"{len(pk_set)} quyền: {names[:LONGEST_LIST]}…"


def connect() -> None:
    user = get_user_model()
    pre_save.connect(on_saving, sender=user, dispatch_uid="audit_account_saving")
    post_save.connect(on_saved, sender=user, dispatch_uid="audit_account_saved")
    post_delete.connect(on_deleted, sender=user, dispatch_uid="audit_account_deleted")
    m2m_changed.connect(on_roles, sender=user.groups.through, dispatch_uid="audit_roles")
    m2m_changed.connect(on_own_permissions, sender=user.user_permissions.through, dispatch_uid="audit_own_permissions")
    m2m_changed.connect(on_permissions, sender=Group.permissions.through, dispatch_uid="audit_permissions")
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(on_reach, sender=model, dispatch_uid=f"audit_reach_{model.__name__}")
        post_delete.connect(on_reach, sender=model, dispatch_uid=f"audit_reach_gone_{model.__name__}")
