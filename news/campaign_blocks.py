"""Blocks of a campaign: slogans, tasks, targets, occasions, stages."""

from datetime import date

from django.core.exceptions import ValidationError
from wagtail import blocks

from home.partial_dates import PartialDateBlock

STAGE_KINDS = [("launch", "Phát động"), ("interim", "Sơ kết"), ("final", "Tổng kết")]


class SideBlock(blocks.CharBlock):
    """One of the issuing sides, e.g. "Ban Chấp hành Công đoàn"."""

    class Meta:
        icon = "group"
        label = "Bên phát động"


class TaskBlock(blocks.StructBlock):
    """An emulation task: a short name of the portal's own, and the words of the document."""

    heading = blocks.CharBlock(label="Tên ngắn", required=False, max_length=80)
    text = blocks.TextBlock(label="Nội dung (nguyên văn)", rows=3)
    topics = blocks.ListBlock(blocks.CharBlock(label="Lĩnh vực", max_length=80), label="Lĩnh vực", default=[])

    class Meta:
        icon = "tasks"
        label = "Nhiệm vụ"


class TargetBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="Nội dung", max_length=255)
    unit = blocks.CharBlock(label="Đơn vị tính", required=False, max_length=40)
    planned = blocks.CharBlock(label="Chỉ tiêu", required=False, max_length=80)
    achieved = blocks.CharBlock(label="Kết quả", required=False, max_length=80)

    class Meta:
        icon = "order"
        label = "Chỉ tiêu"


class CriterionBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="Tiêu chí", max_length=255)
    points = blocks.DecimalBlock(label="Điểm", required=False, min_value=0)
    basis = blocks.CharBlock(label="Căn cứ", required=False, max_length=255)
    is_mandatory = blocks.BooleanBlock(label="Bắt buộc", required=False)

    class Meta:
        icon = "check"
        label = "Tiêu chí"


def as_kept(block, part):
    """A part as the database keeps it, also one that a form has not checked yet: "03/02/1930" → "1930-02-03"."""
    if isinstance(part, str) and isinstance(block, blocks.DateBlock | blocks.IntegerBlock):
        try:
            part = block.field.to_python(part)
        except ValidationError:
            return part
    return part.isoformat() if isinstance(part, date) else part


class OccasionBlock(blocks.StructBlock):
    """An occasion the campaign celebrates, in the words of the document."""

    text = blocks.CharBlock(label="Dịp", max_length=255)
    years = blocks.IntegerBlock(label="Số năm", required=False, min_value=1)
    calendar = blocks.ChoiceBlock(
        search_index=False, label="Lịch", choices=[("solar", "Dương lịch"), ("lunar", "Âm lịch")], default="solar"
    )
    day = blocks.IntegerBlock(label="Ngày", required=False, min_value=1, max_value=31)
    month = blocks.IntegerBlock(label="Tháng", required=False, min_value=1, max_value=12)
    since_on = blocks.DateBlock(label="Từ ngày", required=False)
    until_on = blocks.DateBlock(label="Đến ngày", required=False)

    def get_prep_value(self, value):
        """Dates and numbers as they are read back: a form that nobody changed must not count as edited."""
        kept = super().get_prep_value(value)
        return {name: as_kept(self.child_blocks[name], part) for name, part in kept.items()}

    class Meta:
        icon = "date"
        label = "Dịp kỷ niệm"


class StageBlock(blocks.StructBlock):
    """A stage of the campaign; whether it is over is computed from its date."""

    kind = blocks.ChoiceBlock(search_index=False, label="Giai đoạn", choices=STAGE_KINDS)
    held_on = PartialDateBlock(label="Thời gian")
    note = blocks.CharBlock(label="Ghi chú", required=False, max_length=160)
    report = blocks.PageChooserBlock(label="Báo cáo, văn bản", required=False)

    class Meta:
        icon = "history"
        label = "Giai đoạn"


class Stages(blocks.StreamBlock):
    """Stages in order: each not earlier than the one before it."""

    stage = StageBlock()

    def clean(self, value):
        value = super().clean(value)
        dates = [child.value["held_on"].first_day() for child in value if child.value["held_on"]]
        if dates != sorted(dates):
            raise blocks.StreamBlockValidationError(
                non_block_errors=[ValidationError("Các giai đoạn phải theo thứ tự thời gian.")]
            )
        return value
