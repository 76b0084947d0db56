"""The text of attached files: read after the publication, once for each content, and gone with the file."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from home.models import PortalDocument
from search import attachments, worker
from search.attachments import MOST_ATTEMPTS, read_next_file, unread_files
from search.engines import chosen
from search.extraction.reading import READER_VERSION
from search.models import AttachmentPage, Entry, FileText
from tests.search.extraction.writing import docx, p

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def held() -> dict[str, int]:
    return dict(chosen.database_engine().versions())


def key(page) -> str:
    return f"page:{page.pk}"


def file_of(*lines: str, name: str = "phu-luc.docx") -> PortalDocument:
    content = docx(*(p(line) for line in lines))
    return PortalDocument.objects.create(title="Phụ lục", file=ContentFile(content, name=name))


def with_file(tree, file: PortalDocument, **fields):
    page = tree.add_directive("Kế hoạch có phụ lục", **fields)
    page.attachments = [("attachment", {"document": file, "label": "", "note": ""})]
    page.save_revision().publish()
    return page


def test_a_page_is_published_before_anybody_reads_its_file(tree, monkeypatch):
    def refuse(*_):
        raise AssertionError("read while publishing")

    monkeypatch.setattr("search.attachments.read_file_text", refuse)
    page = with_file(tree, file_of("Điều khoản về khoáng sản"))
    entry = Entry.objects.get(pk=page.pk)
    assert entry.has_files and not AttachmentPage.objects.exists()


def test_the_worker_reads_the_file_and_the_page_follows(tree):
    page = with_file(tree, file_of("Điều khoản về khoáng sản"))
    before = held()[key(page)]
    worker.work_off()
    passage = AttachmentPage.objects.get(page_id=page.pk)
    assert "khoáng sản" in passage.text and passage.file_name == "Phụ lục"
    assert held()[key(page)] > before
    assert list(AttachmentPage.objects.holding(["khoang", "khoang_san", "vang"])) == [passage]
    assert passage.pk and AttachmentPage.objects.holding(["khoang", "san", "vang"])[0].found == 2


def test_a_content_is_read_once_however_many_pages_show_it(tree, monkeypatch):
    reads = []
    real = attachments.read_file_text
    monkeypatch.setattr(attachments, "read_file_text", lambda *args: reads.append(args) or real(*args))
    content = docx(p("Một nội dung"))
    files = [PortalDocument.objects.create(title="Tệp", file=ContentFile(content, name="t.docx")) for _ in "ab"]
    pages = [with_file(tree, file) for file in files]
    worker.work_off()
    assert len(reads) == 1
    assert {row.page_id for row in AttachmentPage.objects.all()} == {page.pk for page in pages}


def test_a_replaced_file_brings_its_new_text(tree):
    file = file_of("Bản cũ nói về rừng")
    page = with_file(tree, file)
    worker.work_off()
    file.file = ContentFile(docx(p("Bản mới nói về biển")), name="moi.docx")
    file.save()
    assert not AttachmentPage.objects.exists()
    worker.work_off()
    assert "biển" in AttachmentPage.objects.get(page_id=page.pk).text


def test_a_deleted_file_takes_its_text_along(tree):
    file = file_of("Điều khoản về khoáng sản")
    page = with_file(tree, file)
    worker.work_off()
    before = held()[key(page)]
    file.delete()
    assert not AttachmentPage.objects.exists()
    assert not Entry.objects.get(pk=page.pk).has_files
    assert held()[key(page)] > before


def test_a_file_that_cannot_be_read_says_why_and_stops_nothing(tree, client):
    file = PortalDocument.objects.create(title="Hỏng", file=ContentFile(b"khong phai docx", name="hong.docx"))
    page = with_file(tree, file)
    worker.work_off()
    assert "Không nhận ra nội dung" in FileText.objects.get().problem
    assert key(page) in held() and not unread_files().exists()


def test_a_file_that_ends_its_readers_is_given_up(tree):
    with_file(tree, file_of("Một nội dung"))
    claimed = timezone.now() - timedelta(hours=1)
    file_hash = PortalDocument.objects.get().sha256
    FileText.objects.create(
        content_hash=file_hash, claimed_until=claimed, attempts=MOST_ATTEMPTS, reader_version=READER_VERSION
    )
    assert read_next_file() is not None
    assert "nhiều lần" in FileText.objects.get().problem


def test_what_an_older_reader_made_stays_until_the_file_is_read_anew(tree):
    page = with_file(tree, file_of("Điều khoản về khoáng sản"))
    file_hash = PortalDocument.objects.get().sha256
    old = [{"number": 0, "text": "bản đọc cũ"}]
    FileText.objects.create(content_hash=file_hash, pages=old, attempts=MOST_ATTEMPTS, read_at=timezone.now())
    assert "bản đọc cũ" in str(attachments.passages_of({page.pk: (PortalDocument.objects.get().pk,)}))
    worker.work_off()
    text = FileText.objects.get()
    assert (text.reader_version, text.attempts) == (READER_VERSION, 1)
    assert "khoáng sản" in AttachmentPage.objects.get(page_id=page.pk).text
    assert not unread_files().exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("phu-luc.rtf", rb"{\rtf1\ansi Kho\u225?ng s\u7843?n}"),
        ("phu-luc.doc", "<html><p>Khoáng sản</p></html>".encode()),
        ("phu-luc.txt", "Khoáng sản".encode("utf-16")),
    ],
)
def test_files_of_other_kinds_are_found(tree, name, content):
    file = PortalDocument.objects.create(title="Phụ lục", file=ContentFile(content, name=name))
    page = with_file(tree, file)
    worker.work_off()
    assert AttachmentPage.objects.get(page_id=page.pk).text.casefold() == "khoáng sản"


def test_a_file_being_read_is_not_read_twice(tree):
    with_file(tree, file_of("Một nội dung"))
    file_hash = PortalDocument.objects.get().sha256
    FileText.objects.create(content_hash=file_hash, claimed_until=timezone.now() + timedelta(minutes=1), attempts=1)
    assert read_next_file() is None
