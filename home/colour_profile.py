"""Colour profiles (ICC) without what somebody wrote into them: the numbers that make the colours stay.

Pure: nothing is decoded. Source: ICC.1:2022, 7.2 and 7.3.
"""

import struct

HEADER, ENTRY = 128, 12
LARGEST = 4 * 1024 * 1024
MOST_TAGS = 100
#: Tags that say how colours are made, and the types in which they say it: none of them holds words.
KEPT_TAGS = frozenset(
    b"wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad chrm lumi cicp gamt "
    b"A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3".split()
)
KEPT_TYPES = frozenset(
    (b"XYZ ", b"curv", b"para", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"sf32", b"chrm", b"cicp")
)
NAME, RIGHTS = b"RGB", b"-"


def bare_profile(data: bytes) -> bytes:
    """The same colours under the name "RGB", e.g. without the owner's words in `desc`; empty when it is damaged.

    A bare profile comes back as it is.
    """
    try:
        tags = _kept_tags(data)
    except struct.error:
        return b""
    if not tags:
        return b""
    is_newer = data[8] >= 4
    tags = [(b"desc", _words(NAME, is_newer, b"desc")), (b"cprt", _words(RIGHTS, is_newer, b"text")), *tags]
    place = HEADER + 4 + ENTRY * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", {}
    for name, content in tags:
        if content not in places:
            places[content] = place + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, places[content], len(content))
    size = struct.pack(">I", place + len(body))
    # The middle of the header has a date and a digest of the whole; both may be empty.
    return size + data[4:24] + bytes(12) + data[36:84] + bytes(44) + table + body


def _kept_tags(data: bytes) -> list[tuple[bytes, bytes]]:
    if len(data) > LARGEST or data[36:40] != b"acsp":
        return []
    count = struct.unpack_from(">I", data, HEADER)[0]
    kept = []
    for number in range(min(count, MOST_TAGS)):
        name, place, size = struct.unpack_from(">4sII", data, HEADER + 4 + ENTRY * number)
        content = data[place : place + size]
        if len(content) != size:
            return []
        if name in KEPT_TAGS and content[:4] in KEPT_TYPES:
            kept.append((name, content))
    return kept


def _words(text: bytes, is_newer: bool, kind: bytes) -> bytes:
    """What the format demands to be said, in the way of its version."""
    if is_newer:
        letters = text.decode().encode("utf-16-be")
        return struct.pack(">4s4xII4sII", b"mluc", 1, 12, b"enUS", len(letters), 28) + letters
    if kind == b"text":
        return b"text" + bytes(4) + text + b"\0"
    return struct.pack(">4s4xI", b"desc", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
