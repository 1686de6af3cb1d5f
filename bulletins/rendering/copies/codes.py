"""What a copy's number looks like in the spacing of its words, and which copy a spacing shows.

Each word behind a space on a page is a place. Copy, page and a secret key give each place a shift
to the left or to the right by one of four amounts. Whoever has no key cannot tell one copy's
shifts from chance, so neither forge nor read them; and because every copy has its own, the chance
that a page points at the wrong one can be bounded without knowing anything of how it was damaged.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import comb, exp, sqrt
from operator import mul

# Points. A space of running text is 2 to 3 pt wide.
AMOUNTS = (0.14, 0.18, 0.22, 0.26)
SHIFTS = tuple((1 if byte & 1 else -1) * AMOUNTS[byte >> 1 & 3] for byte in range(256))
SQUARES = tuple(shift * shift for shift in SHIFTS)
CHOICES = 2 * len(AMOUNTS)
# Half the distance of two amounts.
FITS = 0.02
# A reading further off than this says that a word was misread, not how it was shifted.
WILDEST = 0.45
# A copy is named when chance would name any, right or wrong, less often than this.
CHANCE = 1e-6
# A shift measured larger than each of these counts once more; so many copies are looked at closer.
COUNTED_FROM = (0.03, 0.1, 0.17)
LIKELY = 40


@dataclass(frozen=True)
class Named:
    """A copy that a page points at: its number, and how likely chance alone would point at any."""

    number: int
    chance: float
    places: int


def key_of(secret: str, bulletin_id: int) -> bytes:
    """The key of the copies of one bulletin."""
    words = f"copies of bulletin {bulletin_id}".encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).digest()


def shifts(key: bytes, number: int, page: int, places: int) -> list[float]:
    """How far the word at each place of a page stands off, in points, in one copy."""
    return [SHIFTS[byte] for byte in _bytes(key, number, page, places)]


def named(
    key: bytes, page: int, read: Sequence[float | None], numbers: Sequence[int], tries: int
) -> Named | None:
    """The copy that a page's shifts point at, as read from a PDF or measured on a picture.

    `tries` is how many copies are compared on how many pages, all in all: chance is counted over
    them. None when chance alone could have named it.
    """
    found = [
        named_exactly(key, page, read, numbers, 2 * tries),
        named_by_likeness(key, page, read, numbers, 2 * tries),
    ]
    return min((each for each in found if each), key=lambda each: each.chance, default=None)


def named_exactly(
    key: bytes, page: int, read: Sequence[float | None], numbers: Iterable[int], tries: int
) -> Named | None:
    """The copy whose shifts are those that were read, each within half a step."""
    codes = [255 if value is None else _code_of(value) for value in read]
    wanted = int.from_bytes(bytes(code & 7 for code in codes))
    told = int.from_bytes(bytes(code < CHOICES for code in codes))
    best = (0, 0)
    for number in numbers:
        unlike = wanted ^ int.from_bytes(_bytes(key, number, page, len(read)))
        # One bit a place: whether any of the three bits of its code differs.
        unlike |= unlike >> 1 | unlike >> 2
        best = max(best, ((told & ~unlike).bit_count(), number))
    fits, number = best
    places = sum(value is not None for value in read)
    chance = min(1.0, tries * _at_least(fits, places))
    return Named(number, chance, places) if chance <= CHANCE else None


def named_by_likeness(
    key: bytes, page: int, read: Sequence[float | None], numbers: Iterable[int], tries: int
) -> Named | None:
    """The copy whose shifts are most like those that were measured.

    For any copy but the right one the signs of its shifts are coins thrown without regard to what
    was measured: the weighted sum passes `z` with a chance of at most exp(-z²/2) (Hoeffding).
    """
    values = [max(-WILDEST, min(WILDEST, value or 0.0)) for value in read]
    best = (0.0, 0)
    for number in _likely(key, page, values, numbers):
        code = _bytes(key, number, page, len(read))
        alike = sum(map(mul, values, map(SHIFTS.__getitem__, code)))
        spread = sum(
            value * value * SQUARES[byte] for value, byte in zip(values, code, strict=True)
        )
        if alike > 0 and spread > 0:
            best = max(best, (alike / sqrt(spread), number))
    z, number = best
    chance = min(1.0, tries * exp(-z * z / 2))
    places = sum(value is not None for value in read)
    return Named(number, chance, places) if chance <= CHANCE else None


def _likely(
    key: bytes, page: int, values: Sequence[float], numbers: Iterable[int]
) -> Sequence[int]:
    """The few copies whose signs agree best, by counting bits; the right one is among them."""
    right = int.from_bytes(bytes(value > 0 for value in values))
    planes = [
        int.from_bytes(bytes(abs(value) > least for value in values)) for least in COUNTED_FROM
    ]
    scored = []
    for number in numbers:
        agree = ~(right ^ int.from_bytes(_bytes(key, number, page, len(values))))
        scored.append((sum((agree & plane).bit_count() for plane in planes), number))
    return [number for _, number in nlargest(LIKELY, scored)]


def _code_of(value: float) -> int:
    """The code of the shift that was read; 255 where it is none of ours."""
    return next((code for code in range(CHOICES) if abs(SHIFTS[code] - value) <= FITS), 255)


def _bytes(key: bytes, number: int, page: int, places: int) -> bytes:
    words = key + number.to_bytes(8, "big") + page.to_bytes(4, "big")
    return hashlib.shake_256(words).digest(places)


def _at_least(hits: int, of: int) -> float:
    """How likely a stranger's shifts fit at this many places or more."""
    if hits == 0:
        return 1.0
    odds = 1 / CHOICES
    return sum(comb(of, n) * odds**n * (1 - odds) ** (of - n) for n in range(hits, of + 1))
