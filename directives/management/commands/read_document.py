"""`manage.py read_document FILE [--file-name NAME] [--json]`."""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from directives.intake.first_look import registers
from directives.intake.job import Examination, examine
from directives.intake.reading import Reading
from search.vietnamese.dates import PartialDate, spell_long

logger = logging.getLogger(__name__)

REFUSED, UNREADABLE = 3, 4
FACT = ("value", "source", "confidence", "sure", "evidence")
LABELS = {
    "parent_agency": "Cơ quan chủ quản", "agency": "Cơ quan ban hành", "number": "Số", "notation": "Ký hiệu",
    "place": "Địa danh", "issued_on": "Thời gian", "kind": "Loại văn bản", "abstract": "Trích yếu",
    "urgency": "Độ khẩn", "secrecy": "Phạm vi lưu hành", "addressees": "Kính gửi", "recipients": "Nơi nhận",
    "authority": "Quyền hạn ký", "office": "Chức vụ", "signer": "Người ký",
}  # fmt: skip
SOURCES = {"typed": "chữ trong tệp", "ocr": "đọc từ ảnh", "file_name": "tên tệp", "signature": "chữ ký số"}


class Command(BaseCommand):
    # Nothing is stored, so no check of the portal's set-up bears on it; a folder of files is read one by one.
    requires_system_checks = ()
    help = "Đọc một tệp văn bản và nói những gì nhận ra được; không lưu gì. Mã thoát: 3 bị từ chối, 4 không đọc được"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp cần đọc")
        parser.add_argument("--file-name", default="", help="tên thật của tệp, khi tệp được giữ dưới tên khác")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args, **options):
        path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp {path}.", returncode=UNREADABLE) from error
        found = examine(data, options["file_name"] or path.name, thorough=True, **known_names())
        if options["json"]:
            self.stdout.write(json.dumps(printed(found), ensure_ascii=False, indent=1))
        if found.is_secret:
            raise CommandError(found.refused, returncode=REFUSED)
        if not found.reading.pages:
            raise CommandError(" ".join(found.reading.warnings) or "Không đọc được tệp.", returncode=UNREADABLE)
        if not options["json"]:
            for line in told(found.reading):
                self.stdout.write(line)


def known_names() -> dict[str, tuple[str, ...]]:
    """Who signs and who issues, where there is a site that knows it."""
    try:
        return registers()
    except DatabaseError:
        logger.info("no register mends what was misread: there is no database")
        return {}


def printed(found: Examination) -> dict[str, Any]:
    """What is printed as JSON: `refused` is None for a file that may be taken in."""
    reading = found.reading
    fields = {name: fact.to_json() for name, fact in reading.facts.items()}
    return {
        "format": reading.format,
        "sha256": reading.sha256,
        "refused": found.refused if found.is_secret else None,
        "pages": [{"number": page.number, "source": page.source, "text": page.text} for page in reading.pages],
        "fields": {name: {key: fact[key] for key in FACT} for name, fact in fields.items()},
        "citations": list(reading.citations),
        "structure": [asdict(division) for division in reading.structure],
        "warnings": list(reading.warnings),
    }


def told(reading: Reading) -> Iterator[str]:
    """What was recognised, a line each: `"Ký hiệu: STNMT-VP (chữ trong tệp, 99 %)"`."""
    read = sum(page.source == "ocr" for page in reading.pages)
    yield f"Định dạng {reading.format}, {len(reading.pages)} trang, {read} trang đọc từ ảnh; SHA-256 {reading.sha256}"
    for name, label in LABELS.items():
        if fact := reading.facts.get(name):
            value = "; ".join(fact.value) if isinstance(fact.value, list) else fact.value
            if name == "issued_on":
                value = spell_long(PartialDate.from_iso(value))
            doubt = "" if fact.sure else ", cần kiểm tra"
            yield f"{label}: {value} ({SOURCES[fact.source]}, {round(100 * fact.confidence)} %{doubt})"
    yield f"Văn bản được viện dẫn: {len(reading.citations)}"
    for one in reading.citations:
        yield f"  - {' '.join(one['text'].split())}" + (f" (trang {one['page']})" if one["page"] else "")
    if reading.structure:
        yield f"Bố cục: {len(reading.structure)} mục"
        for part in reading.structure:
            yield f"  {part.label}. {part.title}" + (f" (trang {part.page})" if part.page else "")
    yield from (f"Lưu ý: {warning}" for warning in reading.warnings)
