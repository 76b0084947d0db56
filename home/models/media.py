"""Files and images: private until a page that the reader may see uses them."""

import hashlib
import logging
import posixpath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from home.kept_files import OwnsFile
from home.pictures import clean_picture, is_bare
from home.storage import RANDOM_PART, plain_name
from search.vietnamese.slugs import slugify

logger = logging.getLogger(__name__)


class PortalImage(OwnsFile, AbstractImage):
    """A picture with the credit that goes with it wherever it is shown; nothing else is in its file."""

    credit = models.CharField("nguồn ảnh", max_length=120, blank=True)

    withheld_on = models.DateField(
        "ẩn khỏi cổng từ ngày",
        null=True,
        blank=True,
        help_text="Người trong ảnh đã rút lại đồng ý: ảnh không hiện ở trang nào. Chỉ xóa ngày này khi người đó"
        " đồng ý lại hoặc trong ảnh không có người đó.",
    )

    #: The page whose person took the consent back; with a new consent it shows the picture again.
    withheld_for = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "withheld_on")

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        indexes = [models.Index(fields=["file"], name="image_file")]

    @property
    def is_shown(self) -> bool:
        """Whether the picture may be seen where it is used."""
        return self.withheld_on is None

    @property
    def default_alt_text(self) -> str:
        return self.description or self.title

    def get_upload_to(self, filename: str) -> str:
        """Plain letters only: the address stands in lists of sizes, which are parted by spaces and commas."""
        stem, extension = posixpath.splitext(plain_name(filename))
        return f"original_images/{slugify(stem)[:60] or 'anh'}{extension.lower()}"

    def take_in(self) -> None:
        """What a camera wrote beside the picture goes, whatever way the picture came.

        Errors: home.uploads.Refused when there is something of that kind in a picture that cannot be read.
        """
        self.file.seek(0)
        data = self.file.read()
        self.file.seek(0)
        if not is_bare(data):
            name = posixpath.basename(self.file.name)
            self.file = ContentFile(clean_picture(name, data, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS), name)
            self.file_size = self.file.size

    def drop_what_was_made_of_it(self) -> None:
        self.renditions.all().delete()

    def create_renditions(self, *filters) -> dict:
        """Each size by itself: of two processes that make one at once, the second takes what the first has made."""
        return {each: self.create_rendition(each) for each in filters}

    def create_rendition(self, filter):
        """A size of the picture; the picture itself while no size can be made, so that the page stays up."""
        try:
            return super().create_rendition(filter)
        except OSError:
            logger.exception("no %s of picture %s could be made", filter.spec, self.pk)
            stand_in = PortalRendition(image=self, filter_spec=filter.spec, focal_point_key=filter.get_cache_key(self))
            stand_in.file.name, stand_in.width, stand_in.height = self.file.name, self.width, self.height
            stand_in._from_cache = True  # and so it is not put into the cache
            return stand_in


class PortalRendition(AbstractRendition):
    """One size of a picture, served by the application under the audience rule."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
        indexes = [models.Index(fields=["file"], name="rendition_file")]

    def get_upload_to(self, filename: str) -> str:
        """The address of a size does not tell the address of the whole picture."""
        return super().get_upload_to(RANDOM_PART.sub("", filename, count=1))

    @staticmethod
    def construct_cache_key(image, filter_cache_key: str, filter_spec: str) -> str:
        """Each file of a picture has keys of its own: other processes keep the sizes of a replaced one."""
        return f"wagtail-rendition-{image.pk}-{image.file.name}-{filter_cache_key}-{filter_spec}"


class PortalDocument(OwnsFile, AbstractDocument):
    """An uploaded file, kept byte for byte."""

    sha256 = models.CharField("giá trị băm SHA-256", max_length=64, blank=True, editable=False)
    traces = models.JSONField("điều còn ghi trong tệp", null=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        indexes = [models.Index(fields=["file"], name="document_file")]

    def clean(self) -> None:
        """A file the form has already refused needs no second word about its extension."""
        if self.file:
            super().clean()

    def read_new_file(self) -> None:
        self.sha256 = digest_of(self.file)
        self.file_size = self.file.size
        self.traces = None

    @property
    def url(self) -> str:
        """Its address, by the name nobody can guess: a number would tell how many files lie in between."""
        return reverse("file", args=[self.filename]) if self.filename else ""

    @classmethod
    def path_of(cls, filename: str) -> str:
        """Where a file of this name lies: `path_of("a.k3j5x8a2b4cd.pdf")` is "documents/a.k3j5x8a2b4cd.pdf"."""
        return posixpath.join(cls._meta.get_field("file").upload_to, filename)

    @property
    def shown_name(self) -> str:
        """The name under which people get the file, e.g. "Kế hoạch.pdf"."""
        return plain_name(self.file.name)

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
