"""A full disk of files or of the database: people read a sentence, nothing is half kept, the site keeps serving."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from home.disk_full import is_disk_full
from home.models import Department, PortalDocument
from tests.builders import Tree, make_person


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError("database is locked"), False),
        (chained(RuntimeError("while saving"), OSError(errno.ENOSPC, "")), True),
        (None, False),
    ],
)
def test_a_full_disk_is_known_from_other_errors(error, is_full):
    assert is_disk_full(error) is is_full


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_database_is_a_sentence_and_leaves_no_file(settings, tmp_path):
    """SQLite is allowed not one page more than it has: as on a disk without room."""
    settings.MEDIA_ROOT = tmp_path
    Tree.build()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("quantri", is_superuser=True))
    assert client.get("/quan-tri/documents/").status_code == 200
    posted = {"title": "t" * 255, "collection": Collection.get_first_root_node().pk}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the number of pages it has for it
    try:
        statuses = []
        for _ in range(40):  # until the room within the last pages is used up
            posted["file"] = SimpleUploadedFile("a.pdf", b"%PDF-1.7 %%EOF")
            answer = client.post(reverse("wagtaildocs:add"), posted)
            statuses.append(answer.status_code)
            if answer.status_code != 302:
                break
        assert statuses[-1] == 507, statuses
        assert "Máy chủ đã hết chỗ chứa" in answer.content.decode()
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == PortalDocument.objects.count()
        assert Client().get("/").status_code == 200
        assert Department.objects.exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 4294967294")
