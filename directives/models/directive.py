"""The page of one official document."""

from modelcluster.fields import ParentalManyToManyField

from directives.models.document_page import DocumentPageMixin
from directives.official import OfficialDocument
from directives.panels import directive_edit_handler
from home.base import SitePage
from search.contract import SearchDocument


class DirectivePage(DocumentPageMixin, OfficialDocument, SitePage):
    """A document the department issues or passes on."""

    fields = ParentalManyToManyField("directives.SubjectField", blank=True, related_name="+", verbose_name="lĩnh vực")

    index_kind = "directive"
    read_together = (*SitePage.read_together, "fields", "kind", "issuer")
    edit_handler = directive_edit_handler
    template = "directives/directive_page.html"
    parent_page_types = ["directives.DirectiveIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Văn bản"
        verbose_name_plural = "Văn bản"

    def search_document(self) -> SearchDocument:
        """What the index keeps: the register row of the document."""
        return SearchDocument(
            kind="directive",
            title=self.abstract or self.title,
            body=self.document_text(),
            number=self.number,
            separator=self.separator,
            notation=self.notation,
            issued_on=self.issued_on,
            type_key=self.kind.slug if self.kind else "",
            type_name=self.kind.name if self.kind else "",
            issuer_key=self.issuer.slug if self.issuer else "",
            issuer_name=self.issuer_name,
            unit_id=self.unit_id,
            unit_name=self.unit.title if self.unit else "",
            topics=tuple(field.name for field in self.fields.all()),
            state=self.state_dates(),
            is_official=True,
            files=self.attached_files(),
        )
