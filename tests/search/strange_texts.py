"""Texts that nobody should have to be afraid of: quotation marks, syntax of full texts, broken and odd letters."""

import random
from collections.abc import Iterator

_PIECES = (
    *('"', '""', "'", "`", "“", "”", "«", "*", "^", ":", "-", "--", "+", "~", "(", ")", "((", "))", "{", "}", "[", "]"),
    *(
        "\\",
        "/",
        "//",
        "|",
        "||",
        "&",
        "&&",
        "!",
        "?",
        "%",
        "_",
        "__",
        ";",
        ",",
        ".",
        "…",
        "@",
        "#",
        "$",
        "=",
        "<",
        ">",
    ),
    *("AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "title:", "marks:", "numbers : 5", "_exists_", "a*", "-a", "+b"),
    *("\x00", "\x1a", "\x7f", "\n", "\t", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800", "\udfff", "\U0010ffff"),
    *(
        "😀",
        "👩‍👩‍👧",
        "🇻🇳",
        "İ",
        "ß",
        "ﬁ",
        "Ǆ",
        "Ω",
        "漢字",
        "ไทย",
        "العربية",
        "½",
        "²",
        "Ⅷ",
        "٣",
        "\u0301",
        "a\u0301\u0323",
    ),
    *(
        "đất",
        "đai",
        "ĐẤT",
        "d̵",
        "hoà",
        "hòa",
        "thi đua",
        "39-CT/TW",
        "05/2023/QĐ-UBND",
        "ct39",
        "15",
        "0",
        "00",
        "2024",
    ),
    *(
        "DROP TABLE",
        "%s",
        "%(a)s",
        "{0}",
        "nothing_",
        "all_",
        "gone_",
        "reader_staff",
        "kind_story",
        "x" * 300,
        "a b " * 80,
    ),
)


def strange_texts(number: int, seed: int = 4) -> Iterator[str]:
    """So many texts, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(number):
        pieces = chance.choices(_PIECES, k=chance.randrange(1, 9))
        yield chance.choice(("", " ")).join(pieces)
