"""`manage.py reset_second_step lan`: for who lost the telephone and the spare codes; they set it up anew."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from portal.session_ends import end_sessions


class Command(BaseCommand):
    help = "Tắt xác thực hai bước của một tài khoản và kết thúc các phiên đăng nhập của tài khoản đó."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")

    def handle(self, username: str, **options) -> None:
        if not apps.is_installed("allauth.mfa"):
            raise CommandError("Chưa cài các gói trong requirements-sso.txt nên không có xác thực hai bước.")
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{username}”.")
        removed, _ = apps.get_model("mfa.Authenticator").objects.filter(user=user).delete()
        end_sessions([user.pk])
        done = "Đã tắt xác thực hai bước" if removed else "Xác thực hai bước vốn chưa bật"
        self.stdout.write(f"{done} của {user} ({username}).")
