"""Processes that publish, work and rebuild at once, and are killed: `python -m tests.search.killing <seed>`.

The database is that of PORTAL_VAR. Django is loaded once; every process is a fork, so that a kill costs little.
At the end one worker and one check are left in peace, and the last line tells what the indexes hold.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
FOLDER = Path(os.environ["PORTAL_VAR"])
EVENTS, KILLS = 1_000, 20
#: Units: seconds.
LEASE, LONGEST_RUN = 1.0, 1.4


def prepare() -> None:
    """Django with a remote engine: the server that the environment names, or the stand-in in a file."""
    import django

    django.setup()
    from search import outbox
    from search.engines import chosen
    from tests.search.file_engine import FileEngine

    outbox.LEASE = LEASE
    outbox.LOT = 10
    if "ELASTICSEARCH_URL" not in os.environ:
        engine = FileEngine(FOLDER / "remote.sqlite3")
        chosen.remote_engine = lambda: engine


def publish_all(seed: int) -> None:
    """A thousand changes of articles, some one by one, some all at once, in transactions as the portal has them."""
    from django.db import transaction

    from news.models import ArticlePage

    chance = random.Random(seed)
    ids = list(ArticlePage.objects.values_list("pk", flat=True))
    changes = 0
    while changes < EVENTS:
        with transaction.atomic():
            changes += change_something(chance, ids, changes)
    (FOLDER / "published").write_text(str(changes))


def change_something(chance: random.Random, ids: list[int], number: int) -> int:
    """One deed of an editor on the site; how many pages it changes."""
    from wagtail.signals import page_published

    from news.models import ArticlePage, NewsIndexPage

    deed, section = chance.random(), NewsIndexPage.objects.get()
    page = ArticlePage.objects.get(pk=chance.choice(ids))
    if deed < 0.08:
        # Everything below the section has another address.
        section.slug = "tin-tuc" if section.slug == "tin" else "tin"
        section.save()
        page_published.send(sender=NewsIndexPage, instance=section)
        return 1 + len(ids)
    if deed < 0.25 and page.live:
        page.unpublish(log_action=False)
    elif deed < 0.3 and len(ids) > 10:
        ids.remove(page.pk)
        page.delete()
    elif deed < 0.36:
        new = ArticlePage(title=f"Tin mới {number}", audience="public", live=True)
        section.add_child(instance=new)
        page_published.send(sender=ArticlePage, instance=new)
        ids.append(new.pk)
    else:
        page.title, page.live = f"Tin {page.pk} lần {number}", True
        page.save()
        page_published.send(sender=ArticlePage, instance=page)
    return 1


def work() -> None:
    from search import worker

    while True:
        worker.work_off()
        time.sleep(0.02)


def build_remote_index() -> None:
    """Nobody writes into a remote index that was never built."""
    from search import rebuild as rebuilding
    from search.engines import chosen

    rebuilding.rebuild(chosen.remote_engine())


def rebuild() -> None:
    from search import rebuild as rebuilding
    from search.engines import chosen
    from search.runs import AlreadyRunning

    rebuilding.BATCH = 10
    while True:
        for engine in (chosen.database_engine(), chosen.remote_engine()):
            try:
                rebuilding.rebuild(engine)
            except AlreadyRunning:
                time.sleep(0.05)


def start(act: Callable[[], None]) -> int:
    """A process of its own that does this; whatever goes wrong in it is written down."""
    pid = os.fork()
    if pid:
        return pid
    try:
        act()
    except BaseException:
        (FOLDER / f"error-{os.getpid()}").write_text(traceback.format_exc())
        os._exit(1)
    os._exit(0)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main(seed: int) -> dict:
    prepare()
    chance = random.Random(seed)
    # In a process of its own as well: connections must not be shared with those that are killed.
    os.waitpid(start(build_remote_index), 0)
    publisher = start(lambda: publish_all(seed))
    steady, kills = start(work), 0
    while kills < KILLS:
        victim = start(rebuild if kills % 2 else work)
        time.sleep(chance.uniform(0.05, LONGEST_RUN))
        kill(victim)
        kills += 1
    # The worker that ran all the time goes the same way.
    kill(steady)
    _, status = os.waitpid(publisher, 0)
    changes = FOLDER / "published"
    told = {"kills": kills + 1, "publisher": status, "changes": int(changes.read_text()) if changes.exists() else 0}
    return told | conclude()


def conclude() -> dict:
    """What is left after a quiet moment: the worker catches up, nothing else happens."""
    from search import outbox, worker
    from search.engines import chosen
    from search.models import Entry
    from search.verification import lasting_differences, verify

    begun = time.monotonic()
    while outbox.pending().exists() and time.monotonic() - begun < 60:
        worker.work_off()
        time.sleep(0.1)
    report = verify()
    database, remote = chosen.database_engine(), chosen.remote_engine()
    held = {engine.name: [key for key, _ in engine.versions()] for engine in (database, remote)}
    shown = sorted(f"page:{pk}" for pk in Entry.objects.values_list("pk", flat=True))
    return {
        "seconds": round(time.monotonic() - begun, 1),
        "drift_total": report.drift_total,
        "unnoticed": report.unnoticed,
        "differences": [str(each) for engine in (database, remote) for each in lasting_differences(engine)],
        "roles": roles_of(database.name),
        "pending": outbox.pending().count(),
        "unlike": [name for name, keys in held.items() if keys != shown],
        "errors": [file.read_text()[-1500:] for file in FOLDER.glob("error-*")],
    }


def roles_of(engine: str) -> list[str]:
    """What each index of the database is for: one is read, one is kept, what killed rebuilds left is being built."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT role FROM search_generation WHERE engine = %s", [engine])
        return [role for (role,) in cursor.fetchall()]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
