"""What templates ask for about official documents."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString

from directives import json_ld
from directives.blocks import PREFIXES
from directives.models import Original
from directives.office_titles import display_office
from directives.text_parts import TextPart, parts_of, plain_parts_of
from home.templatetags.portal_tags import absolute
from search.models import Entry

register = template.Library()
LETTER = "cong_van"


@register.simple_tag(takes_context=True)
def newest_directives(context, count: int) -> list[Entry]:
    """The newest official documents the reader may see: `{% newest_directives 6 as entries %}`."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    return list(Entry.objects.official().visible_to(user).newest()[:count])


@register.filter
def link_citations(html: str, reading) -> SafeString:
    """Text with its cited documents linked: `{{ task.text|link_citations:reading }}`."""
    return reading.link_citations(html)


@register.filter
def text_parts(reading) -> list[TextPart]:
    """The document part by part: `{% for part in reading|text_parts %}`."""
    return parts_of(reading)


@register.filter
def original_of(reading, file) -> Original | None:
    """What is known of an attached file: `{% with original=reading|original_of:file %}`."""
    return getattr(reading, "originals", {}).get(file.pk) if file else None


@register.filter
def plain_text_parts(page) -> list[TextPart]:
    """The document part by part as it is printed: `{% for part in page|plain_text_parts %}`."""
    return plain_parts_of(page)


@register.filter
def authority_line(signer) -> str:
    """By what authority and in which office somebody signed, e.g. "KT. Giám đốc, Phó Giám đốc"."""
    prefixes = " ".join(PREFIXES[key] for key in signer["authorities"] or () if key in PREFIXES)
    behalf = " ".join(part for part in (prefixes, display_office(signer["on_behalf_of"])) if part)
    return ", ".join(part for part in (behalf, display_office(signer["office"])) if part)


@register.filter
def type_line(page) -> str:
    """The type name over the abstract, e.g. "QUYẾT ĐỊNH"; letters have none (Decree 30, annex I.II.5).

    A call outside the catalogue of types is named by what its title says before the abstract.
    """
    if page.printed_kind:
        return page.printed_kind
    if page.kind:
        return "" if page.kind.slug == LETTER else page.kind.name.upper()
    title, abstract = page.title.casefold(), page.abstract.casefold()
    is_longer = abstract and title != abstract and title.endswith(abstract)
    return page.title[: -len(page.abstract)].strip().upper() if is_longer else ""


@register.filter
def subject_line(page) -> str:
    """The abstract of a letter as it stands under the number, e.g. "V/v rà soát thủ tục hành chính"."""
    if not (page.kind and page.kind.slug == LETTER and page.abstract):
        return ""
    text = page.abstract
    return text if text.startswith(("V/v", "v/v")) else f"V/v {text[:1].lower()}{text[1:]}"


@register.filter
def publishing_channel(recipients) -> str:
    """The line of "Nơi nhận" that orders publication, e.g. "Website Sở"; "" when none does."""
    return next((row.value["name"] for row in recipients if row.value["kind"] == "channel"), "")


@register.filter
def notice_title(relation: str) -> str:
    """A relation as the head of a notice, e.g. "Bị thay thế bởi" becomes "Đã bị thay thế"."""
    return f"Đã {relation[:1].lower()}{relation[1:]}".removesuffix(" bởi")


@register.simple_tag
def legislation(page) -> dict:
    """The document for machines: `{% legislation page as data %}`."""
    return json_ld.legislation(page, absolute(page.url or ""))
