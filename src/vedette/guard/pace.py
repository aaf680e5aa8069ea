"""How often a stream is looked at while it grows.

A look at a few words costs nearly as much as one at many. Few streams are looked at as their words
come, so that they pass word by word; of many each is looked at less often, so that all of them
together cost no more than a quarter of a processor.
"""

from typing import Final

PAUSE_S: Final = 0.02
"""Between two looks at a stream that is alone."""
MANY: Final = 50
"""Streams more, with which each waits so much longer."""


class Pace:
    """One for all streams of a worker."""

    def __init__(self) -> None:
        self.streams = 0
        """How many are looked at now."""

    @property
    def pause_s(self) -> float:
        """Seconds from one look at a stream to the next, where little comes."""
        return PAUSE_S * (1 + self.streams / MANY)
