"""How much a file and the process that reads it may take.

Source: measured on 59 OOXML files of real registers: at most 7.1 MB unpacked, ratio at most 35.
"""

import resource

MEGABYTE = 1024 * 1024

# The file as it was uploaded.
MAX_FILE_BYTES = 20 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_XML_BYTES = 40 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM_BYTES = 1 * MEGABYTE
MAX_DIRECTORY_BYTES = 1 * MEGABYTE

# What may be read out of it.
MAX_TEXT_BYTES = 5 * MEGABYTE
MAX_PARAGRAPHS = 50_000
MAX_NESTED_TABLES = 20

# The process that reads it.
ADDRESS_SPACE_BYTES = 1_536 * MEGABYTE
CPU_SECONDS = 60
WALL_SECONDS = 120
OUTPUT_BYTES = 64 * MEGABYTE
OPEN_FILES = 64


def limit_this_process() -> None:
    """Binds the calling process to the limits above, for good.

    Called by the child itself before it touches the file: a `preexec_fn` in the parent would run
    Python between fork and exec, which can deadlock in a threaded web server.
    """
    for kind, soft, hard in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 5),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))
