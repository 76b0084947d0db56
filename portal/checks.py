"""What a portal that others can reach must not do: `manage.py check --deploy` says it, and serving is refused.

On an address of this machine alone (the demonstration, a developer) nothing is refused.
"""

import ipaddress
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.static import serve

LOCAL_NAMES = frozenset(("localhost", "testserver"))
OFFICE_ENDINGS = (".local", ".lan", ".internal", ".home.arpa")
SHORTEST_KEY = 50


def is_this_machine(host: str) -> bool:
    """Whether a name means the machine itself, e.g. "127.0.0.1", "[::1]", "localhost"."""
    bare = host.strip("[]").lower()
    if bare in LOCAL_NAMES or bare.endswith(".localhost"):
        return True
    address = _address(bare)
    return address is not None and address.is_loopback


def is_inside_office(host: str) -> bool:
    """Whether a name is reached from the office's own network only, e.g. "192.168.1.5", "cong-so", "may1.local"."""
    bare = host.strip("[]").lower()
    address = _address(bare)
    if address is not None:
        return address.is_private
    return "." not in bare or bare.endswith(OFFICE_ENDINGS)


def _address(bare: str):
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        return None


def is_reachable() -> bool:
    """Whether anybody but this machine can reach the portal by what is set."""
    hosts = [urlsplit(settings.SITE_ADDRESS).hostname or "", *settings.ALLOWED_HOSTS]
    return not all(is_this_machine(host) for host in hosts)


@register(Tags.security, deploy=True)
def check_deployment(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Everything that is wrong with this deployment, each with what to do about it."""
    parts = (_code_and_key, _address_and_hosts, _accounts, _files, _purging, _neighbours)
    return [message for part in parts for message in part()]


def faults() -> list[CheckMessage]:
    """What forbids serving: nothing on this machine alone, else every error of the check."""
    return [message for message in check_deployment() if message.is_serious()] if is_reachable() else []


def _code_and_key() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG đang bật: trang lỗi sẽ cho người lạ xem mã nguồn.", hint="Bỏ DEBUG.", id="portal.E001")
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.startswith("django-insecure-"):
        yield Error(
            f"SECRET_KEY quá ngắn hoặc dễ đoán: cần ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên.",
            hint="Bỏ SECRET_KEY để cổng tự tạo khóa trong thư mục dữ liệu.",
            id="portal.E002",
        )


def _address_and_hosts() -> Iterator[CheckMessage]:
    address = urlsplit(settings.SITE_ADDRESS)
    host = address.hostname or ""
    if any(name.strip() in ("*", "") for name in settings.ALLOWED_HOSTS) or not settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS để trống hoặc nhận mọi tên miền.",
            hint=f"Ghi đúng tên miền của cổng, ví dụ ALLOWED_HOSTS={host or 'so.tinh.gov.vn'}.",
            id="portal.E003",
        )
    elif not any(host == name or (name.startswith(".") and host.endswith(name)) for name in settings.ALLOWED_HOSTS):
        yield Error(
            f"SITE_ADDRESS ghi tên miền “{host}” nhưng ALLOWED_HOSTS không nhận tên miền ấy.",
            hint=f"Thêm {host} vào ALLOWED_HOSTS.",
            id="portal.E004",
        )
    if address.scheme == "https" or is_this_machine(host):
        return
    words = f"SITE_ADDRESS là {settings.SITE_ADDRESS}: mật khẩu và phiên đăng nhập đi qua mạng không mã hóa."
    hint = "Đặt chứng thư cho máy chủ phía trước rồi ghi SITE_ADDRESS=https://…"
    if is_inside_office(host):
        yield Warning(words, hint=hint, id="portal.W005")
    else:
        yield Error(words, hint=hint, id="portal.E005")


def _accounts() -> Iterator[CheckMessage]:
    if not is_reachable():
        return
    names = accounts_with_demonstration_password()
    if names:
        yield Error(
            f"Tài khoản của bản trình diễn vẫn dùng mật khẩu in sẵn: {', '.join(names)}.",
            hint="Xóa các tài khoản ấy, hoặc đặt mật khẩu mới bằng manage.py changepassword.",
            id="portal.E006",
        )


def accounts_with_demonstration_password() -> list[str]:
    """The accounts anybody could sign in to who has read the README, e.g. `["quan-tri"]`."""
    from portal.demonstration.records import read_table

    table = read_table("accounts")
    wanted = [row["username"] for row in table["account"]]
    users = get_user_model().objects.filter(username__in=wanted, is_active=True).order_by("username")
    try:
        rows = list(users)
    except DatabaseError:
        return []  # no table yet: nobody can sign in
    # They share one hash; checking it once spares seconds at each start.
    known = dict.fromkeys({user.password for user in rows}, False)
    for user in rows:
        known[user.password] = known[user.password] or _opens(user.password, table["password"])
    return [user.username for user in rows if known[user.password]]


def _opens(hashed: str, password: str) -> bool:
    from django.contrib.auth.hashers import check_password

    return check_password(password, hashed)


def _files() -> Iterator[CheckMessage]:
    for path, forbidden in ((settings.VAR_DIR, stat.S_IRWXO), (settings.VAR_DIR / "secret_key", 0o077)):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & forbidden:
            mode = "750" if path.is_dir() else "600"
            yield Error(
                f"Người dùng khác trên máy đọc được {path}.", hint=f"Chạy: chmod {mode} {path}", id="portal.E007"
            )
    media = Path(settings.MEDIA_ROOT).resolve()
    served = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS, getattr(settings, "WHITENOISE_ROOT", None)]
    roots = [Path(root).resolve() for root in served if root]
    if any(media.is_relative_to(root) or root.is_relative_to(media) for root in roots) or _serves_folders():
        yield Error(
            "Thư mục tệp tải lên nằm trong thư mục phục vụ thẳng: tệp nội bộ sẽ mở được không cần đăng nhập.",
            hint="Để MEDIA_ROOT riêng, không khai báo trong địa chỉ nào.",
            id="portal.E008",
        )
    if settings.WAGTAILDOCS_SERVE_METHOD != "serve_view":
        yield Error(
            "WAGTAILDOCS_SERVE_METHOD phải là “serve_view”: cách khác bỏ qua phạm vi công khai của tệp.",
            id="portal.E009",
        )


def _serves_folders(resolver: URLResolver | None = None) -> bool:
    """Whether some address hands out a folder by Django's development view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is serve:
            return True
        if isinstance(pattern, URLResolver) and _serves_folders(pattern):
            return True
    return False


def _purging() -> Iterator[CheckMessage]:
    for url in settings.PURGE["urls"]:
        address = urlsplit(url)
        host = address.hostname or ""
        if address.scheme not in ("http", "https") or not host:
            yield Error(f"PURGE_URL “{url}” không phải là địa chỉ http.", id="portal.E010")
        elif not is_this_machine(host) and (not settings.PURGE["token"] or address.scheme == "http"):
            yield Error(
                f"Bộ nhớ đệm {host} ở máy khác nhưng lệnh xóa đi không có khóa hoặc không mã hóa.",
                hint="Đặt PURGE_TOKEN và dùng địa chỉ https.",
                id="portal.E011",
            )
    if settings.PURGE["method"] not in ("PURGE", "POST", "BAN"):
        yield Error("PURGE_METHOD phải là PURGE, POST hoặc BAN.", id="portal.E012")


def _neighbours() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Warning("Thư chưa được gửi đi đâu cả.", hint="Đặt EMAIL_URL.", id="portal.W013")
    redis = urlsplit(str(settings.CACHES["default"].get("LOCATION", "")))
    if redis.scheme.startswith("redis") and not redis.password and not is_this_machine(redis.hostname or "localhost"):
        yield Warning(
            "Redis ở máy khác không có mật khẩu: ai ghi được vào đó thì chạy được mã trong cổng.",
            hint="Đặt mật khẩu: REDIS_URL=rediss://:mật-khẩu@máy/0.",
            id="portal.W014",
        )
