"""Campaigns, stories and articles as schema.org Event and NewsArticle."""

from directives.json_ld import organization, stated

CONTEXT = {"@context": "https://schema.org"}


def campaign_event(page, address: str) -> dict:
    """A campaign as an event, e.g. `{"@type": "Event", "startDate": "2024-03", "endDate": "2024-12", …}`.

    Shape: begins and ends with its period, else with its first and last dated stage; the unknown is left out.
    Source: https://schema.org/Event
    """
    held = [child.value["held_on"] for child in page.stages if child.value["held_on"]]
    begins = page.period_from or (held[0] if held else page.issued_on)
    ends = page.period_until or (held[-1] if held else None)
    sides = [organization(child.value) for child in page.sides]
    facts = {
        "name": page.title,
        "description": page.abstract,
        "url": address,
        "inLanguage": "vi",
        "startDate": begins.iso() if begins else "",
        "endDate": ends.iso() if ends else "",
        "organizer": sides or organization(page.issuer_name),
    }
    return CONTEXT | {"@type": "Event"} | stated(facts)


def story_article(page, address: str, publisher: str, picture: str = "") -> dict:
    """An exemplary story as an article, e.g. `{"@type": "NewsArticle", "headline": "Giữ rừng", …}`."""
    day = page.first_published_at
    return _article(page, address, publisher, picture) | stated(
        {
            "description": page.summary,
            "about": page.subject,
            "datePublished": day.date().isoformat() if day else "",
        }
    )


def news_article(page, address: str, publisher: str, picture: str = "") -> dict:
    """A news item as an article, e.g. `{"@type": "NewsArticle", "datePublished": "2024-11-19", …}`."""
    author = {"@type": "Person", "name": page.author} if page.author else {}
    return _article(page, address, publisher, picture) | stated(
        {"description": page.summary, "datePublished": page.published_on.isoformat(), "author": author}
    )


def _article(page, address: str, publisher: str, picture: str) -> dict:
    changed = page.last_published_at
    facts = {
        "headline": page.title,
        "url": address,
        "inLanguage": "vi",
        "image": picture,
        "publisher": organization(publisher),
        "dateModified": changed.isoformat() if changed else "",
    }
    return CONTEXT | {"@type": "NewsArticle"} | stated(facts)
