"""An editor of another unit at every address of the admin: nothing of pages, files and pictures that are not hers."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.urls import URLResolver, get_resolver

from tests.leaks.readers import EDITOR_B, OFFICE
from tests.leaks.tokens import told_by

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
#: Addresses that end the session or answer with a file of the admin itself.
LEFT_OUT = ("logout", "jsi18n", "sprite")
HIDDEN = ("unit_a", "draft", "staff_article")
CHOOSERS = (
    "/quan-tri/choose-page/?page_type=wagtailcore.page",
    "/quan-tri/choose-page/search/?q={q}",
    "/quan-tri/documents/chooser/results/?q={q}",
    "/quan-tri/images/chooser/results/?q={q}",
    "/quan-tri/documents/?q={q}",
    "/quan-tri/images/?q={q}",
    "/quan-tri/pages/search/?q={q}",
    "/quan-tri/api/main/pages/?search={q}",
)


def routes(resolver=None, prefix: str = "") -> Iterator[str]:
    """Every route of the admin, e.g. "quan-tri/pages/<int:page_id>/edit/"."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif route.startswith("quan-tri/") and not any(word in route for word in LEFT_OUT):
            yield route


def filled(route: str, numbers: dict[str, int]) -> str | None:
    """The address of a route for one page, file or picture; None where it names something else."""
    kind = next((kind for kind in ("documents", "images") if f"/{kind}/" in route), "page")
    number = numbers.get(kind)
    names = PLACE.findall(route)
    if number is None or not names or set(re.findall(r"[()^$\\]", route)):
        return None
    return "/" + PLACE.sub(str(number), route)


def addresses(site) -> Iterator[str]:
    every = sorted(set(routes()))
    for name in HIDDEN:
        ids = site.canaries[name].ids
        numbers = {"page": ids["page"].pk, "documents": getattr(ids.get("docx"), "pk", None)}
        numbers["images"] = getattr(ids.get("image"), "pk", None)
        yield from filter(None, (filled(route, numbers) for route in every))
    yield from (f"/{route}" for route in every if not PLACE.search(route))
    for name in HIDDEN:
        for words in (site.canaries[name].word("t"), site.canaries[name].word("f"), "kiểm thử"):
            yield from (each.format(q=quote(words)) for each in CHOOSERS)


def leaks(site, reader: str, address: str) -> set[str]:
    response = site.browsers[reader].get(address)
    if address.endswith("/lock/") or response.status_code == 405:
        return set()
    open_stems = {each.stem for each in site.canaries.values() if reader in each.readers | each.editors}
    # The catalogue of fields of work is common to all who write.
    told = {token for token in told_by(response, address) if not token.endswith("g")}
    return {token for token in told if token[:-1] not in open_stems}


def test_an_editor_of_another_unit_meets_no_word_of_what_is_not_hers(site):
    asked = list(addresses(site))
    assert len(asked) > 200
    found = {address: told for address in asked if (told := leaks(site, EDITOR_B, address))}
    assert found == {}


def test_the_office_does_meet_it(site):
    page = site.canaries["unit_a"].ids["page"]
    told = told_by(site.browsers[OFFICE].get(f"/quan-tri/pages/{page.pk}/edit/"), "")
    assert {site.canaries["unit_a"].word(place) for place in "tbn"} <= told
