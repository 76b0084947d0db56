"""How the indexes are doing, in a few figures: for the machine that watches and for the office."""

from search import outbox
from search.engines import chosen
from search.verification import last_report

NOTHING_WAITS = {"pending": 0, "oldest_seconds": 0, "dead_letters": 0}


def index_state() -> dict[str, object]:
    """`{"engine": "elastic", "pending": 3, "oldest_seconds": 12, "dead_letters": 0, "drift_total": 0}`.

    Shape: `engine` is the one readers are meant to have; nothing can wait where there is no remote one;
    `drift_total` is that of the last check, null before the first.
    """
    remote = chosen.remote_engine()
    engine = remote or chosen.database_engine()
    waiting = outbox.figures() if remote else NOTHING_WAITS
    return {"engine": engine.name, **waiting, "drift_total": last_report().get("drift_total")}
