"""Canary pages of every kind: each place people can write in holds a token of its own."""

from io import BytesIO

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Comment

from directives.models import SubjectField
from home.models import HomePage, PlainPage, PortalDocument, PortalImage, UnitIndexPage, UnitPage
from tests.builders import Tree, publish
from tests.leaks.tokens import Canary
from tests.search.extraction.pdf_writing import pdf
from tests.search.extraction.writing import docx, p


def file_of(canary: Canary, kind: str = "docx") -> PortalDocument:
    text = f"Nội dung tệp {canary.word('x')}"
    content = docx(p(text)) if kind == "docx" else pdf([text])
    name = f"ke-hoach-{canary.word('f')}.{kind}"
    file = PortalDocument.objects.create(title=f"Tệp {canary.word('f')}", file=ContentFile(content, name=name))
    canary.ids[kind] = file
    return file


def picture_of(canary: Canary) -> PortalImage:
    """A photo whose name, title and EXIF description hold the token; its colour is the canary's alone."""
    shade = sum(map(ord, canary.stem)) % 200
    photo, exif, buffer = Image.new("RGB", (600, 400), (shade, 255 - shade, 90)), Image.Exif(), BytesIO()
    exif[0x010E] = f"Ảnh {canary.word('i')}".encode("ascii", "ignore").decode()
    photo.save(buffer, "JPEG", exif=exif)
    name = f"{canary.word('i')}.jpg"
    image = PortalImage.objects.create(title=canary.word("i"), file=ImageFile(buffer, name=name))
    canary.ids["image"] = image
    return image


def paragraph(text: str) -> tuple[str, str]:
    return "paragraph", f"<p>{text}</p>"


def directive_fields(canary: Canary) -> dict:
    signer = {"authorities": [], "on_behalf_of": "", "office": "Giám đốc", "name": f"Nguyễn {canary.word('a')}"}
    attached = [
        ("attachment", {"document": file_of(canary, kind), "label": "", "note": ""}) for kind in ("docx", "pdf")
    ]
    return {
        "slug": f"ke-hoach-{canary.word('s')}",
        "number": "1186",
        "notation": f"KH-{canary.word('n').upper()}",
        "body": [paragraph(f"Nội dung riêng {canary.word('b')} trong văn bản.")],
        "signers": [("signer", signer)],
        "attachments": attached,
        "fields": [SubjectField.objects.create(name=f"Lĩnh vực {canary.word('g')}")],
    }


def title_of(canary: Canary) -> str:
    return f"Kế hoạch kiểm thử {canary.word('t')}"


def add_directive(tree: Tree, canary: Canary, **fields):
    page = tree.add_directive(title_of(canary), **directive_fields(canary) | fields)
    return _with_comment(canary, page)


def add_article(tree: Tree, canary: Canary, **fields):
    own = {
        "slug": f"tin-{canary.word('s')}",
        "summary": f"Tóm tắt {canary.word('b')}",
        "body": [paragraph(f"Bài viết {canary.word('b')}")],
        "author": canary.word("a"),
        "photo": picture_of(canary),
        "photo_alt": f"Ảnh {canary.word('i')}",
    }
    return _with_comment(canary, tree.add_article(title_of(canary), **own | fields))


def add_story(tree: Tree, canary: Canary, **fields):
    own = {
        "slug": f"guong-{canary.word('s')}",
        "unit_then": f"Tổ {canary.word('u')}",
        "proposed_by": canary.word("a"),
        "body": [paragraph(f"Chuyện {canary.word('b')}")],
        "photo": picture_of(canary),
        "photo_alt": f"Ảnh {canary.word('i')}",
        "fields": [SubjectField.objects.create(name=f"Lĩnh vực {canary.word('g')}")],
    }
    return _with_comment(canary, tree.add_story(title_of(canary), **own | fields))


def add_campaign(tree: Tree, canary: Canary, **fields):
    return _with_comment(canary, tree.add_campaign(title_of(canary), **directive_fields(canary) | fields))


def add_unit(canary: Canary, parent=None, **fields):
    own = {"code": canary.word("n").upper(), "slug": f"phong-{canary.word('s')}", "lede": canary.word("b")}
    page = UnitPage(title=f"Phòng {canary.word('u')}", live=False, **own | fields)
    return _with_comment(canary, publish(parent or UnitIndexPage.objects.get(), page))


def add_plain(canary: Canary, parent=None, **fields):
    own = {"slug": f"trang-{canary.word('s')}", "body": [paragraph(f"Nội dung {canary.word('b')}")]}
    page = PlainPage(title=title_of(canary), live=False, **own | fields)
    return _with_comment(canary, publish(parent or HomePage.objects.get(), page))


def _with_comment(canary: Canary, page):
    writer = get_user_model().objects.order_by("pk").first()
    if writer:
        Comment.objects.create(page=page, user=writer, text=canary.word("c"), contentpath="title")
    canary.ids["page"] = page
    return page
