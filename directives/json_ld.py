"""An official document as schema.org Legislation."""

LEGAL_FORCE = {
    "in_force": "https://schema.org/InForce",
    "partly": "https://schema.org/PartiallyInForce",
    "not_yet": "https://schema.org/NotInForce",
    "expired": "https://schema.org/NotInForce",
    "suspended": "https://schema.org/NotInForce",
    "replaced": "https://schema.org/NotInForce",
    "repealed": "https://schema.org/NotInForce",
    "recalled": "https://schema.org/NotInForce",
}


def legislation(page, address: str) -> dict:
    """The document as machines read it, e.g. `{"legislationIdentifier": "39-CT/TW", …}`.

    Shape: what is not known is left out; a date known to the month is written "2024-03".
    Source: https://schema.org/Legislation
    """
    facts = {
        "name": page.abstract or page.title,
        "url": address,
        "inLanguage": "vi",
        "legislationIdentifier": page.printed_number if page.number else "",
        "legislationType": page.kind.name if page.kind else "",
        "legislationDate": page.issued_on.iso() if page.issued_on else "",
        "legislationPassedBy": organization(page.issuer_name),
        "legislationLegalForce": LEGAL_FORCE.get(page.state.key, "") if page.state else "",
        "datePublished": page.first_published_at.date().isoformat() if page.first_published_at else "",
    }
    return {"@context": "https://schema.org", "@type": "Legislation"} | stated(facts)


def organization(name: str) -> dict:
    """An organisation known by its name, e.g. `{"@type": "GovernmentOrganization", "name": "Chính phủ"}`."""
    return {"@type": "GovernmentOrganization", "name": name} if name else {}


def stated(facts: dict) -> dict:
    """The facts that are known, e.g. `stated({"name": "", "url": "/"})` is `{"url": "/"}`."""
    return {name: value for name, value in facts.items() if value}
