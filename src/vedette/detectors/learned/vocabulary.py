"""Words as numbers, each with a short vector of what it means, the same in many languages.

The vectors are those a multilingual model of sentences gives the pieces of its vocabulary, turned
onto their main axes and cut to a few bytes (`tools/compile_words.py`). A word that is not known
counts as the longest beginning of it that is; of scripts that set no spaces the known words inside
of a run of letters are found, the longest first.
"""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.senses import Seen, split_words

UNKNOWN: Final = 0
NUMBER_WORD: Final = "number"
"""What stands for all numbers."""

_JOINED: Final = re.compile("[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7af]")
_FEWEST: Final = 4
"""Letters of a beginning that stands for a word."""
_FEWEST_ELSEWHERE: Final = 2
"""The same in other scripts than ours, where a letter says more."""
_LONGEST: Final = 20
_LONGEST_INSIDE: Final = 6
_REMEMBERED: Final = 16_384
_INSIDE: Final = -1
"""In the place of a number: there are words inside of the word."""

Rows = NDArray[np.int64]


class Vocabulary:
    """Words in the order of their numbers, from 1; 0 is any other word."""

    def __init__(self, words: Sequence[str]) -> None:
        self._known = {word: number for number, word in enumerate(words, 1)}
        self._seen = Seen(self._look_up, _LONGEST, _REMEMBERED, self._known)

    @classmethod
    def read(cls) -> "Vocabulary":
        """The one that comes with Vedette."""
        path = files("vedette.detectors") / "weights" / "words.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return cls(stored["words"].tobytes().decode().split("\n"))

    def __len__(self) -> int:
        return len(self._known)

    def numbers(self, text: str) -> Rows:
        """The words of a folded text; one that says nothing has one unknown word."""
        words = split_words(text)
        found = [*map(self._seen.__getitem__, words)]
        if _INSIDE in found:
            return self._opened(words, found)
        return np.array(found or [UNKNOWN], np.int64)

    def _look_up(self, word: str) -> int:
        if not word.isascii() and _JOINED.search(word):
            return _INSIDE
        if word[0].isdigit():
            return self._known.get(NUMBER_WORD, UNKNOWN)
        fewest = _FEWEST if word.isascii() else _FEWEST_ELSEWHERE
        for size in range(min(len(word), _LONGEST) - 1, fewest - 1, -1):
            if (number := self._known.get(word[:size])) is not None:
                return number
        return UNKNOWN

    def _opened(self, words: Sequence[str], found: Sequence[int]) -> Rows:
        numbers: list[int] = []
        for word, number in zip(words, found, strict=True):
            numbers += self._inside(word) if number == _INSIDE else (number,)
        return np.array(numbers, np.int64)

    def _inside(self, word: str) -> list[int]:
        """The words of a run of letters without spaces."""
        numbers: list[int] = []
        place = 0
        while place < len(word):
            step = 1
            for size in range(min(_LONGEST_INSIDE, len(word) - place), 0, -1):
                if (number := self._known.get(word[place : place + size])) is not None:
                    numbers.append(number)
                    step = size
                    break
            place += step
        return numbers or [UNKNOWN]
