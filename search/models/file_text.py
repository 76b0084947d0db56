"""Which files a page uses, and what is read in them."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, Q, Value, When
from wagtail.models import Page


class FileUse(models.Model):
    """A file or image that a published page uses: nothing is served that no visible page uses."""

    FILE, IMAGE = "file", "image"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="file_uses")
    kind = models.CharField(max_length=8, choices=[(FILE, "Tệp"), (IMAGE, "Ảnh")])
    file_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "kind", "file_id"], name="file_use_once")]
        indexes = [models.Index(fields=["kind", "file_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id} on {self.page_id}"


class AttachmentPageQuerySet(models.QuerySet):
    def holding(self, terms: Iterable[str]):
        """Pages that hold some of the folded words or pairs, best first: `holding(["dat", "dat_dai"])`.

        Shape: `found` counts the terms that a page holds.
        """
        held = [Q(folded__contains=f" {term.replace('_', ' ')} ") for term in terms]
        if not held:
            return self.none()
        found = sum((Case(When(each, then=1), default=0) for each in held), Value(0))
        return self.annotate(found=found).filter(found__gt=0).order_by("page", "-found", "position")


class AttachmentPage(models.Model):
    """The text of one page of a file attached to a page of the site, for snippets ("trang 3 của …").

    Shape: `number` is 0 where the format knows no pages; `folded` holds the syllables parted by single spaces.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="attachment_pages")
    position = models.PositiveIntegerField()
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=255)
    number = models.PositiveIntegerField(default=0)
    text = models.TextField()
    folded = models.TextField()

    objects = AttachmentPageQuerySet.as_manager()

    class Meta:
        ordering = ["page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "position"], name="attachment_position_once")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.number or ''}".strip()


class FileText(models.Model):
    """The text read from a file of this content, read once however many pages attach it.

    Shape: `pages` lists `{"number": 3, "text": "…"}`, number 0 where the format knows no pages; `problem` says
    why nothing could be read. `read_at` is empty while somebody reads, until `claimed_until`. A text that an
    older reader made stays until the newer one has read the file.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    pages = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    reader_version = models.PositiveSmallIntegerField(default=1)
    claimed_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.content_hash
