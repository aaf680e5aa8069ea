"""Deterministic draws: the same seed gives the same answer on every machine and version."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, TypeVar

T = TypeVar("T")
_MASK: Final = 2**64 - 1


def seed_of(*pieces: bytes) -> int:
    """64 bits from bytes; the cut between the pieces counts."""
    digest = blake2b(digest_size=8)
    for piece in pieces:
        digest.update(b"%d:" % len(piece))
        digest.update(piece)
    return int.from_bytes(digest.digest(), "big")


class Draws:
    """SplitMix64 (Steele, Lea, Flood 2014): small, fast, and not for secrets."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        """64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, limit: int) -> int:
        """A whole number in [0, limit)."""
        return self.bits() % limit

    def fraction(self) -> float:
        """A number in [0, 1)."""
        return (self.bits() >> 11) / 2**53

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]
