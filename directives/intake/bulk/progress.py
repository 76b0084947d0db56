"""How far a run is: a line that grows on a terminal, a line now and then elsewhere."""

import time
from collections import Counter

WIDTH = 30
#: Units: seconds between two lines where nobody watches, and between two drawings where somebody does.
EVERY, REDRAWN = 30.0, 0.2
_WORDS = {"review": "chờ soát", "twin": "trùng", "failed": "không đọc được", "refused": "từ chối", "": "chưa xong"}


class Progress:
    """Tells of a run on a stream: `Progress(stdout, 1000).count("review")`."""

    def __init__(self, stream, total: int, clock=time.monotonic):
        self.stream, self.total, self.clock = stream, total, clock
        self.states: Counter[str] = Counter()
        self.begun = self.told = clock()

    def count(self, state: str) -> None:
        """One more file has ended in this state."""
        self.states[state] += 1
        now, is_last = self.clock(), self.done >= self.total
        if self.stream.isatty():
            if is_last or now - self.told >= REDRAWN:
                self.told = now
                self.stream.write(f"\r\x1b[K{self._bar()} {self._words()}", ending="\n" if is_last else "")
                self.stream.flush()
        elif is_last or now - self.told >= EVERY:
            self.told = now
            self.stream.write(self._words())

    @property
    def done(self) -> int:
        """How many files have ended."""
        return self.states.total()

    def _bar(self) -> str:
        return f"{'█' * int(self.done / max(1, self.total) * WIDTH):░<{WIDTH}}"

    def _words(self) -> str:
        named = [f"{count} {_WORDS.get(state, state)}" for state, count in self.states.most_common()]
        left = self.total - self.done
        remaining = (self.clock() - self.begun) / max(1, self.done) * left
        ending = f"còn khoảng {spell_seconds(remaining)}" if left else f"hết {spell_seconds(self.clock() - self.begun)}"
        return f"{self.done}/{self.total} tệp ({', '.join(named)}), {ending}"


def spell_seconds(seconds: float) -> str:
    """A time as people say it: `spell_seconds(75) == "1 phút 15 giây"`."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    parts = [(hours, "giờ"), (minutes, "phút"), (0 if hours else whole % 60, "giây")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 giây"
