"""How much a file may hold before its reader gives up.

Source: measured on 59 OOXML files of real registers: at most 7.1 MB unpacked, ratio at most 35;
66 real PDF files: at most 55 pages, 86 KB a page.
"""

from .bounded import Limits

MEGABYTE = 1024 * 1024

# The file as it lies on the disk.
MAX_FILE_BYTES = 50 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_XML_BYTES = 40 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM_BYTES = 1 * MEGABYTE
MAX_DIRECTORY_BYTES = 1 * MEGABYTE

# What may be read out of it.
MAX_PAGES = 300
MAX_OCR_PAGES = 60
MAX_CHARACTERS = 2_000_000
MAX_TEXT_BYTES = 5 * MEGABYTE
MAX_PARAGRAPHS = 50_000
MAX_NESTED_TABLES = 20
MAX_PAGE_OBJECTS = 200_000
MAX_NESTED_GROUPS = 200
MAX_SHEETS = 100
MAX_CELLS = 20_000_000

# The picture of a page that is read.
MAX_PIXELS = 25_000_000
MAX_DPI = 200

# The process that reads it. trueocr alone takes 900 MB of addresses, LibreOffice 1.2 GB.
PROCESS = Limits(
    address_space_bytes=1_536 * MEGABYTE,
    cpu_seconds=60,
    wall_seconds=120,
    output_bytes=64 * MEGABYTE,
    open_files=256,
    more_seconds=150,
)
# Processor time and patience that a page gains which must be read from its picture.
SECONDS_PER_OCR_PAGE = 2.5
