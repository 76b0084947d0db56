"""Events that could not wait for the chain: signed files, on the disk before the answer goes out, chained later."""

import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from home.audit.actions import AUDIT_DAMAGED
from home.audit.chain import append, hold
from home.audit.events import Draft, Subject
from home.audit.requester import Actor
from home.models import AuditEvent

logger = logging.getLogger(__name__)
SALT = "home.audit.spool"
MOST_AT_ONCE = 200


def folder() -> Path:
    return Path(settings.VAR_DIR) / "nhat-ky" / "cho-ghi"


def keep(draft: Draft) -> None:
    """Leave the event on the disk for `sweep`. Errors: OSError when the disk takes nothing either."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / f"{uuid4().hex}.event"
    part = path.with_suffix(".part")
    said = asdict(draft) | {"at": draft.at.isoformat()}
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(signing.dumps(said, salt=SALT))
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def waiting() -> Iterator[Path]:
    return folder().glob("*.event") if folder().is_dir() else iter(())


def sweep() -> int:
    """Bring what waits into the chain; how many events it was. Two sweeps at once bring each event once."""
    drafts = {path: draft for path in list(waiting())[:MOST_AT_ONCE] if (draft := _read(path))}
    if not drafts:
        return 0
    with transaction.atomic():
        # Taken before looking, so that another sweep has either not begun or has finished.
        hold()
        origins = [draft.origin for draft in drafts.values()]
        known = set(AuditEvent.objects.filter(origin__in=origins).values_list("origin", flat=True))
        new = sorted((draft for draft in drafts.values() if draft.origin not in known), key=lambda draft: draft.at)
        append(new)
    for path, draft in drafts.items():
        if draft.action == AUDIT_DAMAGED:
            path.rename(path.with_suffix(".damaged"))
        else:
            path.unlink(missing_ok=True)
    return len(new)


def _read(path: Path) -> Draft | None:
    """The event of a file; a damaged one is an event of its own; None when another sweep has taken it."""
    origin = f"spool:{path.stem}"
    try:
        said = signing.loads(path.read_text(), salt=SALT)
    except FileNotFoundError:
        return None
    except (signing.BadSignature, UnicodeDecodeError):
        logger.error("an event that waited for the audit log is damaged: %s", path.name)
        return Draft(AUDIT_DAMAGED, timezone.now(), Actor(), detail={"file": path.name}, origin=origin)
    return replace(
        Draft(**said),
        at=datetime.fromisoformat(said["at"]),
        actor=Actor(**said["actor"]),
        subject=Subject(**said["subject"]),
        origin=origin,
    )
