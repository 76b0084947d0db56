"""The demonstration department: a whole portal with the one real call and examples around it."""

from collections.abc import Callable
from time import monotonic

from django.db import transaction

from portal.demonstration.records import read_table
from portal.demonstration.steps import STEPS, is_somebody_elses


def build(say: Callable[[str], object]) -> None:
    """The department with everything in it; a second call changes nothing, a broken one is taken up again."""
    if is_somebody_elses():
        say("Cổng đã có nội dung của cơ quan: không thêm dữ liệu ví dụ.")
        return
    begun = monotonic()
    for step in STEPS:
        if step.is_done():
            continue
        say(f"{step.label}…")
        with transaction.atomic():
            step.make()
    say(f"Dữ liệu ví dụ đã đủ ({monotonic() - begun:.0f} giây).")


def summary() -> str:
    """The accounts with their password and what to try: the last words of `manage.py demo`."""
    table = read_table("accounts")
    accounts = [f"  {row['username']:<20} {row['shown_as']}" for row in table["account"]]
    sign_in = f"Tài khoản của từng vai trò, mật khẩu chung là {table['password']}"
    return "\n".join(("", sign_in, *accounts, "", "Có thể thử:", *(f"  - {line}" for line in table["try"])))
