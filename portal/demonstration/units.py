"""The department and its units, with their names, leaders and history."""

from home.models import UnitIndexPage, UnitPage
from home.models.unit_history import UnitEvent, UnitLeader, UnitName
from portal.demonstration.people import account, seat_accounts
from portal.demonstration.placing import publish_under
from portal.demonstration.records import read_rows, read_table
from portal.demonstration.writing import article_blocks
from search.visibility import PUBLIC

PLAIN = ("title", "slug", "code", "kind", "lede", "contact_point", "founded_on", "closed_on")


def make_units() -> None:
    """Successors first, then the department, then its twelve units under it."""
    contact = read_table("units")["contact"]
    made: dict[str, UnitPage] = {}
    for row in read_rows("units", "unit"):
        parent = made[row["under"]] if "under" in row else UnitIndexPage.objects.get()
        page = _unit(row, contact)
        page.successors.set([made[slug] for slug in row.get("successors", ())])
        made[row["slug"]] = publish_under(parent, page, account("van-phong"), row.get("founded_on"))
    seat_accounts()


def _unit(row: dict, contact: dict) -> UnitPage:
    page = UnitPage(audience=PUBLIC, **contact, **{name: row[name] for name in PLAIN if name in row})
    page.functions = article_blocks(row.get("functions", ""), {})
    page.leaders = [UnitLeader(sort_order=at, **leader) for at, leader in enumerate(row.get("leaders", ()))]
    page.names = [UnitName(sort_order=at, **name) for at, name in enumerate(row.get("names", ()))]
    page.events = [UnitEvent(sort_order=at, **event) for at, event in enumerate(row.get("events", ()))]
    return page


def units_by_code() -> dict[str, UnitPage]:
    """The units of the department by their code, e.g. `units_by_code()["VP"]`."""
    return {unit.code: unit for unit in UnitPage.objects.exclude(code="").order_by("-path")}
