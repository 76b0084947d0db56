"""Distribution list (nơi nhận); pure Python."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

RecipientKind = Literal["organ", "group", "person", "channel", "archive"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the list: "Giám đốc Sở (b/c)" -> person, name "Giám đốc Sở", purpose "báo cáo"."""

    kind: RecipientKind
    name: str
    purpose: str | None
    raw: str
    drafting_units: tuple[str, ...] = ()


def parse_recipients(block: str) -> tuple[Recipient, ...]:
    """Lines of "Nơi nhận:" in order, the archive line last with its drafting units."""
    raise NotImplementedError


def is_publication_order(recipients: Iterable[Recipient]) -> bool:
    """True when a line orders publication on the web: "Website Sở", "Cổng TTĐT tỉnh"."""
    raise NotImplementedError
