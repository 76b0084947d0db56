"""Sets of documents as the bits of whole numbers: thousands are put together and counted at once.

A document is the bit at the place of its row's number. "Both words" is `&`, "either" is `|`, and how many there
are is `bit_count()`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, zip_longest
from sys import getsizeof

#: A set of no more documents is kept as their numbers: most words of a text stand in few others.
FEW = 100
#: Weights are told apart by so many steps where the heaviest are sought; those found are weighed exactly.
_STEPS = 255
_BYTES_OF_AN_ENTRY = 150
_ONE = ord("1")
_AS_NUMBERS = bytes.maketrans(b"01", b"\0\1")
_PLACES = tuple(tuple(place for place in range(7, -1, -1) if byte >> place & 1) for byte in range(256))


def bits_of(numbers: Iterable[int]) -> int:
    """A set of documents, e.g. `bits_of([0, 3])` is `0b1001`. Shape: numbers from 0 on, in any order."""
    held = list(numbers)
    if len(held) > FEW:
        digits = bytearray(b"0") * (max(held) + 1)
        for number in held:
            digits[number] = _ONE
        return int(digits[::-1], 2)
    bits = bytearray((max(held, default=0) >> 3) + 1)
    for number in held:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def highest(bits: int, most: int) -> list[int]:
    """The numbers of a set, the highest first, up to so many: `highest(0b1011, 2)` is `[3, 1]`."""
    raw = _bytes_of(bits)[::-1]
    places = range(8 * (len(raw) - 1), -1, -8)
    found: list[int] = []
    for place, byte in zip(compress(places, raw), filter(None, raw), strict=True):
        if len(found) >= most:
            break
        found += [place + bit for bit in _PLACES[byte]]
    return found[:most]


def heaviest(
    lists: Sequence[tuple[int, float]], among: int, most: int, factors: Iterable[tuple[int, int]] = ()
) -> list[tuple[int, float]]:
    """Documents with the sums of the weights of the lists that hold them: those of the largest sums, in no order.

    Example: `heaviest([(0b011, 2.0), (0b110, 1.0)], among=0b111, most=1)` is `[(1, 3.0)]`.
    Shape: with `factors`, whole numbers with the documents they are for, the largest sums times these are sought.
    Sums that differ by less than a step count as equal; of those the highest numbers are taken.
    """
    held = [(bits & among, weight) for bits, weight in lists]
    chosen, left = 0, among
    for digit in reversed(_times(_summed(held), list(factors))):
        high = left & digit
        if (chosen | high).bit_count() <= most:
            chosen, left = chosen | high, left ^ high
        else:
            left = high
    numbers = highest(chosen, most)
    numbers += highest(left, most - len(numbers))
    return list(zip(numbers, _weighed(numbers, held), strict=True))


def _summed(lists: Iterable[tuple[int, float]]) -> list[int]:
    """The sums of all documents at once: for each binary digit the documents whose sum has it, the lowest first."""
    lists = list(lists)
    whole = sum(weight for _, weight in lists) or 1.0
    digits: list[int] = []
    for bits, weight in lists:
        steps = max(1, round(weight / whole * _STEPS))
        for place in range(steps.bit_length()):
            if steps >> place & 1:
                _add(digits, place, bits)
    return digits


def _add(digits: list[int], place: int, bits: int) -> None:
    """Add a digit to the sums of the documents of a set; what is carried goes to the next one."""
    digits += [0] * (place + 1 - len(digits))
    while bits:
        if place == len(digits):
            digits.append(0)
        digits[place], bits = digits[place] ^ bits, digits[place] & bits
        place += 1


def _times(digits: Sequence[int], factors: Sequence[tuple[int, int]]) -> list[int]:
    """The sums of all documents, each times the factor of those it is one of."""
    if not factors:
        return list(digits)
    products: list[int] = []
    for factor, documents in factors:
        product: list[int] = []
        for shift in range(factor.bit_length()):
            for place, digit in enumerate(digits) if factor >> shift & 1 else ():
                _add(product, place + shift, digit & documents)
        products = [held | own for held, own in zip_longest(products, product, fillvalue=0)]
    return products


def _weighed(numbers: Sequence[int], lists: Iterable[tuple[int, float]]) -> list[float]:
    places = [(number >> 3, 1 << (number & 7)) for number in numbers]
    width = (max(numbers, default=0) >> 3) + 1
    sums = [0.0] * len(numbers)
    for bits, weight in lists:
        raw = _bytes_of(bits).ljust(width, b"\0")
        sums = [total + weight if raw[byte] & bit else total for total, (byte, bit) in zip(sums, places, strict=True)]
    return sums


def _bytes_of(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


class Postings:
    """For each name the documents that hold it, e.g. `postings.keep("dat_dai", [3, 9]); postings["dat_dai"]`.

    Shape: a name that was never kept holds none; `in` tells whether it was. `bytes_held` is what all of them
    take, about.
    """

    def __init__(self) -> None:
        self._held: dict[str, int | tuple[int, ...]] = {}
        self.bytes_held = 0
        self._beyond = 0

    def __contains__(self, name: str) -> bool:
        return name in self._held

    def __getitem__(self, name: str) -> int:
        held = self._held.get(name, 0)
        return held if isinstance(held, int) else bits_of(held)

    def keep(self, name: str, numbers: Sequence[int]) -> None:
        held = tuple(numbers) if len(numbers) <= FEW else bits_of(numbers)
        if isinstance(held, tuple):
            self._beyond = max(self._beyond, 1 + max(held, default=0))
        self._hold(name, held)

    def add(self, name: str, number: int) -> None:
        """Let a document be among those of a name."""
        held = self._held.get(name, ())
        if isinstance(held, int):
            self._hold(name, held | 1 << number)
        else:
            self.keep(name, list({*held, number}))

    def _hold(self, name: str, held: int | tuple[int, ...]) -> None:
        before = _size(self._held[name]) if name in self._held else -getsizeof(name)
        self.bytes_held += _size(held) - before
        self._held[name] = held

    def shared(self, names: Iterable[str], among: int) -> Iterator[int]:
        """Of each name how many of the documents hold it, counted when it is asked for."""
        flags = f"{among:b}"[::-1].encode().translate(_AS_NUMBERS).ljust(self._beyond, b"\0")
        for name in names:
            held = self._held.get(name, 0)
            yield (held & among).bit_count() if isinstance(held, int) else sum(map(flags.__getitem__, held))

    def sizes(self) -> list[tuple[str, int]]:
        """Every name with how many documents it holds."""
        held = list(self._held.items())
        return [(name, each.bit_count() if isinstance(each, int) else len(each)) for name, each in held]


def _size(held: int | tuple[int, ...]) -> int:
    return _BYTES_OF_AN_ENTRY + (held.bit_length() >> 3 if isinstance(held, int) else 40 * len(held))
