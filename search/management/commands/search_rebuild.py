"""`manage.py search_rebuild`: a new index beside the one that is read, compared and then changed over."""

from django.core.management import BaseCommand, CommandError

from search import rebuild
from search.contract import EngineUnavailable, SearchEngine
from search.engines import chosen
from search.runs import AlreadyRunning

WIDTH = 40


class Command(BaseCommand):
    help = "Dựng lại chỉ mục tìm kiếm bên cạnh chỉ mục đang dùng, đối chiếu rồi mới thay; giữ chỉ mục cũ."

    def add_arguments(self, parser):
        parser.add_argument("--engine", help="chỉ dựng chỉ mục này: sqlite, postgres hoặc elastic")
        parser.add_argument("--rollback", action="store_true", help="dùng lại chỉ mục trước lần dựng gần nhất")

    def handle(self, *, engine: str | None, rollback: bool, **options):
        for each in engines_named(engine):
            try:
                if rollback:
                    changed = rebuild.roll_back(each)
                    self.stdout.write(f"{each.name}: đã dùng lại chỉ mục trước, cập nhật {changed} trang.")
                else:
                    self.build(each)
            except AlreadyRunning as other:
                raise CommandError(f"{each.name}: đang có tiến trình khác dựng lại ({other}).") from other
            except EngineUnavailable as outage:
                raise CommandError(f"{each.name}: chỉ mục không trả lời hoặc không có: {outage}") from outage
            except rebuild.NotEqual as difference:
                message = f"{each.name}: chỉ mục mới không khớp nên không thay: {difference}"
                raise CommandError(message) from difference

    def build(self, engine: SearchEngine) -> None:
        files = rebuild.read_every_file()
        if files:
            self.stdout.write(f"Đã đọc chữ trong {files} tệp đính kèm.")
        pages = rebuild.rebuild(engine, Bar(self.stdout, engine.name).show)
        self.stdout.write(f"{engine.name}: chỉ mục mới có {pages} trang và đang được dùng.")


def engines_named(name: str | None) -> list[SearchEngine]:
    """The engine of this name, or all that are on. Errors: CommandError for a name that is not on."""
    held = [engine for engine in (chosen.database_engine(), chosen.remote_engine()) if engine is not None]
    wanted = [engine for engine in held if name in (None, engine.name)]
    if not wanted:
        names = ", ".join(engine.name for engine in held)
        raise CommandError(f"Không có chỉ mục “{name}” nào đang bật; đang bật: {names}.")
    return wanted


class Bar:
    """Shows how far a rebuild is: a line that grows on a terminal, a line for each tenth elsewhere."""

    def __init__(self, stdout, name: str):
        self.stdout, self.name, self.shown = stdout, name, -1

    def show(self, done: int, total: int) -> None:
        share = done / total if total else 1.0
        if self.stdout.isatty():
            filled = "█" * int(share * WIDTH)
            self.stdout.write(f"\r{self.name} {filled:░<{WIDTH}} {done}/{total}", ending="\n" if share >= 1 else "")
            self.stdout.flush()
        elif int(share * 10) > self.shown:
            self.shown = int(share * 10)
            self.stdout.write(f"{self.name}: {done}/{total} trang")
