"""`manage.py tick`: publish and withdraw what is due; run every minute by cron or a systemd timer."""

from itertools import chain

from django.core.management import BaseCommand, CommandError

from directives.intake import pruning as intake
from home.audit import pruning as audit
from portal.office.timetable import run_due
from search.office.chores import run_chores

PURGE = "báo bộ nhớ đệm phía trước xóa bản cũ"


class Command(BaseCommand):
    help = "Đăng và hạ những trang đã đến giờ; chạy mỗi phút một lần."

    def handle(self, **options) -> None:
        failures = 0
        done = 0
        for outcome in chain(run_due(), run_chores(), audit.run_chores(), intake.run_chores()):
            if outcome.error:
                failures += 1
                self.stderr.write(outcome.sentence)
            else:
                done += 1
                self.stdout.write(outcome.sentence)
        if failures:
            raise CommandError(f"{failures} việc đến hạn không làm được; {done} việc khác đã xong.")
        if not done:
            self.stdout.write("Không có việc nào đến hạn.")
