"""`manage.py audit_verify`: is the audit log whole, else which is the first broken event."""

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from home.audit.actions import AUDIT_ACCEPTED
from home.audit.pruning import note_end
from home.audit.recording import record
from home.audit.verification import verify


class Command(BaseCommand):
    help = "Kiểm tra nhật ký còn nguyên vẹn không; mã thoát 1 và chỗ hỏng đầu tiên nếu không."

    def add_arguments(self, parser):
        parser.add_argument(
            "--accept",
            metavar="LÝ DO",
            default="",
            help="sau khi phục hồi cơ sở dữ liệu từ bản sao lưu: ghi lý do và lập lại mốc ngoài cơ sở dữ liệu",
        )

    def handle(self, *, accept: str, **options):
        verdict = verify()
        if verdict.fault and accept:
            with transaction.atomic():
                record(AUDIT_ACCEPTED, fault=verdict.fault, reason=accept[:500])
            note_end(is_accepted=True)
            verdict = verify()
        if verdict.fault:
            raise CommandError(f"Nhật ký KHÔNG nguyên vẹn: {verdict.fault}.")
        self.stdout.write(f"Nhật ký nguyên vẹn: đã kiểm tra {verdict.checked} sự kiện.")
