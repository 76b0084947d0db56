"""`manage.py demo`: the demonstration department, from an empty folder to a served portal."""

import errno
import hashlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

from portal import demonstration

HOST = "127.0.0.1"
LISTEN_REFUSALS = {
    errno.EADDRINUSE: "đang có chương trình khác dùng",
    errno.EACCES: "chỉ dành cho quản trị máy",
}


class Command(BaseCommand):
    help = "Dựng cổng thông tin với dữ liệu ví dụ rồi phục vụ tại máy này."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="cổng phục vụ (mặc định 8000)")
        parser.add_argument("--no-serve", action="store_true", help="chỉ dựng dữ liệu, không phục vụ")

    def handle(self, *, port: int, no_serve: bool, **options):
        if not no_serve:
            require_free(port)
            follow_port(port)
        self.build()
        self.stdout.write(demonstration.summary())
        if not no_serve:
            self.stdout.write(f"\nĐịa chỉ: http://{HOST}:{port}/\nNhấn Ctrl-C để dừng.")
            self.stdout.flush()
            connection.close()
            Server(port).run()

    def build(self) -> None:
        if is_migration_pending():
            self.stdout.write("Đang tạo cơ sở dữ liệu…")
            call_command("migrate", verbosity=0)
            forget("demonstration")
        if remembered("demonstration") != (wanted := demonstration_fingerprint()):
            demonstration.build(self.stdout.write)
            remember("demonstration", wanted)
        if remembered("static") != (wanted := static_fingerprint()) or not settings.STATIC_ROOT.is_dir():
            self.stdout.write("Đang gom các tệp tĩnh…")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            remember("static", wanted)


def follow_port(port: int) -> None:
    """Canonical links and the sitemap name the address that is served, unless the environment names another."""
    if "SITE_ADDRESS" not in os.environ:
        settings.SITE_ADDRESS = settings.WAGTAILADMIN_BASE_URL = f"http://{HOST}:{port}"
        settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_ADDRESS]


def require_free(port: int) -> None:
    """Nothing when the port can be listened on.

    Errors: CommandError with a sentence that says to choose another by `--port`.
    """
    if not 0 < port < 65536:
        raise CommandError(f"Cổng {port} không hợp lệ: hãy chọn một số từ 1024 đến 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            reason = LISTEN_REFUSALS.get(error.errno, f"không mở được ({error.strerror})")
            raise CommandError(
                f"Cổng {port} {reason}. Hãy dừng chương trình đó, hoặc chọn cổng khác: "
                f"python3 manage.py demo --port {8080 if port != 8080 else 8090}"
            ) from error


def is_migration_pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def demonstration_fingerprint() -> str:
    """Changes with the files that make the demonstration and with the database that holds it."""
    folder = Path(demonstration.__file__).parent
    database = connection.settings_dict
    return fingerprint([f"{database['HOST']} {database['NAME']}", *states(sorted(folder.rglob("*")))])


def static_fingerprint() -> str:
    finders = [(finder, storage, path) for finder in get_finders() for path, storage in finder.list([])]
    return fingerprint(states(Path(storage.path(path)) for _, storage, path in finders))


def states(paths) -> Iterator[str]:
    """`css/portal.css 4711 1790000000` for each file: its size and its time of change."""
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            state = path.stat()
            yield f"{path} {state.st_size} {state.st_mtime_ns}"


def fingerprint(lines) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def stamp(name: str) -> Path:
    return settings.VAR_DIR / f"{name}.stamp"


def remembered(name: str) -> str:
    return stamp(name).read_text() if stamp(name).is_file() else ""


def remember(name: str, value: str) -> None:
    stamp(name).write_text(value)


def forget(name: str) -> None:
    stamp(name).unlink(missing_ok=True)


class Server(BaseApplication):
    """Gunicorn in this very process: Django is loaded once, and Ctrl-C reaches the server itself."""

    def __init__(self, port: int):
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{HOST}:{self.port}",
            "workers": 2,
            "threads": 4,
            "preload_app": True,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Its longest: a reader whose query is cut is told so by the page, in Vietnamese.
            "limit_request_line": 8190,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        from portal.wsgi import application

        return application
