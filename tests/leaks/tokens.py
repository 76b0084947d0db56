"""Words that nothing but a canary holds, and what a response tells of them."""

import random
import re
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote_plus
from zipfile import BadZipFile, ZipFile

#: What a token stands in, by its last letter.
PLACES = {
    "t": "title",
    "s": "slug",
    "b": "body",
    "f": "file name",
    "x": "text of a file",
    "i": "image",
    "n": "number",
    "u": "unit",
    "g": "field of work",
    "a": "author",
    "c": "comment",
}
# Consonants that no way of typing Vietnamese turns into a letter with marks.
LETTERS = "bcghklmnp"
# So many that the random letters of a form's token make no word by accident in all the pages that are opened.
LENGTH = 12
TOKEN = re.compile(rf"zq[{LETTERS}]{{{LENGTH}}}[{''.join(PLACES)}]", re.IGNORECASE)
PACKED = b"PK\x03\x04"


@dataclass(frozen=True)
class Canary:
    """A page with a word of its own in every place, and the readers who may see it on the site.

    Example: `Canary("staff", {"of_a", "of_b"}).word("t")` is "zqhbklmcnpgbkct"; `editors` meet it in the admin.
    """

    name: str
    readers: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()
    ids: dict = field(default_factory=dict, compare=False)

    def word(self, place: str) -> str:
        return f"zq{''.join(random.Random(self.name).choices(LETTERS, k=LENGTH))}{place}"

    @property
    def stem(self) -> str:
        return self.word("")

    def __hash__(self) -> int:
        return hash(self.name)


def tokens_in(*texts: str | bytes) -> set[str]:
    """The tokens in texts, in bytes and in the parts of packed files, in small letters."""
    found: set[str] = set()
    for text in texts:
        if isinstance(text, bytes):
            if text.startswith(PACKED):
                found |= _tokens_packed(text)
            text = text.decode("utf-8", errors="ignore").replace("\0", "")
        found |= {token.lower() for token in TOKEN.findall(text)}
    return found


def _tokens_packed(content: bytes) -> set[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return tokens_in(*archive.namelist(), *(archive.read(name) for name in archive.namelist()))
    except BadZipFile:
        return set()


def told_by(response, address: str) -> set[str]:
    """The tokens a response tells: in its status line, headers and body, beyond those of the address itself."""
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return tokens_in(headers, unquote_plus(headers), body) - tokens_in(unquote_plus(address))
