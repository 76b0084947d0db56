"""The department and its units as schema.org GovernmentOrganization."""


def unit_organization(unit, address: str, parent: str) -> dict:
    """A unit as machines read it, e.g. `{"@type": "GovernmentOrganization", "name": "Văn phòng Sở", …}`.

    Source: https://schema.org/GovernmentOrganization
    """
    facts = {
        "name": unit.title,
        "alternateName": unit.code,
        "description": unit.lede,
        "url": address,
        "address": unit.address,
        "telephone": unit.phone,
        "email": unit.email,
        "foundingDate": unit.founded_on.isoformat() if unit.founded_on else "",
        "dissolutionDate": unit.closed_on.isoformat() if unit.closed_on else "",
        "parentOrganization": _parent(parent) if parent != unit.title else {},
    }
    return _organization(facts)


def department_organization(department, address: str) -> dict:
    """The department itself, e.g. `{"name": "Sở Tài nguyên và Môi trường tỉnh Kon Tum", …}`."""
    facts = {
        "name": department.full_name,
        "alternateName": department.code,
        "url": address,
        "address": department.address,
        "telephone": department.phone,
        "email": department.email,
        "parentOrganization": _parent(department.parent_name),
    }
    return _organization(facts)


def _parent(name: str) -> dict:
    return {"@type": "GovernmentOrganization", "name": name} if name else {}


def _organization(facts: dict) -> dict:
    stated = {name: value for name, value in facts.items() if value}
    return {"@context": "https://schema.org", "@type": "GovernmentOrganization"} | stated
