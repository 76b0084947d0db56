"""Seven kinds of reader at every way out: no word of what they may not see, and the words of what they may."""

import pytest

from tests.leaks.channels import CHANNELS, LEFT_OUT, STARTS, links_of
from tests.leaks.readers import READERS, STAFF, STRANGER
from tests.leaks.tokens import told_by

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_ADDRESSES = 250


@pytest.fixture(params=READERS)
def reader(request) -> str:
    return request.param


def allowed(site, reader: str) -> set[str]:
    """The stems of what this reader may see."""
    return {each.stem for each in site.canaries.values() if reader in each.readers}


def forbidden(site, reader: str, tokens: set[str]) -> dict[str, str]:
    """Tokens the reader may not be told, with the page they belong to."""
    names = {each.stem: each.name for each in site.canaries.values()}
    open_stems = allowed(site, reader)
    return {token: names.get(token[:-1], "?") for token in sorted(tokens) if token[:-1] not in open_stems}


def gather(found: dict[str, list[str]], leaks: dict[str, str], address: str) -> None:
    """Adds where each token was met, e.g. `{"zq…u of staff_unit": ["/tim-kiem/"]}`; three places are enough."""
    for token, name in leaks.items():
        places = found.setdefault(f"{token} of {name}", [])
        if len(places) < 3:
            places.append(address)


def share_of(reader: str, addresses: list[str]) -> list[str]:
    """A stranger asks at every address, the others together once or twice at each."""
    return addresses if reader == STRANGER else addresses[READERS.index(reader) % 4 :: 4]


def leaks_at(site, reader: str, address: str) -> tuple[dict[str, str], set[str]]:
    response = site.browsers[reader].get(address)
    assert response.status_code < 500, address
    told = told_by(response, address)
    if response.status_code == 200 and reader in STAFF:
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"], address
    return forbidden(site, reader, told), told


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_way_out_tells_a_word_of_what_the_reader_may_not_see(site, reader, channel):
    found: dict[str, list[str]] = {}
    for address in share_of(reader, list(CHANNELS[channel](site))):
        leaks, _ = leaks_at(site, reader, address)
        gather(found, leaks, address)
    assert found == {}


def test_a_crawl_from_the_front_page_meets_only_what_is_for_the_reader(site, reader):
    waiting, seen, found, told = list(STARTS), set(), {}, set()
    while waiting and len(seen) < MOST_ADDRESSES:
        address = waiting.pop(0)
        if address in seen or address.startswith(LEFT_OUT):
            continue
        seen.add(address)
        response = site.browsers[reader].get(address)
        assert response.status_code < 500, address
        tokens = told_by(response, "")
        told |= tokens
        gather(found, forbidden(site, reader, tokens), address)
        waiting += links_of(response)
    assert found == {}
    titles = {each.word("t") for each in site.canaries.values() if reader in each.readers and "unit" not in each.name}
    assert titles <= told
