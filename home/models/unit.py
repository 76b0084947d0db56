"""A unit of the department: who they are now, and what they were called before."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import ArticleBody, files_in, images_in, text_of
from search.contract import SearchDocument, StateDates


class UnitPage(SitePage):
    """One unit. It keeps its address when it is renamed, and stays as a tombstone when it ends."""

    KINDS = [
        ("leadership", "Lãnh đạo Sở"),
        ("office", "Văn phòng"),
        ("inspectorate", "Thanh tra"),
        ("division", "Phòng"),
        ("branch", "Chi cục"),
        ("centre", "Trung tâm"),
        ("registry", "Văn phòng đăng ký"),
        ("fund", "Quỹ"),
        ("union", "Đoàn thể"),
        ("department", "Sở"),
        ("other", "Khác"),
    ]

    code = models.CharField("chữ viết tắt", max_length=30, blank=True, help_text="Như trong ký hiệu văn bản: QLĐĐ.")
    kind = models.CharField("loại đơn vị", max_length=16, choices=KINDS, default="division")
    lede = models.TextField("giới thiệu ngắn", max_length=500, blank=True)
    functions = StreamField(ArticleBody(), blank=True, verbose_name="chức năng, nhiệm vụ")
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    contact_point = models.CharField("đầu mối cung cấp thông tin", max_length=160, blank=True)
    founded_on = models.DateField("ngày thành lập", null=True, blank=True)
    closed_on = models.DateField("ngày kết thúc hoạt động", null=True, blank=True)
    successors = ParentalManyToManyField(
        "self", blank=True, symmetrical=False, related_name="predecessors", verbose_name="nay thuộc đơn vị"
    )

    index_kind = "unit"
    read_together = (*SitePage.read_together, "names", "leaders")
    content_panels = [
        *SitePage.content_panels,
        FieldPanel("code"),
        FieldPanel("kind"),
        FieldPanel("lede"),
        FieldPanel("functions"),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("address", "phone", "email", "contact_point")],
            heading="Liên hệ chính thức",
        ),
        InlinePanel("leaders", heading="Lãnh đạo đơn vị", label="người"),
    ]
    history_panels = [
        FieldPanel("founded_on"),
        FieldPanel("closed_on"),
        FieldPanel("successors"),
        InlinePanel("names", heading="Tên gọi và chữ viết tắt qua các thời kỳ", label="tên gọi"),
        InlinePanel("events", heading="Lịch sử hình thành", label="sự kiện"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Đơn vị"),
            ObjectList(history_panels, heading="Lịch sử"),
            ObjectList([SitePage.audience_panel], heading="Phạm vi"),
            ObjectList(SitePage.promote_panels, heading="Đường dẫn"),
        ]
    )
    template = "home/unit_page.html"
    parent_page_types = ["home.UnitIndexPage", "home.UnitPage"]
    subpage_types = ["home.UnitPage"]

    class Meta:
        verbose_name = "Đơn vị"
        verbose_name_plural = "Đơn vị"

    def name_on(self, day) -> str:
        """What the unit was called on a day, e.g. "Sở Tài nguyên và Môi trường" in 2024."""
        for name in self.names.all():
            if (not name.valid_from or name.valid_from <= day) and (not name.valid_until or name.valid_until >= day):
                return name.name
        return self.title

    @property
    def is_closed(self) -> bool:
        return bool(self.closed_on and self.closed_on <= timezone.localdate())

    def leaders_now(self) -> list:
        """Those in office today, by rank and then by given name."""
        today = timezone.localdate()
        return [leader for leader in self.leaders.all() if leader.is_in_office(today)]

    def search_document(self) -> SearchDocument:
        names = " ".join(f"{name.name} {name.code}" for name in self.names.all())
        people = " ".join(f"{leader.name} {leader.office}" for leader in self.leaders.all())
        return SearchDocument(
            kind="unit",
            title=self.title,
            summary=self.lede,
            body=" ".join((self.code, names, people, text_of(self.functions))),
            type_key=self.kind,
            type_name=self.get_kind_display(),
            byline=self.code,
            unit_id=self.pk,
            unit_name=self.title,
            state=StateDates("closed") if self.is_closed else StateDates(),
            files=files_in(self.functions),
            images=images_in(self.functions),
        )
