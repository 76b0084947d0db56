"""What may be uploaded through the admin: every refusal is a Vietnamese sentence, and nothing is kept of it."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from home.media_forms import CheckedImageField
from home.models import PortalDocument, PortalImage
from home.pictures import clean_picture
from home.uploads import KINDS, Refused, check_file, clean_file_name
from portal.models import UnitDesk

MOST_PIXELS = 25_000_000
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
GPS, MAKER, ORIENTATION, SIDEWAYS = 0x8825, 0x010F, 0x0112, 6


def picture(kind: str = "PNG", size=(60, 40), **options) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#6d1215").save(buffer, kind, **options)
    return buffer.getvalue()


def photo(orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A photograph as a telephone writes it: place, maker and the way it was held."""
    exif = Image.Exif()
    exif[MAKER] = "Máy ảnh riêng"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (14.0, 21.0, 0.0)
    return picture(kind, exif=exif)


def huge_png() -> bytes:
    """121 megapixels in 15 KB."""
    buffer = io.BytesIO()
    Image.new("1", (11_000, 11_000)).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def many_entries() -> bytes:
    return archive({f"word/{number}.xml": b"" for number in range(2_100)})


BAD_PICTURES = {
    "bomb": ("anh.png", huge_png, "121 triệu"),
    "truncated": ("anh.jpg", lambda: picture("JPEG", (800, 600))[:1500], "hỏng"),
    "truncated_png": ("anh.png", lambda: picture("PNG", (800, 600))[:200], "hỏng"),
    "other_kind": ("anh.png", lambda: picture("JPEG"), "thật ra là ảnh JPEG"),
    "no_picture": ("anh.png", lambda: b"MZ" + b"\0" * 500, "không phải là ảnh"),
    "empty": ("anh.png", lambda: b"", "rỗng"),
    "svg": ("anh.svg", lambda: b"<svg onload='alert(1)'/>", "không phải là ảnh"),
    "html": ("anh.gif", lambda: b"GIF89a<script>alert(1)</script>", "không phải là ảnh"),
}
BAD_FILES = {
    "program": ("van-ban.pdf", lambda: b"MZ\x90\0" + b"\0" * 2000, "không phải là PDF"),
    "program_with_a_pdf_inside": ("van-ban.pdf", lambda: b"MZ%PDF-1.7 %%EOF", "không phải là PDF"),
    "truncated_pdf": ("van-ban.pdf", lambda: b"%PDF-1.7\n" + b"0" * 500, "chưa trọn vẹn"),
    "page": ("van-ban.doc", lambda: b"<html><script>alert(1)</script>", "không phải là Word"),
    "plain_zip": ("van-ban.docx", lambda: archive({"a.txt": b"a"}), "không phải là Word"),
    "cut_zip": ("van-ban.docx", lambda: archive({"word/document.xml": b"a" * 9000})[:90], "hỏng"),
    "bomb": ("van-ban.docx", lambda: archive({"word/document.xml": b"\0" * 220_000_000}), "quá lớn"),
    "many": ("van-ban.docx", many_entries, "quá nhiều tệp con"),
    "macro": ("bang.xlsx", lambda: archive({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "macro"),
    "hidden_program": ("ho-so.zip", lambda: archive({"thu-muc/mo.exe": b"MZ"}), "chương trình"),
    "kind": ("chay.exe", lambda: b"MZ", "Chỉ nhận các định dạng"),
    "kind_of_web": ("trang.html", lambda: b"<script>", "Chỉ nhận các định dạng"),
}
GOOD_FILES = {
    "van-ban.pdf": b"junk\n%PDF-1.7\n...\n%%EOF\n",
    "van-ban.docx": archive({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"}),
    "bang.xlsx": archive({"xl/workbook.xml": b""}),
    "van-ban.odt": archive({"mimetype": b"", "content.xml": b""}),
    "van-ban.rtf": b"{\\rtf1 a}",
    "van-ban.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "ghi-chu.txt": "Ghi chú".encode(),
    "ho-so.zip": archive({"ke-hoach.pdf": b""}),
}


@pytest.fixture
def kept(settings, tmp_path):
    """The files that were kept."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: [path for path in tmp_path.rglob("*") if path.is_file()]


def send(client, kind: str, name: str, data: bytes, way: str):
    upload = SimpleUploadedFile(name, data)
    collection = UnitDesk.objects.get(unit__title="Phòng Đất đai").collection_id
    if way == "several":
        names = {"image": "wagtailimages:add_multiple", "document": "wagtaildocs:add_multiple"}
        return client.post(reverse(names[kind]), {"files[]": upload, "title": "Tên", "collection": collection})
    if way == "chooser":
        names = {"image": "wagtailimages_chooser:create", "document": "wagtaildocs_chooser:create"}
        prefix = f"{kind}-chooser-upload"
        posted = {"title": "Tên", "file": upload, "collection": collection}
        return client.post(reverse(names[kind]), {f"{prefix}-{key}": value for key, value in posted.items()})
    names = {"image": "wagtailimages:add", "document": "wagtaildocs:add"}
    return client.post(reverse(names[kind]), {"title": "Tên", "file": upload, "collection": collection})


WAYS = ["form", "several", "chooser"]
BAD = [("image", *case) for case in BAD_PICTURES.values()] + [("document", *case) for case in BAD_FILES.values()]
NAMES = [f"image-{name}" for name in BAD_PICTURES] + [f"document-{name}" for name in BAD_FILES]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "name", "make", "sentence"), BAD, ids=NAMES)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(
    office, client, kept, kind, name, make, sentence, way
):
    client.force_login(office.land_editor)
    answer = send(client, kind, name, make(), way)
    assert answer.status_code == 200
    said = {
        "form": lambda: answer.content.decode(),
        "several": lambda: answer.json()["error_message"],
        "chooser": lambda: answer.json()["htmlFragment"],
    }
    assert sentence in said[way]()
    assert not (PortalImage.objects.exists() or PortalDocument.objects.exists() or UploadedFile.objects.exists())
    assert kept() == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", GOOD_FILES)
def test_a_good_file_is_kept(office, client, kept, name, way):
    client.force_login(office.land_editor)
    send(client, "document", name, GOOD_FILES[name], way)
    document = PortalDocument.objects.get()
    assert document.file.read() == GOOD_FILES[name]
    assert (document.uploaded_by_user, len(document.sha256)) == (office.land_editor, 64)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "kind"), [("anh.jpg", "JPEG"), ("anh.webp", "WEBP"), ("anh.png", "PNG")])
def test_a_photo_is_kept_without_the_place_and_the_maker(office, client, kept, name, kind, way):
    client.force_login(office.land_editor)
    send(client, "image", name, photo(kind=kind), way)
    image = PortalImage.objects.get()
    data = image.file.read()
    assert not Image.open(io.BytesIO(data)).getexif()
    assert "Máy ảnh riêng".encode() not in data
    assert (image.width, image.height) == (60, 40)


@pytest.mark.parametrize(("name", "kind"), [("anh.jpg", "JPEG"), ("anh.webp", "WEBP")])
def test_a_turned_photo_is_kept_upright(name, kind):
    cleaned = Image.open(io.BytesIO(clean_picture(name, photo(SIDEWAYS, kind), MOST_PIXELS)))
    assert cleaned.size == (40, 60)
    assert not cleaned.getexif()


def test_an_upright_photo_keeps_its_pixels():
    before = Image.open(io.BytesIO(photo()))
    after = Image.open(io.BytesIO(clean_picture("anh.jpg", photo(), MOST_PIXELS)))
    assert before.tobytes() == after.tobytes()


def test_a_photo_that_waits_for_a_title_is_cleaned_too(office, client, kept):
    client.force_login(office.land_editor)
    upload = SimpleUploadedFile("anh.jpg", photo())
    collection = UnitDesk.objects.get(unit=office.land).collection_id
    posted = {"files[]": upload, "title": "t" * 300, "collection": collection}
    client.post(reverse("wagtailimages:add_multiple"), posted)
    assert b"GPS" not in UploadedFile.objects.get().file.read()
    assert all(b"Exif" not in path.read_bytes() for path in kept())


def test_a_large_upload_that_lies_in_a_file_of_its_own_is_cleaned_in_place(office, kept):
    upload = TemporaryUploadedFile("anh.jpg", "image/jpeg", 0, None)
    upload.write(photo())
    upload.size = len(photo())
    CheckedImageField().clean(upload)
    upload.seek(0)
    assert b"Exif" not in upload.read()


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("C:\\tam\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd"),
        ("bao-cao\u202efdp.exe", "bao-caofdp.exe"),
        ("ke\u0302\u0301 hoa\u0323ch\u200b.docx", "kế hoạch.docx"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("", "tep"),
    ],
)
def test_file_names_are_cleaned(given, cleaned):
    assert clean_file_name(given) == cleaned


def test_every_allowed_extension_of_the_settings_has_its_check(settings):
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(KINDS)


def test_every_refusal_reads_vietnamese():
    for name, make, _ in BAD_FILES.values():
        data = make()
        with pytest.raises(Refused) as refusal:
            check_file(name, len(data), io.BytesIO(data))
        assert VIETNAMESE.search(str(refusal.value))
