"""What those are told who are turned away, and what a withdrawn file may leave behind."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from home.models import PortalDocument
from tests.builders import make_person

pytestmark = pytest.mark.django_db
SIGN_IN = "/quan-tri/login/"


def enter(client, password: str):
    return client.post(SIGN_IN, {"username": "lan", "password": password})


def test_a_wrong_password_is_answered_with_a_sentence_and_a_lock_with_its_time(tree):
    make_person("lan")
    client = Client()
    assert "Sai tên đăng nhập hoặc mật khẩu." in enter(client, "sai").content.decode()
    for _ in range(4):
        answer = enter(client, "sai")
    assert answer.status_code == 429 and answer["Retry-After"] == "900"
    assert "Tạm khóa đăng nhập" in answer.content.decode()


def test_a_foreign_host_is_refused_in_vietnamese(tree, settings):
    settings.ALLOWED_HOSTS = ["vi-du.gov.vn"]
    answer = Client(headers={"host": "la.example"}).get("/")
    assert answer.status_code == 400 and "Yêu cầu không hợp lệ" in answer.content.decode()


def test_no_cache_keeps_a_file_that_was_withdrawn_nor_a_page_for_long(tree):
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-1.7 %%EOF", name="tep.pdf"))
    page = tree.add_directive(attachments=[("attachment", {"document": file, "label": "", "note": ""})])
    stated = set(Client().get(file.url)["Cache-Control"].split(", "))
    assert {"max-age=0", "must-revalidate"} <= stated and not any("stale-if-error" in each for each in stated)
    answer = Client().get(page.url)
    assert "stale-if-error=600" in answer["Cache-Control"]
    assert ">05 tháng 3 năm 2024</time>" in answer.content.decode()
