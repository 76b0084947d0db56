"""`manage.py intake_worker [--once]`: reads received files until it is stopped; a file it has begun it finishes."""

import signal
from threading import Event

from django.core.management.base import BaseCommand

from directives.intake.in_process import run
from directives.intake.working import work_off


class Command(BaseCommand):
    help = "Đọc các tệp văn bản đã nhận, chạy đến khi bị dừng; tệp đang đọc được đọc xong rồi mới dừng."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="đọc hết các tệp đang chờ rồi dừng")

    def handle(self, *, once: bool, **options):
        is_stopped, called = Event(), Event()

        def stop(*_) -> None:
            is_stopped.set()
            called.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if once:
            self.stdout.write(f"Đã đọc {work_off(is_stopped.is_set)} tệp.")
            return
        self.stdout.write("Đang chờ tệp; Ctrl-C để dừng.")
        self.stdout.flush()
        run(called, is_stopped.is_set, is_stopped.is_set)
