"""Blocks of an official document: its text, who signed, who receives it, what it cites."""

from django import forms
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from directives.numbering import validate_number_shape
from home.partial_dates import PartialDateBlock

TEXT_FEATURES = ["bold", "italic"]
AUTHORITIES = [
    ("thay_mat", "TM. (thay mặt)"),
    ("ky_thay", "KT. (ký thay)"),
    ("thua_lenh", "TL. (thừa lệnh)"),
    ("thua_uy_quyen", "TUQ. (thừa ủy quyền)"),
    ("quyen", "Q. (quyền)"),
]
PREFIXES = {"thay_mat": "TM.", "ky_thay": "KT.", "thua_lenh": "TL.", "thua_uy_quyen": "TUQ.", "quyen": "Q."}


class DocumentHeading(blocks.StructBlock):
    """A heading with its own address: "1. …", "Điều 2. …", "II. …"."""

    text = blocks.TextBlock(label="Đề mục", rows=2)
    short = blocks.CharBlock(label="Tên ngắn trong mục lục", required=False, max_length=80)
    level = blocks.ChoiceBlock(
        search_index=False,
        label="Cấp",
        choices=[("1", "Chương, phần"), ("2", "Mục, điều"), ("3", "Khoản")],
        default="2",
    )
    anchor = blocks.CharBlock(label="Neo", required=False, max_length=60)

    class Meta:
        icon = "title"
        label = "Đề mục"


class DocumentItem(blocks.StructBlock):
    """A paragraph that the table of contents names: a task, a clause."""

    text = blocks.RichTextBlock(label="Nội dung", features=TEXT_FEATURES)
    short = blocks.CharBlock(label="Tên ngắn trong mục lục", required=False, max_length=80)
    anchor = blocks.CharBlock(label="Neo", required=False, max_length=60)

    class Meta:
        icon = "list-ul"
        label = "Đoạn có mục lục"


class DocumentBody(blocks.StreamBlock):
    """The readable text ("bản đọc tham khảo") in the order of the signed document."""

    heading = DocumentHeading()
    paragraph = blocks.RichTextBlock(label="Đoạn", features=TEXT_FEATURES, icon="pilcrow")
    item = DocumentItem()
    table = TableBlock(label="Bảng")

    class Meta:
        label = "Toàn văn"


class SignerBlock(blocks.StructBlock):
    """A signature as printed, frozen at its day: authority, office, name."""

    authorities = blocks.MultipleChoiceBlock(
        search_index=False, label="Quyền hạn", choices=AUTHORITIES, required=False, widget=forms.CheckboxSelectMultiple
    )
    on_behalf_of = blocks.CharBlock(
        label="Thay mặt, ký thay cho",
        required=False,
        max_length=160,
        help_text="Như in: ỦY BAN NHÂN DÂN, GIÁM ĐỐC.",
    )
    office = blocks.CharBlock(label="Chức vụ", required=False, max_length=160)
    name = blocks.CharBlock(label="Họ và tên", required=False, max_length=80)

    class Meta:
        icon = "user"
        label = "Người ký"


class RecipientBlock(blocks.StructBlock):
    """One line of "Nơi nhận"."""

    kind = blocks.ChoiceBlock(
        search_index=False,
        label="Loại",
        choices=[
            ("organ", "Cơ quan, đơn vị"),
            ("group", "Nhóm"),
            ("person", "Người"),
            ("channel", "Kênh đăng tải"),
            ("archive", "Lưu"),
        ],
        default="organ",
    )
    name = blocks.CharBlock(label="Nơi nhận", max_length=255)
    purpose = blocks.CharBlock(label="Mục đích", required=False, max_length=60, help_text="b/c, t/h, p/h…")
    meaning = blocks.CharBlock(
        label="Tên đầy đủ", required=False, max_length=255, help_text="Tính theo thời điểm ban hành."
    )

    class Meta:
        icon = "mail"
        label = "Nơi nhận"


class CitationBlock(blocks.StructBlock):
    """A cited document, as the text names it; the site links it when it holds it."""

    text = blocks.CharBlock(label="Câu viện dẫn", max_length=500)
    kind = blocks.CharBlock(label="Tên loại", required=False, max_length=80)
    number = blocks.CharBlock(label="Số", required=False, max_length=11)
    separator = blocks.ChoiceBlock(
        search_index=False, label="Dấu", choices=[("/", "/"), ("-", "-"), (":", ":")], default="/", required=False
    )
    notation = blocks.CharBlock(label="Ký hiệu", required=False, max_length=40)
    issued_on = PartialDateBlock(label="Ngày", required=False)
    issuer = blocks.CharBlock(label="Cơ quan ban hành", required=False, max_length=255)
    abstract = blocks.CharBlock(label="Trích yếu", required=False, max_length=500)
    target = blocks.PageChooserBlock(
        label="Văn bản trên cổng",
        required=False,
        page_type=["directives.DirectivePage", "news.CampaignPage"],
        help_text="Để trống: cổng tự tìm theo số, ký hiệu, ngày.",
    )

    class Meta:
        icon = "link"
        label = "Văn bản dẫn chiếu"

    def clean(self, value):
        value = super().clean(value)
        is_standard = value["separator"] == ":"
        has_number = not is_standard and bool(value["number"] or value["notation"])
        if has_number and (messages := validate_number_shape(value["number"], value["notation"])):
            raise blocks.StructBlockValidationError(block_errors={"notation": forms.ValidationError(list(messages))})
        return value


class LineBlock(blocks.CharBlock):
    class Meta:
        icon = "minus"
        label = "Dòng"
