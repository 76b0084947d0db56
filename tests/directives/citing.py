"""Citations as the editor's form keeps them, for tests."""

from home.partial_dates import read_partial_date


def cite(text: str, issued: str = "", **fields) -> tuple[str, dict]:
    """A citation block, e.g. `cite("Luật Đất đai năm 2024")`, `cite("…", "14/06/2019", number="733")`."""
    blank = {
        "kind": "",
        "number": "",
        "separator": "/",
        "notation": "",
        "issued_on": read_partial_date(issued) if issued else None,
        "issuer": "",
        "abstract": "",
        "target": None,
    }
    return ("citation", blank | {"text": text} | fields)


def cite_party(number: str = "39", issued: str = "", **fields) -> tuple[str, dict]:
    """A citation of a directive of the Party: "Chỉ thị số 39-CT/TW"."""
    return cite(f"Chỉ thị số {number}-CT/TW", issued, number=number, separator="-", notation="CT/TW", **fields)


def cite_decision(number: str = "12", issued: str = "", **fields) -> tuple[str, dict]:
    """A citation of a decision of the department: "Quyết định số 12/QĐ-STNMT"."""
    return cite(f"Quyết định số {number}/QĐ-STNMT", issued, number=number, notation="QĐ-STNMT", **fields)
