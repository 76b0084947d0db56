"""LibreOffice reaches nothing beside the file it turns into .docx, also where the network is open."""

import socket
import zipfile

import pytest

from search.extraction import doc, office
from search.extraction.refusals import ReadingFailed
from tests.search.extraction.gathering import open_document
from tests.search.extraction.test_formats import ole


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("rtf", r'{{\rtf1 {{\field{{\*\fldinst INCLUDEPICTURE "{address}" \\d}}{{\fldrslt x}}}} hello}}'),
        (
            "html",
            '<html><body><img src="{address}"><p>Báo cáo</p></body></html>',
        ),
    ],
)
def test_no_link_is_followed(in_folder, require, extension, content):
    require(office.is_installed(), "needs LibreOffice")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        try:
            data = office.to_docx(content.format(address=address).encode(), extension, "a.doc")
            assert zipfile.is_zipfile(in_folder / "target" / "source.docx") and data[:2] == b"PK"
        except ReadingFailed:
            assert extension == "html"  # some builds have no filter from web pages to .docx
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_file_that_libreoffice_does_not_manage_gets_a_sentence(in_folder, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: "/bin/false")
    with pytest.raises(ReadingFailed, match="LibreOffice không đọc được"):
        office.to_docx(b"x", "doc", "a.doc")


def test_without_libreoffice_an_old_word_file_says_that_it_was_not_read(monkeypatch):
    monkeypatch.setattr(office, "is_installed", lambda: False)
    monkeypatch.setattr(doc, "_is_locked", lambda *_: False)
    found = open_document(ole("WordDocument"), "cu.doc")
    assert found.pages == []
    assert found.problem.startswith("Chưa đọc được nội dung của tệp “cu.doc”")
