"""How much a register may hold, and how long one file may keep a worker."""

from directives.intake.bounds import MAX_FILE_BYTES
from search.extraction.bounded import Limits
from search.extraction.bounds import MEGABYTE

__all__ = ["MAX_FILE_BYTES"]

MAX_REGISTER_BYTES = 20 * MEGABYTE
MAX_REGISTER_SHEETS = 20
MAX_REGISTER_CELLS = 5_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 60
MAX_FILES = 100_000

#: The process that reads a register.
PROCESS = Limits(
    address_space_bytes=1_024 * MEGABYTE, cpu_seconds=60, wall_seconds=90, output_bytes=200 * MEGABYTE, open_files=64
)

#: How often a file is tried whose worker was ended from outside.
MOST_TRIES = 3
