"""The accounts of the demonstration, one for each role."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from home.models import UnitPage
from portal.demonstration.records import read_table
from portal.models import Membership
from portal.office.roles import ensure_roles


def make_accounts() -> dict:
    """The accounts by name, with their roles, e.g. `make_accounts()["van-phong"]`."""
    table = read_table("accounts")
    groups = ensure_roles()
    # One hash for all: they share the password that the summary prints.
    password = make_password(table["password"])
    return {row["username"]: _account(row, password, groups) for row in table["account"]}


def _account(row: dict, password: str, groups: dict):
    is_administrator = row.get("is_administrator", False)
    user = get_user_model().objects.create(
        username=row["username"],
        password=password,
        last_name=row["last_name"],
        first_name=row["first_name"],
        position=row["position"],
        email=f"{row['username']}@vi-du.gov.vn",
        office_phone=row.get("office_phone", ""),
        is_superuser=is_administrator,
        is_staff=is_administrator,
    )
    user.groups.set([groups[name] for name in row.get("roles", ())])
    return user


def seat_accounts() -> None:
    """Each account in its unit, once the units stand."""
    users = get_user_model().objects.in_bulk(field_name="username")
    units = {unit.code: unit for unit in UnitPage.objects.exclude(code="")}
    for row in read_table("accounts")["account"]:
        for code in row.get("units", ()):
            Membership.objects.get_or_create(user=users[row["username"]], unit=units[code])


def accounts():
    """The accounts of the demonstration that stand."""
    names = [row["username"] for row in read_table("accounts")["account"]]
    return get_user_model().objects.filter(username__in=names)


def account(username: str):
    return get_user_model().objects.get(username=username)
