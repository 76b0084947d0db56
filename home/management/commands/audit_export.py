"""`manage.py audit_export --from 2026-01-01 --to 2026-03-31 [--unit 7] FILE.csv|.xlsx`: the log for an inspector."""

import getpass
import os
import shutil
from datetime import date
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from home.audit.actions import AUDIT_EXPORTED
from home.audit.events import Subject
from home.audit.recording import record
from home.audit.selection import select_events
from home.audit.tables import FORMS, audit_csv, audit_xlsx
from home.models import UnitPage


class Command(BaseCommand):
    help = "Xuất nhật ký ra tệp CSV hoặc Excel; việc xuất cũng được ghi vào nhật ký."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="NĂM-THÁNG-NGÀY")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="NĂM-THÁNG-NGÀY")
        parser.add_argument("--unit", type=int, metavar="MÃ", help="mã trang của đơn vị")
        parser.add_argument("file", type=Path)

    def handle(self, *, since, until, unit, file: Path, **options):
        form = file.suffix.lstrip(".").lower()
        if form not in FORMS:
            raise CommandError("Tên tệp phải kết thúc bằng .csv hoặc .xlsx.")
        if unit is not None and not UnitPage.objects.filter(pk=unit).exists():
            raise CommandError(f"Không có đơn vị mã {unit}.")
        events = select_events(since, until, unit)
        last = events.values_list("sequence", flat=True).first() or 0
        events = events.filter(sequence__lte=last)
        chosen = "; ".join(
            f"{name}={value}" for name, value in (("tu", since), ("den", until), ("don_vi", unit)) if value
        )
        count = events.count()
        record(AUDIT_EXPORTED, Subject("audit"), form=form, rows=count, filters=chosen, by=getpass.getuser())
        self.write(form, events.iterator(chunk_size=1_000), file)
        self.stdout.write(f"Đã xuất {count} sự kiện ra {file}.")

    def write(self, form: str, rows, path: Path) -> None:
        """The file is for whoever runs the command alone."""
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                if form == "xlsx":
                    with audit_xlsx(rows) as held:
                        shutil.copyfileobj(held, out)
                else:
                    out.writelines(line.encode() for line in audit_csv(rows))
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
