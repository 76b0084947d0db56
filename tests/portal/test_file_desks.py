"""Files in the admin: each unit sees its own before publication; a full disk is a sentence; replacing by the forms."""

import errno
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from home.models import AuditEvent, PortalDocument, PortalImage
from portal.models import UnitDesk
from tests.builders import make_person, make_picture

PDF = b"%PDF-1.7 %%EOF"


@pytest.fixture
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return lambda: [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def water_files(office, kept):
    """Addresses of a file and of a picture, as kept and in a size, that only drafts of one unit may use."""
    desk = UnitDesk.objects.get(unit=office.water).collection
    picture = make_picture()
    picture.collection = desk
    picture.save()
    file = PortalDocument.objects.create(title="Tệp", collection=desk, file=ContentFile(PDF, name="mat.pdf"))
    return [file.url, picture.file.url, picture.get_rendition("max-165x165").url]


def test_a_units_files_are_for_its_editors_and_the_office_until_a_page_shows_them(office, client, water_files):
    staff = make_person("nhan-vien", office.water)
    seen = {}
    for person in (office.land_editor, staff, office.water_editor, office.clerk, office.leader, office.administrator):
        client.force_login(person)
        answers = [client.get(address) for address in water_files]
        assert all("no-store" in answer["Cache-Control"] for answer in answers if answer.status_code == 200)
        seen[person.username] = [answer.status_code for answer in answers]
    no, yes = [404] * 3, [200] * 3
    assert seen == {"dat": no, "nhan-vien": no, "nuoc": yes, "vanphong": yes, "lanhdao": yes, "quantri": yes}


def test_the_right_to_a_units_files_ends_with_the_membership(office, client, water_files):
    client.force_login(office.water_editor)
    office.water_editor.memberships.update(ends_on="2020-01-01")
    assert [client.get(address).status_code for address in water_files] == [404] * 3


def upload(client, office, kind: str, name: str, data: bytes, way: str):
    collection = UnitDesk.objects.get(unit=office.land).collection_id
    posted = {"title": "Tên", "collection": collection}
    app = {"image": "wagtailimages", "document": "wagtaildocs"}[kind]
    file = SimpleUploadedFile(name, data)
    if way == "several":
        return client.post(reverse(f"{app}:add_multiple"), posted | {"files[]": file})
    if way == "chooser":
        prefixed = {f"{kind}-chooser-upload-{key}": value for key, value in (posted | {"file": file}).items()}
        return client.post(reverse(f"{app}_chooser:create"), prefixed)
    return client.post(reverse(f"{app}:add"), posted | {"file": file})


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("way", ["form", "several", "chooser"])
@pytest.mark.parametrize(("kind", "name", "make"), [("image", "a.png", png), ("document", "a.pdf", lambda: PDF)])
def test_a_full_disk_is_a_sentence_and_nothing_is_kept(office, client, kept, monkeypatch, kind, name, make, way):
    def write(self, name, content):
        Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(self.path(name)).write_bytes(b"part")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", write)
    client.force_login(office.land_editor)
    answer = upload(client, office, kind, name, make(), way)
    assert answer.status_code == 200
    said = {
        "form": lambda: answer.content.decode(),
        "several": lambda: answer.json()["error_message"],
        "chooser": lambda: answer.json()["htmlFragment"],
    }
    assert "Máy chủ đã hết chỗ chứa nên chưa nhận được tệp." in said[way]()
    assert kept() == []
    assert not (PortalImage.objects.exists() or PortalDocument.objects.exists() or UploadedFile.objects.exists())


@pytest.mark.parametrize(("kind", "name", "make"), [("image", "a.png", png), ("document", "a.pdf", lambda: PDF)])
def test_a_row_that_fails_after_its_upload_leaves_no_file(office, client, kept, monkeypatch, kind, name, make):
    def fail(self, **options):
        raise OSError(errno.EIO, "the database is away")

    monkeypatch.setattr(PortalImage, "save_base", fail)
    monkeypatch.setattr(PortalDocument, "save_base", fail)
    client.force_login(office.land_editor)
    with pytest.raises(OSError, match="away"):
        upload(client, office, kind, name, make(), "form")
    monkeypatch.undo()
    assert kept() == []


@pytest.mark.parametrize(
    ("kind", "name", "old", "new"),
    [("image", "a.png", png, lambda: png() + b""), ("document", "a.pdf", lambda: PDF, lambda: b"%PDF-1.7 new %%EOF")],
)
def test_a_file_replaced_through_its_form_is_gone(
    office, client, kept, django_capture_on_commit_callbacks, kind, name, old, new
):
    client.force_login(office.land_editor)
    upload(client, office, kind, name, old(), "form")
    model = {"image": PortalImage, "document": PortalDocument}[kind]
    row = model.objects.get()
    before = [row.file.url, row.url] if kind == "document" else [row.file.url, row.get_rendition("width-20").url]
    address = reverse({"image": "wagtailimages:edit", "document": "wagtaildocs:edit"}[kind], args=[row.pk])
    posted = {"title": "Tên mới", "collection": row.collection_id, "file": SimpleUploadedFile(name, new())}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, posted).status_code == 302
    again = model.objects.get()
    assert again.title == "Tên mới" and again.file.name != row.file.name
    assert [client.get(old_address).status_code for old_address in before] == [404, 404]
    assert [path.name for path in kept()] == [Path(again.file.name).name]
    assert again.file.read() == new()


def test_a_refused_replacement_leaves_the_old_file(office, client, kept, django_capture_on_commit_callbacks):
    client.force_login(office.land_editor)
    upload(client, office, "document", "a.pdf", PDF, "form")
    row = PortalDocument.objects.get()
    for fields in (
        {"file": SimpleUploadedFile("b.pdf", b"MZ")},
        {"title": "", "file": SimpleUploadedFile("b.pdf", PDF)},
    ):
        posted = {"title": "Tên", "collection": row.collection_id} | fields
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("wagtaildocs:edit", args=[row.pk]), posted).status_code == 200
    assert [path.name for path in kept()] == [Path(row.file.name).name]
    assert PortalDocument.objects.get().file.read() == PDF


def test_an_upload_that_waits_for_a_title_becomes_a_file_with_its_digest(
    office, client, kept, django_capture_on_commit_callbacks
):
    client.force_login(office.land_editor)
    collection = UnitDesk.objects.get(unit=office.land).collection_id
    posted = {"files[]": SimpleUploadedFile("a.pdf", PDF), "title": "t" * 300, "collection": collection}
    client.post(reverse("wagtaildocs:add_multiple"), posted)
    waiting = UploadedFile.objects.get()
    prefix = f"uploaded-document-{waiting.pk}"
    named = {f"{prefix}-title": "Tên", f"{prefix}-collection": collection}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[waiting.pk]), named)
    assert answer.json()["success"]
    row = PortalDocument.objects.get()
    assert (len(row.sha256), row.shown_name) == (64, "a.pdf")
    assert [path.name for path in kept()] == [Path(row.file.name).name]


def test_no_picture_of_an_account_is_taken_in_unchecked(office, client, kept):
    client.force_login(office.land_editor)
    address = reverse("wagtailadmin_account")
    assert 'type="file"' not in client.get(address).content.decode()
    client.post(address, {"avatar-avatar": SimpleUploadedFile("a.png", png())})
    assert kept() == []


def test_the_audit_tells_a_replaced_file_from_a_renamed_one(office, client, kept):
    client.force_login(office.land_editor)
    upload(client, office, "document", "a.pdf", PDF, "form")
    row = PortalDocument.objects.get()
    posted = {"title": "Tên khác", "collection": row.collection_id}
    client.post(reverse("wagtaildocs:edit", args=[row.pk]), posted)
    posted["file"] = SimpleUploadedFile("a.pdf", b"%PDF-1.7 new %%EOF")
    client.post(reverse("wagtaildocs:edit", args=[row.pk]), posted)
    told = AuditEvent.objects.filter(action__startswith="file_").order_by("sequence").values_list("action", flat=True)
    assert list(told) == ["file_added", "file_changed", "file_replaced"]
