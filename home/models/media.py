"""Files and images: private until a page that the reader may see uses them."""

import hashlib

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture with the credit that goes with it wherever it is shown."""

    credit = models.CharField("nguồn ảnh", max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    @property
    def default_alt_text(self) -> str:
        return self.description or self.title


class PortalRendition(AbstractRendition):
    """One size of a picture, served by the application under the audience rule."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class PortalDocument(AbstractDocument):
    """An uploaded file, kept byte for byte."""

    sha256 = models.CharField("giá trị băm SHA-256", max_length=64, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "tệp"
        verbose_name_plural = "tệp"

    def clean(self) -> None:
        """A file the form has already refused needs no second word about its extension."""
        if self.file:
            super().clean()

    def save(self, *args, **kwargs) -> None:
        """Recompute size and digest whenever the file may have been replaced."""
        if self.file and not self.file._committed:
            self.sha256 = digest_of(self.file)
            self.file_size = self.file.size
        super().save(*args, **kwargs)

    @property
    def kind_label(self) -> str:
        """The file type as people say it, e.g. "PDF"."""
        return self.file_extension.upper()

    @property
    def short_digest(self) -> str:
        """Beginning and end of the digest, e.g. "7dc05602 b9873f4b … bdfa2115"."""
        return f"{self.sha256[:8]} {self.sha256[8:16]} … {self.sha256[-8:]}" if self.sha256 else ""


def digest_of(file) -> str:
    """SHA-256 of a file, e.g. "7dc05602…", read in pieces; the file is left at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
