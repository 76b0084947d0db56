"""The end of the chain noted outside the database: who cuts the tail off there cannot cut it off here."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from home.audit.events import is_signed, sign


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the end of the chain once was, e.g. `Anchor(812, "7dc0…")`."""

    sequence: int
    digest: str


def file() -> Path:
    return Path(settings.VAR_DIR) / "nhat-ky" / "moc.json"


def drop(anchor: Anchor, is_accepted: bool = False) -> bool:
    """Note this end of the chain; an earlier one than the noted takes its place only when it was accepted."""
    noted = read()
    if noted and (noted == anchor or (noted.sequence >= anchor.sequence and not is_accepted)):
        return False
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file().with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(asdict(anchor) | {"signature": sign("anchor", anchor.sequence, anchor.digest)}))
    part.chmod(0o600)
    part.replace(file())
    return True


def read() -> Anchor | None:
    """The noted end; None where none was noted yet.

    Errors: ValueError when the file is not what this site wrote.
    """
    if not file().is_file():
        return None
    try:
        said = json.loads(file().read_text())
        anchor, signature = Anchor(said["sequence"], said["digest"]), said["signature"]
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("moc.json") from error
    if not is_signed(signature, "anchor", anchor.sequence, anchor.digest):
        raise ValueError("moc.json")
    return anchor
