"""The content of the demonstration, read from its data files."""

import tomllib
from pathlib import Path

from search.vietnamese.dates import PartialDate

FOLDER = Path(__file__).parent


def read_table(name: str) -> dict:
    """One data file, e.g. `read_table("department")["name"]`."""
    with (FOLDER / "data" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def read_rows(name: str, row: str) -> list[dict]:
    """The rows of one data file in its order, e.g. `read_rows("units", "unit")[0]["code"]`."""
    return read_table(name)[row]


def read_file(folder: str, name: str) -> bytes:
    """A picture or an attached file, e.g. `read_file("pictures", "rung.jpg")`."""
    return (FOLDER / folder / name).read_bytes()


def partial(text: str) -> PartialDate | None:
    """The date of a data file, e.g. `partial("2024-03")`; "" is None."""
    return PartialDate.from_iso(text) if text else None
