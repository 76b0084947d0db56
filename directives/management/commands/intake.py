"""`manage.py intake DIR|REGISTER.csv|REGISTER.xlsx [--workers N] [--resume] [--dry-run] [--json]`."""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from directives.intake.bulk.batches import NotStarted
from directives.intake.bulk.progress import Progress
from directives.intake.bulk.registers import RegisterUnreadable
from directives.intake.bulk.runs import Run, sum_up
from directives.intake.bulk.sources import Source, open_source
from directives.intake.record_access import may_take_in
from home.permissions import EVERY_UNIT

INTERRUPTED = 130
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Command(BaseCommand):
    help = (
        "Nhập cả một thư mục, hoặc các tệp ghi trong một sổ văn bản (.csv, .xlsx); bị dừng lúc nào cũng làm tiếp được "
        "với --resume. Chỉ đưa vào tệp không chứa bí mật nhà nước; tệp có dấu chỉ độ mật bị từ chối và không được lưu."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, metavar="DIR|REGISTER", help="thư mục, hoặc sổ văn bản .csv, .xlsx")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="số tiến trình (mặc định: số lõi)")
        parser.add_argument("--resume", action="store_true", help="làm tiếp đợt đã bắt đầu từ thư mục hoặc sổ này")
        parser.add_argument("--dry-run", action="store_true", help="đọc và nhận dạng nhưng không lưu gì")
        parser.add_argument("--json", action="store_true", help="chỉ in một đối tượng JSON khi xong")
        parser.add_argument("--user", default="", help="nhập với tên người này (mặc định: tài khoản quản trị đầu tiên)")
        parser.add_argument("--report", type=Path, help="nơi ghi báo cáo .xlsx (mặc định: thư mục bao-cao của cổng)")

    def handle(self, *args, **options):
        user = find_user(options["user"])
        try:
            source = open_source(options["source"])
        except RegisterUnreadable as problem:
            raise CommandError(problem.message) from problem
        is_quiet = options["json"]
        if not is_quiet:
            self._announce(source, user)
        run = Run(source, user, max(1, options["workers"]))
        signal_before = signal.signal(signal.SIGTERM, _stop) if _is_main_thread() else None
        try:
            self._go(run, options)
        except NotStarted as problem:
            raise CommandError(str(problem)) from problem
        finally:
            if signal_before is not None:
                signal.signal(signal.SIGTERM, signal_before)
        self._conclude(run, options["report"], is_quiet)

    def _go(self, run: Run, options: dict) -> None:
        def begin(total: int):
            return (lambda state: None) if options["json"] else Progress(self.stdout, total).count

        if options["dry_run"]:
            run.try_out(begin)
        else:
            run.take_in(begin, options["resume"])

    def _announce(self, source: Source, user) -> None:
        self.stdout.write(f"Nhập với tên {user.get_full_name() or user.get_username()} ({user.get_username()}).")
        self.stdout.write(f"{source.path}: {len(source.items)} tệp, bỏ qua {len(source.left_out)}.")
        for one in source.left_out[:10]:
            self.stdout.write(f"  bỏ qua {_printable(one.path)}: {one.reason}")
        if len(source.left_out) > 10:
            self.stdout.write("  … các tệp bỏ qua khác có trong báo cáo.")
        for issue in source.row_issues[:10]:
            self.stdout.write(f"  sổ, dòng {issue.line} ({_printable(issue.file)}): {issue.reason}")

    def _conclude(self, run: Run, place: Path | None, is_quiet: bool) -> None:
        report = run.report(place)
        told = sum_up(run, report)
        if is_quiet:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"Báo cáo: {report}")
        if run.is_interrupted:
            raise CommandError("Đã dừng giữa chừng. Chạy lại với --resume để làm tiếp.", returncode=INTERRUPTED)
        if told["unfinished"]:
            raise CommandError(f"Còn {told['unfinished']} tệp chưa xong. Xem báo cáo, rồi chạy lại với --resume.")


def find_user(name: str):
    """The person in whose name files are taken in: the one named, else the first who works for every unit.

    Errors: CommandError when there is none, or when that person may not take in documents.
    """
    people = get_user_model().objects.filter(is_active=True)
    if name:
        user = people.filter(username=name).first()
        if user is None:
            raise CommandError(f"Không có tài khoản đang hoạt động nào tên “{name}”.")
    else:
        office = get_user_model().objects.with_perm(EVERY_UNIT, backend=MODEL_BACKEND)
        user = people.filter(is_superuser=True).order_by("pk").first() or office.order_by("pk").first()
        if user is None:
            raise CommandError("Chưa có tài khoản quản trị hay văn phòng nào. Hãy tạo tài khoản hoặc dùng --user.")
    if not may_take_in(user):
        raise CommandError(f"Tài khoản “{user.get_username()}” không được nhập văn bản.")
    return user


def _stop(number, frame) -> None:
    raise KeyboardInterrupt


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _printable(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode(sys.getfilesystemencoding(), "replace")
