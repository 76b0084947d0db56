"""The department whose portal this is: head and foot of every page."""

from datetime import UTC

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from home.link_blocks import LinkColumns
from search.visibility import open_grants


@register_setting(icon="home")
class Department(BaseGenericSetting):
    """Name, place and contacts of the department, edited by the office."""

    name = models.CharField("tên cơ quan", max_length=200, default="Tên cơ quan")
    parent_name = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    province = models.CharField("tỉnh, thành phố", max_length=100, blank=True)
    place = models.CharField("địa danh ghi trên văn bản", max_length=100, blank=True)
    code = models.CharField("chữ viết tắt", max_length=30, blank=True, help_text="Ví dụ: STNMT.")
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    responsible = models.CharField("chịu trách nhiệm nội dung", max_length=160, blank=True)
    contact_unit = models.CharField("đầu mối cung cấp thông tin", max_length=160, blank=True)
    notice = models.CharField("ghi chú chân trang", max_length=255, blank=True)
    emblem = models.ForeignKey(
        "home.PortalImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="biểu trưng",
        help_text="Để trống: dùng hình minh họa có sẵn.",
    )
    links = StreamField(LinkColumns(), blank=True, verbose_name="các cột liên kết chân trang")
    footer = models.JSONField(default=list, editable=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("name", "parent_name", "province", "place", "code", "emblem")], "Cơ quan"
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("address", "phone", "email", "responsible", "contact_unit", "notice")], "Liên hệ"
        ),
        FieldPanel("links"),
    ]

    class Meta:
        verbose_name = "Thông tin cơ quan"

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.footer = self.resolve_links()
        super().save(*args, **kwargs)

    def resolve_links(self) -> list[dict]:
        """The link columns with their addresses, written once so that no page of the site looks them up.

        Example: `[{"heading": "Liên kết", "links": [{"label": "Liên hệ", "address": "/lien-he/"}]}]`.
        """
        return [
            {
                "heading": column.value["heading"],
                "links": [link for row in column.value["links"] if (link := link_of(row))],
            }
            for column in self.links
        ]

    @property
    def open_footer(self) -> list[dict]:
        """The link columns without links to pages whose time is over."""
        now = timezone.now().isoformat()
        return [
            column | {"links": [link for link in column["links"] if link.get("until", "9") > now]}
            for column in self.footer
        ]

    @property
    def full_name(self) -> str:
        """The name with its province, e.g. "Sở Tài nguyên và Môi trường tỉnh Kon Tum"."""
        return f"{self.name} {self.province}".strip()


def link_of(row) -> dict[str, str] | None:
    """A link and, where its page closes one day, until when; None when the page is not for the public."""
    page = row["page"]
    if page is None:
        return {"label": row["label"], "address": row["address"]} if row["address"] else None
    grant = open_grants(AnonymousUser()).filter(page_id=page.pk).first()
    if grant is None or not page.url:
        return None
    until = {"until": grant.closes_at.astimezone(UTC).isoformat()} if grant.closes_at else {}
    return {"label": row["label"], "address": page.url} | until
