"""Blocks that editors write with: running text, pictures, quotations, tables, files."""

import re

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = "Đề mục"
        template = "blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A photo with its description and credit; neither may be missing on a public site."""

    image = ImageChooserBlock(label="Ảnh")
    alt = blocks.CharBlock(label="Mô tả ảnh", max_length=255, help_text="Cho người không nhìn thấy ảnh.")
    caption = blocks.CharBlock(label="Chú thích", required=False, max_length=255)
    credit = blocks.CharBlock(label="Nguồn ảnh", max_length=120)

    class Meta:
        icon = "image"
        label = "Ảnh"
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Lời trích")
    speaker = blocks.CharBlock(label="Người nói", required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = "Lời trích"
        template = "blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    """One number worth a glance, e.g. "47 ngày" - "sớm hơn kế hoạch"."""

    value = blocks.CharBlock(label="Số liệu", max_length=40)
    label = blocks.CharBlock(label="Ý nghĩa", max_length=160)

    class Meta:
        icon = "order"
        label = "Số liệu"


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Tệp")
    label = blocks.CharBlock(label="Tên hiển thị", required=False, max_length=160)
    note = blocks.CharBlock(
        label="Ghi chú", required=False, max_length=255, help_text="Ví dụ: đã ký số; bản quét từ giấy."
    )

    class Meta:
        icon = "doc-full"
        label = "Tệp đính kèm"


class ArticleBody(blocks.StreamBlock):
    """The running text of articles, stories and plain pages."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label="Đoạn văn", features=PROSE_FEATURES, icon="pilcrow", template="blocks/paragraph.html"
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    figures = blocks.ListBlock(FigureBlock(), label="Hàng số liệu", icon="order", template="blocks/figures.html")
    table = TableBlock(label="Bảng", template="blocks/table.html")

    class Meta:
        label = "Nội dung"


_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_FILE_LINK = re.compile(r'<a\b[^>]*\blinktype="document"[^>]*>')
_ID = re.compile(r'\bid="(\d{1,18})"')
_CLOSING = (".", ",", ";", ":", "?", "!", "…", "/")


def images_in(stream) -> tuple[int, ...]:
    """Ids of the pictures in a body, e.g. `(3, 8)`."""
    return tuple(child.value["image"].pk for child in stream if child.block_type == "picture" and child.value["image"])


def files_in(*streams) -> tuple[int, ...]:
    """Ids of the files that are attached or linked in a paragraph, each once, e.g. `(5, 8)`."""
    found = {}
    for child in (child for stream in streams for child in stream):
        if isinstance(child.value, RichText):
            links = (_ID.search(link) for link in _FILE_LINK.findall(child.value.source))
            found |= dict.fromkeys(int(link[1]) for link in links if link)
        elif isinstance(child.value, blocks.StructValue) and child.value.get("document"):
            found[child.value["document"].pk] = None
    return tuple(found)


def text_of(stream) -> str:
    """All words of a stream, for the index, its parts set off as sentences: "Đất đai. Giao đất, cho thuê đất".

    Keys that programs keep in a block (`chi-cuc-bao-ve-moi-truong`) are no words.
    """
    parts = (str(part).strip() for part in (stream.stream_block.get_searchable_content(stream) if stream else ()))
    words = [part for part in parts if part and not _KEY.fullmatch(part)]
    closed = [part if part.endswith(_CLOSING) else f"{part}." for part in words[:-1]]
    return " ".join([*closed, *words[-1:]])
