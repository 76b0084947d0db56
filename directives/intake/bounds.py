"""How much an uploaded file and the process that reads it may take."""

from search.extraction.bounded import Limits
from search.extraction.bounds import MEGABYTE

MAX_FILE_BYTES = 20 * MEGABYTE
PROCESS = Limits(
    address_space_bytes=1_536 * MEGABYTE, cpu_seconds=60, wall_seconds=120, output_bytes=64 * MEGABYTE
)
