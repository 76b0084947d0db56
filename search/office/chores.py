"""What search has to do from time to time: finish the index, count what was asked, forget what is old, send mails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.office.counting import count_searches, forget_old
from search.office.digest import send_digests
from search.worker import work_off_in_words


@dataclass(frozen=True, slots=True)
class Chore:
    """What became of one chore, e.g. `Chore("Đã gửi 3 thư về tìm kiếm đã lưu.")`."""

    sentence: str
    error: Exception | None = None


def run_chores() -> Iterator[Chore]:
    """Everything that is due; a chore that fails stops no other, one with nothing to tell is silent."""
    for act, deed in (
        (work_off_in_words, "cập nhật chỉ mục tìm kiếm"),
        (count_searches, "đếm lượt tìm kiếm"),
        (forget_old, "xóa số liệu tìm kiếm cũ"),
        (send_digests, "gửi thư về tìm kiếm đã lưu"),
    ):
        yield from run_chore(act, deed)


def run_chore(act: Callable[[], object], deed: str) -> Iterator[Chore]:
    """One chore under the same rule, e.g. `run_chore(send_digests, "gửi thư về tìm kiếm đã lưu")`."""
    try:
        done = act()
    except Exception as error:
        yield Chore(f"Không {deed} được: {type(error).__name__}: {error}", error)
    else:
        if isinstance(done, str) and done:
            yield Chore(done)
