"""What is said of programs that need not be installed."""

import shutil

import pytest

from search.extraction import bounded, checks, engines, ocr, ocr_tesseract, office


@pytest.fixture
def on_a_bare_machine(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda wanted=None: [])
    monkeypatch.setattr(office, "is_installed", lambda: False)
    monkeypatch.setattr(bounded, "without_network", lambda: ())


def test_each_engine_is_said_in_a_sentence(on_a_bare_machine):
    said = engines.installed_engines()
    assert [engine.code for engine in said] == ["libreoffice", "trueocr", "tesseract", "network"]
    assert not any(engine.is_installed for engine in said)
    assert all("Hãy cài" in engine.sentence or "cho phép" in engine.sentence for engine in said)


def test_the_checks_warn_of_what_stays_unread(on_a_bare_machine):
    assert [message.id for message in checks.check_reading_engines()] == ["search.W020", "search.I020", "search.W021"]


def test_a_second_ocr_engine_that_is_missing_is_no_warning(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda wanted=None: ["trueocr"])
    monkeypatch.setattr(office, "is_installed", lambda: True)
    monkeypatch.setattr(bounded, "without_network", lambda: ("unshare", "-rn"))
    assert [message.id for message in checks.check_reading_engines()] == ["search.I020"]


def test_what_is_installed_is_said_to_be(require):
    require(shutil.which("soffice") and shutil.which("tesseract"), "needs LibreOffice and tesseract")
    said = {engine.code: engine.is_installed for engine in engines.installed_engines()}
    assert said["libreoffice"] and said["tesseract"]


def test_a_tesseract_without_vietnamese_is_no_engine(monkeypatch):
    monkeypatch.setattr(ocr_tesseract, "_LANGUAGE", "xyz")
    ocr_tesseract._has_vietnamese.cache_clear()
    assert not ocr_tesseract.Engine.is_installed()
    ocr_tesseract._has_vietnamese.cache_clear()
