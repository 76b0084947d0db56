"""Compares the files on the disk with the rows that name them."""

from django.core.management.base import BaseCommand, CommandError

from home.media_census import remove_strays, take_census


class Command(BaseCommand):
    help = "Đối chiếu tệp trên đĩa với dữ liệu: tệp không có dòng nào dùng, dòng không còn tệp."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fix", action="store_true", help="xóa tệp thừa và cỡ ảnh mất tệp (sẽ được tạo lại)")
        parser.add_argument(
            "--minutes", type=float, default=10, help="chỉ xóa tệp cũ hơn chừng này phút (mặc định: 10)"
        )

    def handle(self, *args, fix: bool, minutes: float, **options) -> None:
        census = take_census()
        self._list("Tệp không có dòng nào dùng", census.files)
        self._list("Dòng không còn tệp", [row.label for row in census.rows])
        left = len(census.files) + len(census.rows)
        if fix and left:
            done = remove_strays(census, minutes * 60)
            left -= len(done.files) + len(done.rows)
            self.stdout.write(f"Đã xóa {len(done.files)} tệp thừa và {len(done.rows)} cỡ ảnh mất tệp.")
        if left:
            raise CommandError(f"Còn {left} chỗ không khớp giữa đĩa và dữ liệu.")
        self.stdout.write("Tệp trên đĩa và dữ liệu khớp nhau.")

    def _list(self, heading: str, lines: list[str]) -> None:
        if lines:
            self.stdout.write(f"{heading}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")
