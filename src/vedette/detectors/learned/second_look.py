"""A second look at a long text: the sentences around its worst window, to be judged as short texts.

A window is cut anywhere and holds a part of what stands beside an attack; a sentence is what the
regressions of short texts know.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from vedette.detectors.learned.linear import BLOCK_CHARS, WINDOW_BLOCKS

_ENDS: Final = re.compile(r"(?<=[.!?])\s+|\n")
_REACH: Final = 300
"""Characters before and behind a window in which its sentences begin and end."""
_INSIDE: Final = 20
"""Of the window, so many characters belong to a sentence that counts; a shorter one is read
together with the next."""
_MOST: Final = 400
"""Characters of a sentence; of a longer one counts what is near the window."""
_NEAR: Final = 40


class Sentence(NamedTuple):
    """A sentence or line."""

    text: str
    start: int
    """Where it begins in what features are made of."""


def sentences_near(text: str, window: int) -> list[Sentence]:
    """The sentences and lines of a folded text that a window of its scores lies in, by its number;
    at least one."""
    # As long as what features are made of, but for the space before it.
    lines = "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    first = max(0, min(window * BLOCK_CHARS - 1, len(lines)))
    last = min(len(lines), first + WINDOW_BLOCKS * BLOCK_CHARS)
    start, stop = max(0, first - _REACH), min(len(lines), last + _REACH)
    edges = [start, *(match.end() for match in _ENDS.finditer(lines, start, stop)), stop]
    found: list[tuple[int, int]] = []
    for begin, end in pairwise(edges):
        if end <= first + _INSIDE or begin >= last - _INSIDE:
            continue
        if found and found[-1][1] - found[-1][0] < _INSIDE:
            begin = found.pop()[0]
        if end - begin > _MOST:
            begin, end = max(begin, first - _NEAR), min(end, last + _NEAR)
        found.append((begin, end))
    places = found or [(first, last)]
    return [Sentence(lines[begin:end], begin + 1) for begin, end in places]
