"""An event before it is in the chain, what of it is sealed, and how."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer

from home.audit.requester import Actor
from home.models import AuditEvent

FIRST = "0" * 64
SEALED = tuple(each.attname for each in AuditEvent._meta.concrete_fields if each.name != "digest")
_signer = Signer(salt="home.audit")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about, e.g. `Subject("directive", 12, "39-CT/TW", 7, "units", "office unit:7")`."""

    kind: str = ""
    object_id: int | None = None
    label: str = ""
    unit_id: int | None = None
    audience: str = ""
    readers: str = ""


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is not in the chain yet."""

    action: str
    at: datetime
    actor: Actor
    subject: Subject = NOTHING
    detail: Mapping[str, str | int] = field(default_factory=dict)
    origin: str = ""

    def as_row(self) -> dict:
        """The columns, e.g. `draft.as_row()["actor_name"]` is "Trần Thị Thử (vanphong)"."""
        return {
            "at": self.at,
            "action": self.action,
            "actor_id": self.actor.id,
            "actor_name": _storable(self.actor.name)[:255],
            "address": _storable(self.actor.address),
            **asdict(replace(self.subject, label=_storable(self.subject.label)[:255])),
            "detail": {name: _storable(value) for name, value in self.detail.items()},
            "origin": self.origin,
        }


def _storable(value):
    """A text without what no database column holds."""
    return value.replace("\x00", "").encode(errors="replace").decode() if isinstance(value, str) else value


def seal(values: Mapping[str, object]) -> str:
    """The digest of a row: SHA-256 over all its other columns as canonical JSON (RFC 8785 for these types).

    Shape: names sorted, no spaces, UTF-8, moments in UTC as ISO 8601.
    """
    said = {name: _plain(values[name]) for name in SEALED}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def sign(*values: object) -> str:
    """A signature with the key of the site, which is not in the database: `sign("head", 12, "7dc0…")`."""
    return _signer.signature(_joined(values))


def is_signed(signature: str, *values: object) -> bool:
    """Whether the signature is ours, with the present key or a former one of `SECRET_KEY_FALLBACKS`."""
    try:
        _signer.unsign(f"{_joined(values)}{_signer.sep}{signature}")
    except BadSignature:
        return False
    return True


def _joined(values: tuple[object, ...]) -> str:
    return "|".join(str(value) for value in values)
