"""How much an uploaded file and the process that reads it may take."""

from search.extraction import bounds as reading
from search.extraction.bounds import MEGABYTE

MAX_FILE_BYTES = 20 * MEGABYTE
PROCESS = reading.PROCESS
#: A file, or what an earlier process told of one.
MAX_REQUEST_BYTES = reading.PROCESS.output_bytes + MEGABYTE
