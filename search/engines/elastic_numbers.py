"""Document numbers in the forms that Elasticsearch compares: parts in any order, and the notation as printed."""

from search.vietnamese.letters import clean, fold, plain_signs
from search.vietnamese.number_parts import CODES, number_parts
from search.vietnamese.syllables import exact_tokens


def number_key(number: str) -> str:
    """Folded parts in one order: `number_key("39-CT/TW")` and `number_key("ct39 tw")` are `"39 ct tw"`."""
    return " ".join(sorted(number_parts(number)))


def exact_parts(number: str) -> list[str]:
    """Parts that keep accents: `exact_parts("15/QĐ-ĐA")` is `["15", "qđ", "đa"]`, which "15/QĐ-DA" does not hold."""
    tokens = exact_tokens(plain_signs(clean(number)))
    return list(dict.fromkeys(part for token in tokens for part in _split(token)))


def _split(token: str) -> list[str]:
    """Parts where letters meet digits: "ct39" -> ["ct", "39"], leading zeros gone."""
    parts: list[str] = []
    for letter in token:
        if parts and parts[-1][-1].isdigit() == letter.isdigit():
            parts[-1] += letter
        else:
            parts.append(letter)
    return [part.lstrip("0") or part[:1] for part in parts]


def asked_parts(parts: tuple[str, ...]) -> list[str]:
    """The parts that a number must hold: "chỉ thị 05" asks for 5; its words are looked for in the text."""
    asked = [part for part in dict.fromkeys(parts) if part.isdigit() or part in CODES]
    has_number = any(part.isdigit() for part in asked)
    return asked if has_number else list(dict.fromkeys(parts))


def asked_exact_parts(number_text: str, parts: tuple[str, ...]) -> list[str]:
    """The accented forms of `asked_parts`, e.g. `["39", "đa"]` for "39 ĐA"."""
    asked = set(asked_parts(parts))
    return [part for part in exact_parts(number_text) if part in asked or fold(part) in asked]
