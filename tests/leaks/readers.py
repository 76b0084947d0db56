"""The seven kinds of reader and their browsers."""

from django.contrib.auth import get_user_model
from django.test import Client

from portal.office.roles import EDITORS, ensure_roles
from tests.builders import make_person

STRANGER, STALE, STAFF_A, STAFF_B, EDITOR_B, DISABLED, OFFICE = READERS = (
    "stranger",
    "stale_cookies",
    "staff_of_a",
    "staff_of_b",
    "editor_of_b",
    "disabled",
    "office",
)
OUTSIDE = (STRANGER, STALE, DISABLED)
STAFF = frozenset({STAFF_A, STAFF_B, EDITOR_B, OFFICE})
NOBODY: frozenset[str] = frozenset()
#: The answer to readers of each audience; `named` is for the staff member of unit B by name.
MAY_READ = {
    "public": frozenset(READERS),
    "staff": STAFF,
    "unit_a": frozenset({STAFF_A, OFFICE}),
    "unit_b": frozenset({STAFF_B, EDITOR_B, OFFICE}),
    "named": frozenset({STAFF_B}),
}


def make_people(unit_a, unit_b) -> dict:
    people = {
        STAFF_A: make_person("nhan-vien-a", unit_a),
        STAFF_B: make_person("nhan-vien-b", unit_b),
        EDITOR_B: make_person("bien-tap-b", unit_b),
        DISABLED: make_person("da-nghi", unit_a),
        OFFICE: make_person("van-phong", is_superuser=True),
    }
    people[EDITOR_B].groups.add(ensure_roles()[EDITORS])
    return people


def client_of(reader: str, people: dict) -> Client:
    """A browser of this reader; its errors are answers, as in use."""
    client = Client(raise_request_exception=False)
    if reader == STALE:
        client.cookies.load({"sessionid": "k" * 32, "csrftoken": "c" * 32, "messages": "W10:1abc:zz", "co-chu": "9"})
    if reader in people:
        client.force_login(people[reader])
    if reader == DISABLED:
        get_user_model().objects.filter(pk=people[reader].pk).update(is_active=False)
    return client
