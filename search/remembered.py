"""Small things that every request asks for and that seldom change, kept in the process for a short time."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
_held: list["Remembered"] = []


class Remembered(Generic[Value]):
    """What `load` returned, loaded again after some seconds, e.g. `rules = Remembered(load_rules); rules()`.

    A process that changes the thing calls `forget`; other processes follow within the seconds.
    """

    def __init__(self, load: Callable[[], Value], seconds: float = 30):
        self._load, self._seconds = load, seconds
        self._kept: tuple[float, Value] | None = None
        _held.append(self)

    def __call__(self) -> Value:
        kept = self._kept
        if kept is None or kept[0] < time.monotonic():
            kept = self._kept = (time.monotonic() + self._seconds, self._load())
        return kept[1]

    @property
    def is_held(self) -> bool:
        """Whether anybody asked since it was forgotten."""
        return self._kept is not None

    def forget(self, **kwargs: object) -> None:
        self._kept = None


def forget_everything() -> None:
    """Empty every memory of this process, as a test does before it begins."""
    for each in _held:
        each.forget()
