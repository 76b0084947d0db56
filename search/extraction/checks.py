"""What the system checks say of the programs that read files."""

from django.core import checks

from .engines import installed_engines, reads_pictures

_PICTURES = {"trueocr", "tesseract"}


@checks.register
def check_reading_engines(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """An entry for each engine that is missing: a warning where files stay unread or the network is open.

    Shape: `search.W020` no OCR at all, `search.W021` the network is not cut, `search.I020` an engine is missing.
    """
    found: list[checks.CheckMessage] = []
    if not reads_pictures():
        found.append(
            checks.Warning(
                "Chưa có bộ đọc chữ nào cho bản quét và ảnh: những tệp ấy chỉ được giữ, chưa đọc được chữ trong ảnh.",
                hint="Cài các gói trong requirements-ocr.txt, hoặc gói tesseract-ocr và tesseract-ocr-vie.",
                id="search.W020",
            )
        )
    for engine in installed_engines():
        if engine.is_installed or (engine.code in _PICTURES and not reads_pictures()):
            continue
        if engine.code == "network":
            found.append(checks.Warning(engine.sentence, id="search.W021"))
        else:
            found.append(checks.Info(engine.sentence, id="search.I020"))
    return found
