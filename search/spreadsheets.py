"""What every table for a spreadsheet needs: harmless texts and a line at a time."""

from search.vietnamese.letters import clean

BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, e.g. `harmless("=1+1")` is "'=1+1"; one line, no controls.

    Source: OWASP, CSV Injection.
    """
    line = clean(text)
    is_formula = line.startswith(FORMULA_SIGNS) or text[:1] in ("\t", "\r")
    return f"'{line}" if is_formula else line


class LineByLine:
    """What the csv module writes to: it hands each line straight on."""

    def write(self, line: str) -> str:
        return line
