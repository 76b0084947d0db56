"""`manage.py read_document FILE [--file-name NAME] [--json]`."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directives.intake.paper import Paper, read_paper
from search.vietnamese.dates import PartialDate, spell_long

REFUSED, UNREADABLE = 3, 4
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
        try:
            paper = read_paper(options["file"], options["file_name"])
        except OSError as error:
            raise CommandError(f"Không mở được tệp {options['file']}.", returncode=UNREADABLE) from error
        if options["json"]:
            self.stdout.write(json.dumps(paper.to_json(), ensure_ascii=False, indent=1))
        if paper.refused:
            raise CommandError(paper.refused, returncode=REFUSED)
        if paper.is_unreadable:
            raise CommandError(" ".join(paper.warnings) or "Không đọc được tệp.", returncode=UNREADABLE)
        if not options["json"]:
            for line in told(paper):
                self.stdout.write(line)


def told(paper: Paper) -> Iterator[str]:
    """What was recognised, a line each: `"Ký hiệu: STNMT-VP (chữ trong tệp, 99 %)"`."""
    read = sum(page.source == "ocr" for page in paper.pages)
    yield f"Định dạng {paper.format}, {len(paper.pages)} trang, {read} trang đọc từ ảnh; SHA-256 {paper.sha256}"
    for name, label in LABELS.items():
        if fact := (paper.facts or {}).get(name):
            value = "; ".join(fact.value) if isinstance(fact.value, list) else fact.value
            if name == "issued_on":
                value = spell_long(PartialDate.from_iso(value))
            doubt = "" if fact.sure else ", cần kiểm tra"
            yield f"{label}: {value} ({SOURCES[fact.source]}, {round(100 * fact.confidence)} %{doubt})"
    yield f"Văn bản được viện dẫn: {len(paper.citations)}"
    for one in paper.citations:
        yield f"  - {' '.join(one['text'].split())}" + (f" (trang {one['page']})" if one["page"] else "")
    if paper.structure:
        yield f"Bố cục: {len(paper.structure)} mục"
        for part in paper.structure:
            yield f"  {part.label}. {part.title}" + (f" (trang {part.page})" if part.page else "")
    yield from (f"Lưu ý: {warning}" for warning in paper.warnings)
