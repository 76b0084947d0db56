"""Files on the disk and their rows: written together, replaced together, undone together, counted by a command."""

import errno
import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from home.models import PortalDocument, PortalImage, PortalRendition
from home.storage import RANDOM_PART, PrivateStorage, plain_name
from tests.builders import make_picture

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 %%EOF"


@pytest.fixture
def kept(settings, tmp_path):
    """The names of the files that are kept."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit(): …` does at its end what a commit does."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def make_file(name: str = "Kế hoạch.pdf", content: bytes = CONTENT) -> PortalDocument:
    return PortalDocument.objects.create(title="Tệp", file=ContentFile(content, name=name))


def replace(row, name: str, content: bytes) -> None:
    row.file = ContentFile(content, name=name)
    row.save()


def test_no_two_files_ever_have_one_name(kept):
    names = {make_file().file.name for _ in range(5)}
    assert len(names) == 5
    assert all(RANDOM_PART.search(name) for name in names)
    assert {plain_name(name) for name in names} == {"Kế hoạch.pdf"}


def test_a_long_name_keeps_its_random_part(kept):
    file = make_file("ế" * 200 + ".pdf")
    assert RANDOM_PART.search(file.file.name) and file.file.name.endswith(".pdf")
    assert len(file.file.name) <= 100


def test_a_size_of_a_picture_does_not_tell_the_address_of_the_whole(kept):
    picture = make_picture("Đo đạc thửa đất.png")
    secret = RANDOM_PART.search(picture.file.name)[0]
    assert plain_name(picture.file.name) == "do-dac-thua-dat.png"
    assert secret not in picture.get_rendition("width-100").file.name


def test_a_replaced_file_is_gone_and_so_is_its_address(client, tree, kept, commit):
    file = make_file()
    tree.add_directive(attachments=[("attachment", {"document": file, "label": "", "note": ""})])
    before, name, digest = file.url, file.file.name, file.sha256
    with commit():
        replace(file, "Kế hoạch.pdf", b"%PDF-1.7 new %%EOF")
        assert name in kept()  # until the commit: a rollback would need it
    assert kept() == [file.file.name]
    assert file.sha256 != digest
    assert client.get(before).status_code == 404
    assert b"".join(client.get(PortalDocument.objects.get().url).streaming_content) == b"%PDF-1.7 new %%EOF"


def test_a_replaced_picture_takes_its_sizes_along(client, tree, kept, commit):
    picture = make_picture()
    story = tree.add_story(photo=picture, photo_alt="Ảnh")
    client.get(story.url)
    old = [size.url for size in picture.renditions.all()] + [picture.file.url]
    assert len(old) > 1 and [client.get(address).status_code for address in old] == [200] * len(old)
    with commit():
        picture.file = make_picture(size=(300, 200)).file.file
        picture.file.name = "anh.png"
        picture.file._committed = False
        picture.save()
    assert [client.get(address).status_code for address in old] == [404] * len(old)
    assert not [name for name in kept() if f"/tep/{name}" in old]
    new = PortalImage.objects.get(pk=picture.pk).get_rendition("width-100").url
    assert client.get(new).status_code == 200


def test_a_deleted_row_takes_its_files_along(kept, commit):
    file, picture = make_file(), make_picture()
    picture.get_rendition("width-100")
    assert len(kept()) == 3
    with commit():
        file.delete()
        picture.delete()
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_file_and_takes_none(kept):
    kept_file = make_file()
    before = kept()
    with pytest.raises(RuntimeError), transaction.atomic():
        make_file("moi.pdf")
        make_picture().get_rendition("width-100")
        replace(kept_file, "khac.pdf", b"%PDF-1.7 other %%EOF")
        assert len(kept()) == 5
        raise RuntimeError
    assert kept() == before
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            make_file("trong.pdf")
            raise RuntimeError
        outer = make_file("ngoai.pdf")
    assert kept() == sorted([*before, outer.file.name])


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_written_leaves_no_file(kept):
    with pytest.raises(DatabaseError):
        PortalDocument.objects.create(title=None, file=ContentFile(CONTENT, name="a.pdf"))
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_make_one_size_leave_one_file(kept, monkeypatch):
    picture = make_picture()
    other = PortalImage.objects.get(pk=picture.pk)
    monkeypatch.setattr(PortalImage, "find_existing_renditions", lambda self, *filters: {})
    picture.get_renditions("width-100", "width-50")
    made = other.get_renditions("width-100", "width-50")
    assert PortalRendition.objects.count() == 2
    assert len(kept()) == 3
    assert all(size.pk and default_storage.exists(size.file.name) for size in made.values())


def full_disk(monkeypatch, written: int = 4) -> None:
    """Writes begin and then end as on a full disk."""

    def write(self, name, content):
        Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(self.path(name)).write_bytes(b"x" * written)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(PrivateStorage.__mro__[1], "_save", write)


def test_a_full_disk_keeps_neither_a_row_nor_a_part_of_the_file(kept, monkeypatch):
    full_disk(monkeypatch)
    for make in (make_file, make_picture):
        with pytest.raises(OSError, match="No space"):
            make()
    assert kept() == []
    assert not (PortalDocument.objects.exists() or PortalImage.objects.exists())


def test_pages_stay_up_while_no_size_can_be_written(client, tree, kept, monkeypatch):
    picture = make_picture()
    story = tree.add_story(photo=picture, photo_alt="Ảnh")
    full_disk(monkeypatch)
    response = client.get(story.url)
    assert response.status_code == 200
    assert picture.file.url in response.content.decode()
    assert client.get(picture.file.url).status_code == 200
    assert kept() == [picture.file.name]


def test_pages_stay_up_without_the_file_of_a_picture(client, tree, kept):
    picture = make_picture()
    story = tree.add_story(photo=picture, photo_alt="Ảnh")
    os.unlink(picture.file.path)
    assert client.get(story.url).status_code == 200


def verify(*arguments) -> tuple[bool, str]:
    said = StringIO()
    try:
        call_command("media_verify", *arguments, stdout=said)
    except CommandError as error:
        return False, said.getvalue() + str(error)
    return True, said.getvalue()


def test_the_census_finds_what_has_no_row_and_what_has_no_file(kept, commit):
    make_file()
    picture = make_picture()
    size = picture.get_rendition("width-100")
    assert verify() == (True, "Tệp trên đĩa và dữ liệu khớp nhau.\n")
    lost = make_file("mat.pdf")
    os.unlink(lost.file.path)
    os.unlink(size.file.path)
    stray = default_storage.path("documents/la.pdf")
    Path(stray).write_bytes(b"x")
    is_well, said = verify()
    assert not is_well
    assert "documents/la.pdf" in said and lost.file.name in said and size.file.name in said and "Còn 3 chỗ" in said


def test_the_census_removes_only_what_is_old_or_can_be_made_again(kept, commit):
    lost, picture = make_file("mat.pdf"), make_picture()
    size = picture.get_rendition("width-100")
    os.unlink(lost.file.path)
    os.unlink(size.file.path)
    old, young = default_storage.path("documents/cu.pdf"), default_storage.path("documents/moi.pdf")
    for path in (old, young):
        Path(path).write_bytes(b"x")
    os.utime(old, (time.time() - 3600,) * 2)
    with commit():
        is_well, said = verify("--fix")
    assert not is_well and "Đã xóa 1 tệp thừa và 1 cỡ ảnh mất tệp." in said
    assert not Path(old).exists() and Path(young).exists()
    assert not PortalRendition.objects.exists() and PortalDocument.objects.filter(pk=lost.pk).exists()
    with commit():
        verify("--fix", "--minutes", "0")
    assert not Path(young).exists()
    assert default_storage.exists(PortalImage.objects.get().get_rendition("width-100").file.name)


def test_saving_a_row_again_leaves_its_file_alone(kept, commit):
    file, picture = make_file(), make_picture()
    before = kept()
    with commit():
        file.title = "Tên khác"
        file.save()
        picture.save()
        picture.get_file_hash()
        file.get_file_hash()
    assert kept() == before


def test_the_census_counts_uploads_that_wait_for_a_title(kept, django_user_model):
    from wagtail.models import UploadedFile

    UploadedFile.objects.create(file=ImageFile(ContentFile(b"x"), name="cho.png"))
    assert verify()[0]
