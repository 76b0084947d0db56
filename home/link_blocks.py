"""Columns of links at the foot of the site."""

from django.core.exceptions import ValidationError
from wagtail import blocks


class LinkBlock(blocks.StructBlock):
    """A page of the site or an outside address."""

    label = blocks.CharBlock(label="Tên hiển thị", max_length=80)
    page = blocks.PageChooserBlock(label="Trang", required=False)
    address = blocks.CharBlock(
        label="Địa chỉ", required=False, max_length=255, help_text="https://… hoặc /duong-dan/ trên cổng này."
    )

    class Meta:
        icon = "link"
        label = "Liên kết"

    def clean(self, value):
        value = super().clean(value)
        address = value["address"]
        if not value["page"] and not address:
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError("Hãy chọn một trang hoặc ghi địa chỉ.")}
            )
        if address and not address.startswith(("https://", "http://", "/")):
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError("Địa chỉ phải bắt đầu bằng https:// hoặc /.")}
            )
        return value


class LinkColumn(blocks.StructBlock):
    heading = blocks.CharBlock(label="Tiêu đề cột", max_length=60)
    links = blocks.ListBlock(LinkBlock(), label="Liên kết")

    class Meta:
        icon = "list-ul"
        label = "Cột liên kết"


class LinkColumns(blocks.StreamBlock):
    column = LinkColumn()

    class Meta:
        max_num = 3
