"""Search as each reader meets it, whichever engine answers: what it tells, and what it must find."""

from tests.leaks.channels import CHANNELS
from tests.leaks.readers import READERS, STRANGER
from tests.leaks.test_canaries import gather, leaks_at

SEARCHES = ("L1-L2-search", "L2-mended-words", "L3-facets", "L4-suggestions", "L29-exports")


def leaks_of_search(site, reader: str, channel: str) -> dict[str, list[str]]:
    """Tokens the reader may not be told, with where they were met; a stranger asks everywhere, the others in turn."""
    found: dict[str, list[str]] = {}
    addresses = list(CHANNELS[channel](site))
    for address in addresses if reader == STRANGER else addresses[READERS.index(reader) :: len(READERS)]:
        leaks, _ = leaks_at(site, reader, address)
        gather(found, leaks, address)
    return found


def found_by_title(site, reader: str) -> set[str]:
    """Names of the pages that the reader finds by the word of their title alone."""
    found = set()
    for canary in site.canaries.values():
        word = canary.word("u" if canary.name == "staff_unit" else "t")
        answer = site.browsers[reader].get("/api/tim-kiem", {"q": word, "gom_het_hieu_luc": "1"}).json()
        if any(word in row["title"].lower() for row in answer["results"]):
            found.add(canary.name)
        else:
            assert answer["total"] == 0, canary.name
    return found


def to_be_found(site, reader: str) -> set[str]:
    return {canary.name for canary in site.canaries.values() if reader in canary.readers}
