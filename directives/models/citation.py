"""Cited documents as rows, written at publish from the page's list, for links both ways."""

from django.db import models
from wagtail.models import Page

from home.partial_dates import PartialDateField


class Citation(models.Model):
    """One document cited by one published page.

    Shape: `target` is set when the site holds the document, whoever may read it; `stub` when not everybody may;
    `candidates` are the pages it may mean as well, as `[{"page_id": 7}]`.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=11, blank=True)
    separator = models.CharField(max_length=1, default="/")
    notation = models.CharField(max_length=40, blank=True)
    issued_on = PartialDateField()
    issuer = models.CharField(max_length=255, blank=True)
    abstract = models.CharField(max_length=500, blank=True)
    target = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="cited_by")
    #: A person chose the target: nothing that is published later changes it.
    is_chosen = models.BooleanField(default=False)
    stub = models.ForeignKey("directives.DocumentStub", null=True, on_delete=models.SET_NULL, related_name="citations")
    known_as = models.CharField(max_length=255, blank=True)
    candidates = models.JSONField(default=list)

    class Meta:
        ordering = ["page", "position"]
        indexes = [models.Index(fields=["number", "notation"])]
        verbose_name = "viện dẫn"

    def __str__(self) -> str:
        return self.text
