"""`manage.py audit_verify`: is the audit log whole, else which is the first broken event."""

import re
from argparse import ArgumentTypeError

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from home.audit.actions import AUDIT_ACCEPTED
from home.audit.anchor import REMEDY, Anchor, doubt
from home.audit.pruning import note_end
from home.audit.recording import record
from home.audit.verification import verify


def read_mark(text: str) -> Anchor:
    """An event as this command prints it: `read_mark("812:7dc0…")`. Errors: ArgumentTypeError."""
    number, _, digest = text.partition(":")
    if not (number.isdecimal() and re.fullmatch(r"[0-9a-f]{64}", digest)):
        raise ArgumentTypeError("hãy ghi số thứ tự, dấu hai chấm và giá trị băm của sự kiện")
    return Anchor(int(number), digest)


class Command(BaseCommand):
    help = "Kiểm tra nhật ký còn nguyên vẹn không; mã thoát 1 và chỗ hỏng đầu tiên nếu không."

    def add_arguments(self, parser):
        parser.add_argument(
            "--accept",
            metavar="LÝ DO",
            default="",
            help="sau khi phục hồi cơ sở dữ liệu từ bản sao lưu: ghi lý do và lập lại mốc ngoài cơ sở dữ liệu",
        )

        parser.add_argument(
            "--expect",
            metavar="SỐ:BĂM",
            type=read_mark,
            help="một sự kiện đã giữ ở nơi khác (bản in, bản xuất): số thứ tự và giá trị băm của nó",
        )

    def handle(self, *, accept: str, expect=None, **options):
        verdict = verify(expect)
        if verdict.fault and accept:
            with transaction.atomic():
                record(AUDIT_ACCEPTED, fault=verdict.fault, reason=accept[:500])
            note_end(is_accepted=True)
            verdict = verify(expect)
        if verdict.fault:
            walked = f" Đã đi hết {verdict.checked} sự kiện." if verdict.end.sequence else ""
            remedy = f" {REMEDY}." if doubt() else ""
            raise CommandError(f"Nhật ký KHÔNG nguyên vẹn: {verdict.fault}.{walked}{remedy}")
        for warning in verdict.warnings:
            self.stderr.write(f"Cảnh báo: {warning}.")
        self.stdout.write(f"Nhật ký nguyên vẹn: đã kiểm tra {verdict.checked} sự kiện.")
        if verdict.end.sequence:
            self.stdout.write(f"Cuối nhật ký: {verdict.end.sequence}:{verdict.end.digest}")
        if sentence := note_end():
            self.stdout.write(sentence)
