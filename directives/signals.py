"""What publishing an official document sets off, and what documents follow: names in the catalogues."""

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.signals import page_published

from directives.models import (
    Citation,
    DirectivePage,
    DocumentKind,
    DocumentStub,
    IntakeRecord,
    IntakeState,
    Organ,
    OrganName,
    SubjectField,
)
from directives.models.linking import relink, relink_to, write_citations
from directives.models.original import keep_facts
from directives.official import OfficialDocument
from search.changes import readers_changed
from search.indexing import refresh_where
from search.labels import name_new_values, rename_value


def on_published(instance, **kwargs) -> None:
    if isinstance(instance, OfficialDocument):
        name_issuer(instance)
        write_citations(instance)
        keep_facts(instance)
        relink_to(instance, *getattr(instance, "former_numbers", ()))
        IntakeRecord.objects.filter(page_id=instance.pk, state=IntakeState.DRAFTED).update(state=IntakeState.PUBLISHED)


def name_issuer(page) -> None:
    """The filter calls an issuer what the catalogue does: the words of a document may not be for everybody."""
    if page.issuer:
        name_new_values({("issuer", page.issuer.slug): page.issuer.name_on()})


def on_readers_changed(page_ids, **kwargs) -> None:
    """Citations that may mean a document are looked at again once it is known who may read it."""
    for page in DirectivePage.objects.filter(pk__in=page_ids).select_related("kind"):
        relink_to(page)
    relink(Citation.objects.filter(target__in=page_ids, is_chosen=True).values_list("pk", flat=True))


def before_saved(instance, raw=False, update_fields=None, **kwargs) -> None:
    """The number a document bore until now: who cited it by that number does not mean it any more."""
    if raw or not instance.pk or update_fields is not None:
        return
    bore = DirectivePage.objects.filter(pk=instance.pk).values_list("number", "notation").first()
    instance.former_numbers = [bore] if bore and bore != (instance.number, instance.notation) else []


def before_deleted(instance, **kwargs) -> None:
    instance.answered = list(Citation.objects.filter(target=instance.pk).values_list("pk", flat=True))


def on_deleted(instance, **kwargs) -> None:
    """Who cited the document means another one from now on, or one that the site does not hold."""
    relink(Citation.objects.filter(pk__in=getattr(instance, "answered", ())).values_list("pk", flat=True))
    relink_to(instance)


def on_stub_saved(instance, created, raw=False, **kwargs) -> None:
    """What the office completed may decide citations that were open until now."""
    if not created and not raw:
        relink(instance.citations.values_list("pk", flat=True))


def on_kind_saved(instance, created, **kwargs) -> None:
    if not created:
        refresh_where(DirectivePage.objects.filter(kind=instance).values_list("pk", flat=True))


def on_field_saved(instance, created, **kwargs) -> None:
    if not created:
        refresh_where(DirectivePage.objects.filter(fields=instance).values_list("pk", flat=True))


def on_organ_saved(instance, **kwargs) -> None:
    """Documents keep the name their issuer bore; the filter shows its present one."""
    organ = instance.organ if isinstance(instance, OrganName) else instance
    rename_value("issuer", organ.slug, organ.name_on())


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="directives_published")
    readers_changed.connect(on_readers_changed, dispatch_uid="directives_readers")
    pre_save.connect(before_saved, sender=DirectivePage, dispatch_uid="directives_before_saved")
    pre_delete.connect(before_deleted, sender=DirectivePage, dispatch_uid="directives_before_deleted")
    post_delete.connect(on_deleted, sender=DirectivePage, dispatch_uid="directives_deleted")
    post_save.connect(on_stub_saved, sender=DocumentStub, dispatch_uid="directives_stub_saved")
    post_save.connect(on_kind_saved, sender=DocumentKind, dispatch_uid="directives_kind_saved")
    post_save.connect(on_field_saved, sender=SubjectField, dispatch_uid="directives_field_saved")
    for model in (Organ, OrganName):
        post_save.connect(on_organ_saved, sender=model, dispatch_uid="directives_organ_saved")
