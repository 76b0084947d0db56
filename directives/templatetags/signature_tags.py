"""Signatures as they stand at the foot of a document."""

from itertools import zip_longest

from django import template

from directives.blocks import PREFIXES

register = template.Library()


@register.filter
def signature_lines(signer) -> list[str]:
    """The lines over a signature, e.g. ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]."""
    value = signer.value
    stands_for = [part.strip() for part in value["on_behalf_of"].split(";") if part.strip()]
    prefixes = [PREFIXES[key] for key in value["authorities"] if key in PREFIXES and key != "quyen"]
    lines = [f"{prefix} {name}".strip() for prefix, name in zip_longest(prefixes, stands_for, fillvalue="")]
    office = value["office"].upper()
    is_acting = "quyen" in value["authorities"] and not office.startswith(("QUYỀN", "Q."))
    return [line for line in [*lines, f"Q. {office}" if is_acting else office] if line]
