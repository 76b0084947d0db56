"""The page of a campaign: the call as a document, and the campaign it starts."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField

from directives.models.document_page import DocumentPageMixin
from directives.official import OfficialDocument
from home.base import SitePage
from home.partial_dates import PartialDateField
from news.campaign_blocks import STAGE_KINDS, CriterionBlock, OccasionBlock, SideBlock, Stages, TargetBlock, TaskBlock
from news.campaign_panels import campaign_edit_handler
from news.campaign_progress import Progress, StageState, campaign_claim, last_day, stage_states
from search.contract import SearchDocument, StateDates
from search.states import CAMPAIGN, State, state_on
from search.vietnamese.dates import PartialDate


def lines(name: str, label: str) -> StreamField:
    """A list of short texts, e.g. slogans."""
    block = blocks.CharBlock(label=label, max_length=500)
    return StreamField(blocks.StreamBlock([("line", block)]), blank=True, verbose_name=name)


class CampaignPage(DocumentPageMixin, OfficialDocument, SitePage):
    """An emulation campaign (law 06/2022 art. 16-17) together with the call that launched it."""

    code = models.CharField("mã phong trào", max_length=20, blank=True, help_text="Ví dụ: PT-2024-001.")
    campaign_year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    emulation_form = models.ForeignKey(
        "news.EmulationForm", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="hình thức tổ chức",
    )  # fmt: skip
    emulation_scope = models.ForeignKey(
        "news.EmulationScope", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="phạm vi",
    )  # fmt: skip
    scope_text = models.CharField("phạm vi như trong văn bản", max_length=255, blank=True)
    participants = models.CharField("đối tượng tham gia", max_length=255, blank=True)
    theme = models.CharField("chủ đề", max_length=255, blank=True)
    sides = StreamField(
        blocks.StreamBlock([("side", SideBlock(max_length=255))]), blank=True, verbose_name="cơ quan phát động"
    )
    slogans = lines("khẩu hiệu", "Khẩu hiệu")
    objectives = lines("mục tiêu", "Mục tiêu")
    tasks = StreamField(blocks.StreamBlock([("task", TaskBlock())]), blank=True, verbose_name="nội dung thi đua")
    targets = StreamField(blocks.StreamBlock([("target", TargetBlock())]), blank=True, verbose_name="chỉ tiêu")
    criteria = StreamField(
        blocks.StreamBlock([("criterion", CriterionBlock())]), blank=True, verbose_name="tiêu chí bình xét"
    )
    occasions = StreamField(
        blocks.StreamBlock([("occasion", OccasionBlock())]), blank=True, verbose_name="thi đua chào mừng"
    )
    period_from = PartialDateField("thực hiện từ", help_text="Chưa rõ ngày: ghi 3/2024 hoặc 2024.")
    period_until = PartialDateField("thực hiện đến")
    pledge_deadline_on = models.DateField("hạn đăng ký giao ước", null=True, blank=True)
    dossier_deadline_on = models.DateField("hạn nộp hồ sơ", null=True, blank=True)
    stages = StreamField(Stages(), blank=True, verbose_name="các giai đoạn")
    parent_campaign = models.CharField("thực hiện phong trào cấp trên", max_length=255, blank=True)
    results = models.TextField("kết quả khen thưởng", blank=True)
    fields = ParentalManyToManyField("directives.SubjectField", blank=True, related_name="+", verbose_name="lĩnh vực")

    index_kind = "campaign"
    read_together = (*SitePage.read_together, "fields", "issuer")
    edit_handler = campaign_edit_handler
    template = "news/campaign_page.html"
    parent_page_types = ["news.CampaignIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Phong trào thi đua"
        verbose_name_plural = "Phong trào thi đua"

    # --- in time -------------------------------------------------------------

    def _stage_rows(self) -> list:
        # The raw values: choosing blocks would load the reports' pages for nothing.
        labels = dict(STAGE_KINDS)
        rows = [row["value"] for row in self.stages.raw_data]
        return [
            (labels[row["kind"]], PartialDate.from_iso(row["held_on"]), row.get("note", ""))
            for row in rows
            if row["held_on"]
        ]

    def stage_states(self) -> list[StageState]:
        """The stages with their state today, e.g. phát động done, tổng kết next."""
        return stage_states(self._stage_rows(), timezone.localdate())

    @property
    def progress(self) -> Progress:
        """The stages and today, for the line of time."""
        return Progress(self.stage_states(), timezone.localdate())

    @property
    def state(self) -> State | None:
        claim = campaign_claim(self._stage_rows(), self.period_from, self.period_until, timezone.localdate())
        return state_on(StateDates(claim or self.application), timezone.localdate())

    def state_dates(self) -> StateDates:
        """For the index: running from the first to the last day that is known."""
        rows = self._stage_rows()
        begins = self.period_from or (rows[0][1] if rows else None)
        ends = self.period_until or (rows[-1][1] if rows else None)
        if self.application not in ("", "running") or not (begins or ends):
            return StateDates(self.application)
        return StateDates(CAMPAIGN, begins.first_day() if begins else None, last_day(ends) if ends else None)

    # --- what is missing and how it is found ---------------------------------

    def own_gaps(self) -> list[str]:
        """What law 06/2022 art. 17 asks of a campaign and this one does not say yet."""
        kinds = {child.value["kind"] for child in self.stages}
        checks = (
            (self.tasks, "Nội dung thi đua"),
            (self.targets, "Chỉ tiêu thi đua"),
            (self.criteria, "Tiêu chí bình xét"),
            (self._has_exact_period(), "Thời gian bắt đầu, kết thúc"),
            ("launch" in kinds, "Thời điểm phát động"),
            ("interim" in kinds, "Sơ kết"),
            ("final" in kinds, "Tổng kết"),
            (self.emulation_form_id, "Hình thức tổ chức"),
            (self.results, "Kết quả khen thưởng"),
        )
        return [label for held, label in checks if not held]

    def _has_exact_period(self) -> bool:
        ends = (self.period_from, self.period_until)
        return all(end and end.precision in ("day", "month") for end in ends)

    def search_document(self) -> SearchDocument:
        tasks = " ".join(f"{child.value['heading']} {child.value['text']}" for child in self.tasks)
        words = [*(c.value for c in self.slogans), *(c.value for c in self.objectives), *(c.value for c in self.sides)]
        return SearchDocument(
            kind="campaign",
            title=self.title,
            summary=self.abstract,
            body=" ".join((self.document_text(), tasks, *words)),
            number=self.number,
            separator=self.separator,
            notation=self.notation,
            issued_on=self.issued_on,
            type_key="phat_dong",
            type_name="Phát động thi đua",
            issuer_key=self.issuer.slug if self.issuer else "",
            issuer_name=self.issuer_name,
            unit_id=self.unit_id,
            unit_name=self.unit.title if self.unit else "",
            topics=tuple(field.name for field in self.fields.all()),
            state=self.state_dates(),
            is_official=True,
            files=self.attached_files(),
        )
