"""Where uploaded files lie: under names nobody can guess, and only as long as the row that names them.

Django writes a file before the row and knows no callback for a rollback; both gaps are closed here.
"""

import posixpath
import re
import string
import weakref
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils.crypto import get_random_string

from home.uploads import clean_file_name

RANDOM_LETTERS = 12
RANDOM_PART = re.compile(rf"\.[a-z0-9]{{{RANDOM_LETTERS}}}(?=\.)")
#: What a column of Django's file fields holds.
LONGEST_NAME = 100


def plain_name(name: str) -> str:
    """The name people gave the file, e.g. `plain_name("documents/Kế hoạch.k3j5x8a2b4cd.pdf")` is "Kế hoạch.pdf"."""
    return RANDOM_PART.sub("", posixpath.basename(name), count=1)


class PrivateStorage(FileSystemStorage):
    """Files of the portal: each has an address of its own, which no later file can take over."""

    def get_valid_name(self, name: str) -> str:
        """Vietnamese letters and spaces stay: people meet this name again when they download the file."""
        return clean_file_name(name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name with a random part, e.g. "documents/Kế hoạch.k3j5x8a2b4cd.pdf"."""
        folder, last = posixpath.split(name)
        stem, extension = posixpath.splitext(plain_name(last))
        letters = get_random_string(RANDOM_LETTERS, string.ascii_lowercase + string.digits)
        room = (max_length or LONGEST_NAME) - len(posixpath.join(folder, f".{letters}{extension}"))
        return posixpath.join(folder, f"{stem[:room].rstrip()}.{letters}{extension}")

    def _save(self, name: str, content) -> str:
        try:
            kept = super()._save(name, content)
        except OSError:
            _remove(self.path(name))  # the part that was written before the disk was full
            raise
        transaction.on_commit(_UndoneWithItsTransaction(self.path(kept)))
        return kept

    def delete(self, name: str) -> None:
        """Once the transaction is kept: after a rollback the row still names the file."""
        path = self.path(name)
        transaction.on_commit(lambda: _remove(path), robust=True)

    def discard(self, name: str) -> None:
        """Now, whatever becomes of the transaction: no row ever named this file."""
        _remove(self.path(name))


class _UndoneWithItsTransaction:
    """Lets a new file stay when called at the commit; removes it when it goes uncalled.

    On a rollback, of a savepoint too, Django drops the callbacks that waited for the commit; the end of this one
    is the only sign of it.
    """

    def __init__(self, path: str) -> None:
        self._removal = weakref.finalize(self, _remove, path)

    def __call__(self) -> None:
        self._removal.detach()


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        Path(path).unlink()
