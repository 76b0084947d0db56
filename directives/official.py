"""What every official document has: number and notation, date, issuer, signer, recipients, text, files."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search.index import AutocompleteField, SearchField
from wagtail.url_routing import RouteResult

from directives.blocks import CitationBlock, DocumentBody, RecipientBlock, SignerBlock
from directives.numbering import validate_number_shape
from home.blocks import AttachmentBlock, files_in, text_of
from home.partial_dates import PartialDateField
from search.contract import StateDates
from search.states import APPLICATION, LABELS, VALIDITY, State, state_on
from search.vietnamese.letters import clean, plain_signs

URGENCIES = [("", "Không"), ("1", "Khẩn"), ("2", "Thượng khẩn"), ("3", "Hỏa tốc")]
VALIDITY_CHOICES = [(key, LABELS[key][0]) for key in VALIDITY]
APPLICATION_CHOICES = [(key, LABELS[key][0]) for key in APPLICATION]
VIEWS = {"ban-in": "print", "toan-van": "full_text"}


class OfficialDocument(models.Model):
    """Abstract. Identity never depends on number, date or title: all three may come later.

    What the document said at its issue (names of issuer and signer) is frozen here; what is true now is a link.
    """

    # The admin finds a document by its number as well: editors know it as 39-CT/TW.
    search_fields = [*Page.search_fields, SearchField("printed_number"), AutocompleteField("printed_number")]

    kind = models.ForeignKey(
        "directives.DocumentKind",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="loại văn bản",
    )
    printed_kind = models.CharField(
        "tên loại như in trên văn bản", max_length=120, blank=True, help_text="Để trống: theo danh mục loại văn bản."
    )
    number = models.CharField("số", max_length=11, blank=True, help_text="Để trống khi chưa cấp số.")
    separator = models.CharField(
        "dấu giữa số và ký hiệu",
        max_length=1,
        default="/",
        choices=[("/", "/ (Nhà nước: 15/QĐ-STNMT)"), ("-", "- (Đảng: 15-QĐ/TW)")],
    )
    notation = models.CharField("ký hiệu", max_length=40, blank=True, help_text="Ví dụ: STNMT-VP, 2024/NĐ-CP, CT/TW.")
    issued_on = PartialDateField("ngày ban hành", help_text="Chưa rõ ngày: ghi 3/2024 hoặc 2024.")
    place = models.CharField("địa danh", max_length=100, blank=True)
    abstract = models.TextField("trích yếu", max_length=500, blank=True)
    issuer = models.ForeignKey(
        "directives.Organ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="cơ quan ban hành",
    )
    issuer_name = models.CharField(
        "tên cơ quan khi ban hành",
        max_length=200,
        blank=True,
        help_text="Giữ nguyên dù cơ quan đổi tên sau này.",
    )
    parent_issuer_name = models.CharField("cơ quan chủ quản khi ban hành", max_length=200, blank=True)
    urgency = models.CharField("mức độ khẩn", max_length=1, choices=URGENCIES, blank=True, default="")
    addressees = StreamField(
        blocks.StreamBlock([("addressee", blocks.CharBlock(label="Kính gửi", max_length=255))]),
        blank=True,
        verbose_name="kính gửi",
    )
    signers = StreamField(blocks.StreamBlock([("signer", SignerBlock())]), blank=True, verbose_name="người ký")
    recipients = StreamField(blocks.StreamBlock([("recipient", RecipientBlock())]), blank=True, verbose_name="nơi nhận")
    body = StreamField(DocumentBody(), blank=True, verbose_name="toàn văn")
    cited = StreamField(
        blocks.StreamBlock([("citation", CitationBlock())]), blank=True, verbose_name="văn bản dẫn chiếu"
    )
    attachments = StreamField(
        blocks.StreamBlock([("attachment", AttachmentBlock())]), blank=True, verbose_name="tệp đính kèm"
    )
    effective_from = models.DateField("ngày có hiệu lực", null=True, blank=True)
    effective_until = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    validity = models.CharField("tình trạng hiệu lực", max_length=16, choices=VALIDITY_CHOICES, blank=True)
    validity_source = models.CharField(
        "theo nguồn", max_length=255, blank=True, help_text="Tình trạng hiệu lực là lời khẳng định có nguồn."
    )
    validity_checked_on = models.DateField("ngày kiểm tra hiệu lực", null=True, blank=True)
    application = models.CharField("tình trạng áp dụng", max_length=16, choices=APPLICATION_CHOICES, blank=True)
    is_not_secret = models.BooleanField("Tôi xác nhận văn bản không chứa bí mật nhà nước", default=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.number = clean(self.number).strip()
        self.notation = plain_signs(clean(self.notation)).replace(" ", "").strip("/-")
        if messages := validate_number_shape(self.number, self.notation):
            raise ValidationError({"number": list(messages)})
        if self.effective_from and self.effective_until and self.effective_until < self.effective_from:
            raise ValidationError({"effective_until": "Ngày hết hiệu lực phải sau ngày có hiệu lực."})

    # --- how it reads ------------------------------------------------------

    @property
    def printed_number(self) -> str:
        """Number and notation as cited, e.g. "39-CT/TW"; "…/STNMT-VP" while the number is missing."""
        if not self.notation:
            return self.number
        return f"{self.number or '…'}{self.separator}{self.notation}"

    @property
    def year(self) -> int | None:
        return self.issued_on.year if self.issued_on else None

    @property
    def signer_line(self) -> str:
        """Who signed, e.g. "Nguyễn Văn Lộc, Giám đốc"."""
        return "; ".join(
            ", ".join(part for part in (child.value["name"], child.value["office"]) if part) for child in self.signers
        )

    def state_dates(self) -> StateDates:
        """Validity for what creates rules, application for what steers work (domain.md 5.1)."""
        if self.validity:
            return StateDates(self.validity, self.effective_from, self.effective_until)
        return StateDates(self.application, self.effective_from, self.effective_until)

    @property
    def state(self) -> State | None:
        return state_on(self.state_dates(), timezone.localdate())

    @property
    def is_recalled(self) -> bool:
        return self.application == "recalled"

    @property
    def citation_text(self) -> str:
        """The document as others cite it (Decree 30, annex I.II.6)."""
        from search.vietnamese.dates import spell_long

        kind = self.kind.name if self.kind else "Văn bản"
        number = f"số {self.printed_number}" if self.printed_number else ""
        day = spell_long(self.issued_on) if self.issued_on else ""
        issuer = f"của {self.issuer_name}" if self.issuer_name else ""
        return " ".join(part for part in (kind, number, day, issuer, self.abstract) if part)

    # --- what publishing derives --------------------------------------------

    def freeze_names(self) -> None:
        """Write the names of issuer and parent as they were on the day of issue, once."""
        day = self.issued_on.first_day() if self.issued_on else None
        if self.issuer and not self.issuer_name:
            self.issuer_name = self.issuer.name_on(day)
            if self.issuer.parent and not self.parent_issuer_name:
                self.parent_issuer_name = self.issuer.parent.name_on(day)

    def attached_files(self) -> tuple[int, ...]:
        """The files the public may fetch: none once the document is recalled (domain.md 1.9)."""
        return () if self.is_recalled else files_in(self.attachments)

    def document_text(self) -> str:
        """All its words, for the index; nothing of a recalled text."""
        if self.is_recalled:
            return self.abstract
        signers = " ".join(f"{child.value['name']} {child.value['office']}" for child in self.signers)
        recipients = " ".join(child.value["name"] for child in self.recipients)
        return "\n".join(part for part in (self.abstract, text_of(self.body), signers, recipients) if part.strip())

    def same_numbered(self):
        """Other documents of the same organ, year, number and notation (Decree 30 art. 15): a warning, never a bar."""
        if not (self.number and self.notation and self.year):
            return type(self).objects.none()
        twins = type(self).objects.filter(
            number=self.number, notation__iexact=self.notation, issued_on__startswith=str(self.year)
        )
        return twins.filter(issuer=self.issuer).exclude(pk=self.pk)

    # --- addresses -----------------------------------------------------------

    def route(self, request, path_components) -> RouteResult:
        """The page itself, its print view `ban-in/` and its full text `toan-van/`."""
        if not path_components:
            return RouteResult(self)
        if len(path_components) == 1 and path_components[0] in VIEWS:
            return RouteResult(self, kwargs={"view": VIEWS[path_components[0]]})
        raise Http404
