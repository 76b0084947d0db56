"""What publishing an official document sets off, and what documents follow: names in the catalogues."""

from django.db.models.signals import post_save
from wagtail.signals import page_published

from directives.models import DirectivePage, DocumentKind, Organ, OrganName, SubjectField
from directives.models.linking import relink_to, write_citations
from directives.official import OfficialDocument
from search.changes import readers_changed
from search.indexing import refresh_where
from search.labels import name_new_values, rename_value


def on_published(instance, **kwargs) -> None:
    if isinstance(instance, OfficialDocument):
        name_issuer(instance)
        write_citations(instance)
        relink_to(instance)


def name_issuer(page) -> None:
    """The filter calls an issuer what the catalogue does: the words of a document may not be for everybody."""
    if page.issuer:
        name_new_values({("issuer", page.issuer.slug): page.issuer.name_on()})


def on_readers_changed(page_ids, **kwargs) -> None:
    """Citations that may mean a document are looked at again once it is known who may read it."""
    for page in DirectivePage.objects.filter(pk__in=page_ids).exclude(notation=""):
        relink_to(page)


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
    post_save.connect(on_kind_saved, sender=DocumentKind, dispatch_uid="directives_kind_saved")
    post_save.connect(on_field_saved, sender=SubjectField, dispatch_uid="directives_field_saved")
    for model in (Organ, OrganName):
        post_save.connect(on_organ_saved, sender=model, dispatch_uid="directives_organ_saved")
