"""How far a request has gone: the answer is due from its last byte on, not from its first."""

import math


class Sending:
    """Bytes that have not left yet, from look to look."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left: float = math.inf

    def goes_on(self, left: int) -> bool:
        """Whether the provider took some of it since the last look; the first look that finds a
        rest is the beginning. `left` are the bytes that wait now."""
        before, self._left = self._left, left
        return left < before and (left > 0 or before < math.inf)
