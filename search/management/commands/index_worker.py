"""`manage.py index_worker`: keeps the remote index and the text of attached files up to date; runs until stopped."""

import signal
from threading import Event

from django.core.management import BaseCommand

from search import outbox, worker
from search.engines import chosen
from search.rebuild import build_first_index


class Command(BaseCommand):
    help = "Ghi các thay đổi đang chờ vào chỉ mục từ xa và đọc chữ trong tệp đính kèm; chạy đến khi bị dừng."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="làm hết việc đang đến hạn rồi dừng")

    def handle(self, *, once: bool, **options):
        build_first_index()
        if once:
            tally = worker.work_off()
            done = f"Đã ghi {tally.delivered} thay đổi, hỏng {tally.failed}, đọc {tally.files} tệp"
            self.stdout.write(f"{done}; còn chờ {outbox.figures()['pending'] if chosen.remote_engine() else 0}.")
            return
        is_stopped = Event()
        called = Event()

        def stop(*_) -> None:
            is_stopped.set()
            called.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stdout.write("Đang chờ việc; Ctrl-C để dừng.")
        worker.run(called, is_stopped.is_set)
