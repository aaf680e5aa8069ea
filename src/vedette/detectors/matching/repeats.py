"""Words that are said over and over: how models fall out of their role and into what they have read
(Nasr et al. 2023, "Scalable Extraction of Training Data from (Production) Language Models").
"""

import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PERIODS: Final = (1, 2, 3)
MANY: Final = 30
_SOME: Final = 3
_MAX_WORDS: Final = 20_000


def repeats(text: str) -> Iterator[tuple[int, int]]:
    """The ranges in which a word, or two or three of them, stands thirty times in a row."""
    matches = list(_WORD.finditer(text))[:_MAX_WORDS]
    said = [match[0].lower() for match in matches]
    end = 0
    for first, last, times in _runs(said):
        if times >= MANY and matches[first].start() >= end:
            end = matches[last].end()
            yield matches[first].start(), end


def repeating(text: str) -> int:
    """From where on the end of a text is such a run that may go on."""
    matches = list(_WORD.finditer(text))[-MANY * 3 * _PERIODS[-1] :]
    said = [match[0].lower() for match in matches]
    first = len(text)
    for period in _PERIODS:
        if len(said) > period and said[-1 - period].startswith(said[-1]):
            whole = [*said[:-1], said[-1 - period]]
            start, _, times = _run_before(whole, len(whole) - 1, period)
            if times >= _SOME:
                first = min(first, matches[start].start())
    return first


def _runs(said: list[str]) -> Iterator[tuple[int, int, int]]:
    """First and last word of each run, and how often it stands there."""
    for period in _PERIODS:
        at = period
        while at < len(said):
            begin = at
            while at < len(said) and said[at] == said[at - period]:
                at += 1
            if at > begin:
                yield begin - period, at - 1, (at - begin) // period + 1
            at += 1


def _run_before(said: list[str], last: int, period: int) -> tuple[int, int, int]:
    at = last
    while at >= period and said[at] == said[at - period]:
        at -= 1
    return at - period + 1, last, (last - at) // period + 1
