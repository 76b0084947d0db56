"""The text of attached files: read outside any request, once for each content, then shown with its pages."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model

from search.extraction.pages import FileText as ReadText
from search.extraction.reading import READER_VERSION, read_file_text
from search.models import FileText, FileUse
from search.records import FilePassage

logger = logging.getLogger(__name__)

#: Whoever reads a file has so long; then another may try, and a file that ends its readers is given up.
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 3
#: Characters of one file that are kept, and of all files of one page.
LONGEST_FILE = 2_000_000
GIVEN_UP = "Tệp này đã nhiều lần làm dừng bộ đọc chữ nên không đọc nữa. Hãy lưu lại từ bản gốc rồi tải lên."
NOT_LOCAL = "Tệp không nằm trên máy chủ này nên chưa đọc được chữ."


def passages_of(page_files: Mapping[int, Sequence[int]]) -> dict[int, tuple[FilePassage, ...]]:
    """The text read so far of the files of each page, e.g. `passages_of({12: (5,)})[12][0].number`.

    Shape: files in the order given, their pages in order; a file that waits to be read adds nothing.
    """
    wanted = {file_id for files in page_files.values() for file_id in files}
    if not wanted:
        return {}
    files = {file.pk: file for file in get_document_model().objects.filter(pk__in=wanted)}
    hashes = {file.sha256 for file in files.values() if file.sha256}
    texts = {text.content_hash: text.pages for text in FileText.objects.filter(content_hash__in=hashes)}
    return {
        page_id: tuple(
            passage
            for file_id in file_ids
            if file_id in files
            for passage in _passages(files[file_id], texts.get(files[file_id].sha256, ()))
        )
        for page_id, file_ids in page_files.items()
    }


def _passages(file, pages: Iterable[dict]) -> Iterable[FilePassage]:
    for page in pages:
        yield FilePassage(file.pk, file.title[:255], page["number"], page["text"])


def unread_files() -> QuerySet:
    """Files shown by some page whose content nobody has read, or only an older reader, and nobody is reading."""
    used = FileUse.objects.filter(kind=FileUse.FILE, file_id=OuterRef("pk"))
    now = timezone.now()
    is_taken = Q(read_at__isnull=False, reader_version__gte=READER_VERSION) | Q(claimed_until__gt=now)
    taken = FileText.objects.filter(is_taken, content_hash=OuterRef("sha256"))
    return get_document_model().objects.filter(Exists(used), ~Exists(taken)).exclude(sha256="")


def read_next_file() -> QuerySet | None:
    """Read one file that waits; gives the pages of the site that show it, None when no file waits."""
    for file in unread_files().order_by("pk")[:20]:
        if text := _claim(file.sha256):
            try:
                read = _read(file, text.attempts)
            except OSError:
                logger.exception("file %s could not be read; it is tried again when the claim is over", file.pk)
                return None
            _keep(text, read)
            same = get_document_model().objects.filter(sha256=file.sha256)
            shown = FileUse.objects.filter(kind=FileUse.FILE, file_id__in=same.values("pk"))
            return shown.values_list("page_id", flat=True).distinct()
    return None


def _claim(content_hash: str) -> FileText | None:
    """The row to write, ours for a while; None when another process took it in the same moment."""
    now = timezone.now()
    until = now + CLAIM
    try:
        with transaction.atomic():
            return FileText.objects.create(
                content_hash=content_hash, claimed_until=until, attempts=1, reader_version=READER_VERSION
            )
    except IntegrityError:
        is_unread = Q(read_at=None) | Q(reader_version__lt=READER_VERSION)
        free = FileText.objects.filter(is_unread, Q(claimed_until=None) | Q(claimed_until__lte=now))
        with transaction.atomic():
            text = free.select_for_update().filter(content_hash=content_hash).first()
            if text is not None:
                is_older = text.reader_version < READER_VERSION
                text.attempts = 1 if is_older else text.attempts + 1
                text.claimed_until, text.reader_version, text.read_at = until, READER_VERSION, None
                text.save(update_fields=["claimed_until", "attempts", "reader_version", "read_at"])
            return text


def _read(file, attempts: int) -> ReadText:
    if attempts > MOST_ATTEMPTS:
        return ReadText("", (), GIVEN_UP)
    try:
        path = Path(file.file.path)
    except NotImplementedError:
        return ReadText("", (), NOT_LOCAL)
    return read_file_text(path, file.filename)


def _keep(text: FileText, read: ReadText) -> None:
    kept, length = [], 0
    for page in read.pages:
        length += len(page.text)
        if length > LONGEST_FILE:
            break
        kept.append({"number": page.number, "text": page.text.replace("\x00", "")})
    text.pages, text.problem = kept, read.problem
    text.read_at, text.claimed_until = timezone.now(), None
    text.save()
    if read.problem:
        logger.info("file %s: %s", text.content_hash[:12], read.problem)
