"""Looks at an uploaded picture in a bounded process before anything in the web process decodes it."""

import json

from home.picture_bytes import Damaged, strip_picture
from home.picture_child import LIMITS
from home.uploads import Refused, extension_of
from search.extraction import bounded

FORMAT_NAMES = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP", "GIF": "GIF"}


def clean_picture(name: str, data: bytes, most_pixels: int) -> bytes:
    """The picture upright and without what the camera wrote beside it (place, owner, device).

    Example: `clean_picture("anh.jpg", data, 25_000_000)` holds no Exif.
    Errors: Refused with a sentence when it is no picture, damaged, of another kind, or too large.
    """
    if not data:
        raise Refused(f"Tệp “{name}” rỗng. Hãy kiểm tra lại ảnh trên máy rồi tải lên lần nữa.")
    with bounded.in_memory(data) as source:
        argument = f"{extension_of(name) or '-'} {most_pixels}"
        outcome = bounded.run("home.picture_child", argument, source, LIMITS)
    header, newline, cleaned = outcome.output.partition(b"\n")
    if outcome.code != 0 or not newline:
        raise Refused(_sentence(name, {"refused": "too_heavy"}, most_pixels))
    facts = json.loads(header)
    if "refused" in facts:
        raise Refused(_sentence(name, facts, most_pixels))
    return cleaned


def is_bare(data: bytes) -> bool:
    """Whether nothing but the picture is in these bytes; so it is when they are no picture we know."""
    try:
        return strip_picture(data) in (None, data)
    except Damaged:
        return False


def _sentence(name: str, facts: dict, most_pixels: int) -> str:
    reason = facts["refused"]
    if reason == "no_picture":
        return f"Tệp “{name}” không phải là ảnh đọc được. Hãy chọn ảnh JPEG, PNG, WebP hoặc GIF."
    if reason == "wrong_type":
        held = FORMAT_NAMES.get(facts["format"], facts["format"])
        return f"Tệp “{name}” thật ra là ảnh {held}. Hãy đổi phần mở rộng cho đúng hoặc lưu lại ảnh."
    if reason == "too_many_pixels":
        millions = f"{facts['width'] * facts['height'] / 1e6:.0f}"
        return (
            f"Ảnh “{name}” có {facts['width']} × {facts['height']} điểm ảnh ({millions} triệu), "
            f"vượt quá {most_pixels // 1_000_000} triệu. Hãy thu nhỏ ảnh rồi tải lên lại."
        )
    if reason == "damaged":
        return f"Ảnh “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. Hãy thử lại với ảnh gốc."
    return f"Ảnh “{name}” quá nặng để kiểm tra. Hãy thu nhỏ ảnh rồi tải lên lại."
