"""Which programs and packages that read files better are installed, said in Vietnamese for the office."""

from dataclasses import dataclass

from . import bounded, ocr, office


@dataclass(frozen=True, slots=True)
class OptionalEngine:
    """Something that need not be installed: `installed_engines()[0].sentence`.

    Shape: `code` is "libreoffice", "trueocr", "tesseract" or "network"; `sentence` says what works, or what
    does not and what to install.
    """

    code: str
    is_installed: bool
    sentence: str


_SAID = {
    "libreoffice": (
        "Tệp Word cũ (.doc) được đọc bằng LibreOffice.",
        "Chưa cài LibreOffice: tệp Word cũ (.doc) được giữ nhưng chưa đọc được nội dung. "
        "Hãy cài gói libreoffice-writer.",
    ),
    "trueocr": (
        "Chữ trong bản quét và ảnh được đọc bằng trueocr.",
        "Chưa cài trueocr, bộ đọc chữ chính trong bản quét và ảnh. Hãy cài các gói trong requirements-ocr.txt.",
    ),
    "tesseract": (
        "Chữ trong bản quét và ảnh được đọc bằng tesseract.",
        "Chưa cài tesseract cùng dữ liệu tiếng Việt, bộ đọc thứ hai giúp đọc bản quét đúng hơn. "
        "Hãy cài gói tesseract-ocr và tesseract-ocr-vie.",
    ),
    "network": (
        "Tiến trình đọc tệp được cắt mạng.",
        "Máy chủ không cho cắt mạng của tiến trình đọc tệp (unshare -rn). Tệp lạ vẫn được đọc trong giới hạn, "
        "nhưng hãy cho phép tạo không gian mạng riêng để an toàn hơn.",
    ),
}


def installed_engines() -> tuple[OptionalEngine, ...]:
    """What reads files on this machine, as in `installed_engines()[1].code == "trueocr"`."""
    engines = ocr.installed()
    present = {
        "libreoffice": office.is_installed(),
        "trueocr": "trueocr" in engines,
        "tesseract": "tesseract" in engines,
        "network": bool(bounded.without_network()),
    }
    return tuple(OptionalEngine(code, here, _SAID[code][not here]) for code, here in present.items())


def reads_pictures() -> bool:
    """Whether words in scans and photographs can be read at all."""
    return bool(ocr.installed())
