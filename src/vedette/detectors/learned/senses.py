"""What words do in an attack, in many languages, and what their order says of a text.

`tables/senses.yaml` gives words a sense: to ignore, to reveal, earlier, secret, your, a limit. The
weights are those of senses one by one and of neighbouring ones in their order, two and three, so
that what was learned of "forget your earlier orders" holds for other words and other languages.

Words of scripts that set no spaces count wherever they stand; otherwise the longest beginning that
is known gives the sense.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import compress
from types import MappingProxyType
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.features import Features
from vedette.detectors.learned.linear import BLOCK_CHARS, WINDOW_BLOCKS, Scores
from vedette.detectors.matching.tables import read_table

HEADS: Final = ("injection", "jailbreak")
"""The first heads of the model, which `tables/senses.yaml` belongs to."""
MIN_GRAMS: Final = 12
"""A window with fewer n-grams is scored as if it had so many."""
FEWEST: Final = 3
MOST: Final = 8
"""Letters of a beginning of words."""

_WORD: Final = re.compile("[0-9a-zA-Z'\x80-\x9f\xa1-\u1fff\u2070-\u2fff\u3040-\U0010ffff]+")
_GAPS: Final = bytes(
    code if code < 128 and (chr(code).isalnum() or chr(code) == "'") else 32 for code in range(256)
)
_LONGEST: Final = 24
"""Letters of a word that is remembered."""
_JOINED: Final = re.compile("[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7af]")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
"""A letter three times and more, as in "stuuupid"."""
_REMEMBERED: Final = 16_384
_FEW: Final = 48
"""Senses in a text up to which their n-grams are found one by one."""
_APART: Final = 8
"""Words that may lie between two that belong together, twice as many between three."""
_INSIDE: Final = -1
"""In the place of a sense: there are senses inside of the word."""
_FIRST: Final = -2
"""Less the sense: the word has another one together with the next."""

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


class Seen(dict[str, int]):
    """What words were found to be: looked up when one is first asked for.

    Bounded: some thousand words beside those that are there from the beginning, none of them long.
    """

    def __init__(
        self, look_up: Callable[[str], int], longest: int, most: int,
        always: Mapping[str, int] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        super().__init__(always)
        self._look_up = look_up
        self._longest = longest
        self._most = most + len(always)
        self._always = always

    def __missing__(self, word: str) -> int:
        found = self._look_up(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
                self.update(self._always)
            self[word] = found
        return found


class SenseScores(msgspec.Struct, frozen=True):
    """What senses add to the scores of some heads: of the whole, and `[windows, heads]`."""

    whole: Floats
    windows: Floats


class Lexicon:
    """The senses of words."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(table)
        self._words: dict[str, int] = {}
        self._begins: dict[str, int] = {}
        self._pairs: dict[tuple[str, ...], int] = {}
        self._joined: dict[str, int] = {}
        for sense, lines in enumerate(table.values(), 1):
            for entry in " ".join(lines).split():
                self._add(entry, sense)
        self._first = {pair[0] for pair in self._pairs}
        begins = (*self._words, *self._begins, *self._first, *self._joined)
        self._has_numbers = any(word[:1].isdigit() for word in begins)
        self._sizes: dict[str, list[int]] = {}
        for word in sorted(self._joined, key=len, reverse=True):
            sizes = self._sizes.setdefault(word[0], [])
            if len(word) not in sizes:
                sizes.append(len(word))
        self._seen = Seen(self._look_up, _LONGEST, _REMEMBERED)

    @classmethod
    def read(cls, name: str = "senses") -> "Lexicon":
        """`senses` or `harms`, which come with Vedette."""
        return cls(read_table(f"{name}.yaml", dict[str, list[str]]))

    def senses(self, text: str) -> tuple[list[int], list[int]]:
        """The senses (from 1) of a folded text in their order, and the number of their word."""
        words = split_words(text)
        return self.senses_of(words, self.looked_up(words))

    def senses_of(
        self, words: Sequence[str], looked_up: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        """The same of words that were looked up."""
        at = [*compress(range(len(looked_up)), looked_up)]
        found = [*filter(None, looked_up)]
        return self._settled(words, found, at) if found and min(found) < 0 else (found, at)

    def sense_of(self, word: str) -> int:
        """The sense (from 1) of one folded word, 0 of one that has none."""
        return self._joined.get(word, 0) or self._alone(word)

    def mentions(self, text: str, wanted: frozenset[int]) -> bool:
        """Whether a word of a folded text may have one of the wanted senses; quicker than all.

        Of two words that have a sense together only, it knows nothing.
        """
        return self.may_mean(self.looked_up(split_words(text)), wanted)

    @staticmethod
    def may_mean(looked_up: Iterable[int], wanted: frozenset[int]) -> bool:
        """The same of words that were looked up."""
        found = set(looked_up)
        apart = {_FIRST - sense for sense in found if sense < _FIRST}
        return _INSIDE in found or not wanted.isdisjoint(found | apart)

    def looked_up(self, words: Sequence[str]) -> list[int]:
        """What is known of each of the words by itself, for `senses_of` and `may_mean`."""
        return [*map(self._seen.__getitem__, words)]

    def _add(self, entry: str, sense: int) -> None:
        word, is_begin = entry.rstrip("*"), entry.endswith("*")
        first, _, second = word.partition("_")
        if second:
            self._pairs.setdefault((first, second), sense)
        elif _JOINED.search(word):
            self._joined.setdefault(word, sense)
        elif is_begin and len(first) >= FEWEST:
            self._begins.setdefault(first[:MOST], sense)
        else:
            self._words.setdefault(first, sense)

    def _look_up(self, word: str) -> int:
        if word[0].isdigit() and not self._has_numbers:
            return 0
        if not word.isascii() and _JOINED.search(word):
            return _INSIDE
        sense = self._alone(word)
        if not sense and _STRETCHED.search(word):
            sense = self._alone(_STRETCHED.sub(r"\1", word))
        return _FIRST - sense if word in self._first else sense

    def _alone(self, word: str) -> int:
        if (sense := self._words.get(word)) is not None:
            return sense
        for size in range(min(MOST, len(word)), FEWEST - 1, -1):
            if (sense := self._begins.get(word[:size])) is not None:
                return sense
        return 0

    def _settled(
        self, words: Sequence[str], known: list[int], places: list[int]
    ) -> tuple[list[int], list[int]]:
        """The senses, two words that belong together and joined ones looked at."""
        found: list[int] = []
        at: list[int] = []
        begin = 0
        for number, sense in enumerate(known):
            if sense >= 0 or number < begin:
                continue
            found += known[begin:number]
            at += places[begin:number]
            begin, index = number + 1, places[number]
            if sense == _INSIDE:
                inside = [*self._inside(words[index])]
                found += inside
                at += [index] * len(inside)
                continue
            both = self._pairs.get(tuple(words[index : index + 2]))
            if both is not None and places[begin : begin + 1] == [index + 1]:
                begin += 1
            if sense := _FIRST - sense if both is None else both:
                found.append(sense)
                at.append(index)
        return found + known[begin:], at + places[begin:]

    def _inside(self, word: str) -> Iterator[int]:
        """The senses of a word of a script without spaces, the longest first at each place."""
        place = 0
        while place < len(word):
            step = 1
            for size in self._sizes.get(word[place], ()):
                if (sense := self._joined.get(word[place : place + size])) is not None:
                    yield sense
                    step = size
                    break
            place += step


@lru_cache(maxsize=4)
def split_words(text: str) -> tuple[str, ...]:
    """The words of `features.py`; once for all lexicons that look them up."""
    if text.isascii():
        return tuple(text.encode("ascii").translate(_GAPS).decode("ascii").split())
    return tuple(_WORD.findall(text))


def gram_count(senses: int) -> int:
    """How many n-grams there are of so many senses."""
    return senses + 2 * senses**2 + senses**3


def grams(found: Sequence[int], at: Sequence[int], count: int) -> tuple[Places, Places]:
    """The different n-grams of senses, as indices below `gram_count(count)`, and the number of the
    word where each first stands.

    The senses come first, then pairs, pairs with one between them, and threes.
    """
    if len(found) <= _FEW:
        few = _few_grams(found, at, count)
        keys = sorted(few)
        return np.array(keys, np.int64), np.array([few[key] for key in keys], np.int64)
    return _many_grams(np.array(found, np.int64), np.array(at, np.int64), count)


def _few_grams(found: Sequence[int], at: Sequence[int], count: int) -> dict[int, int]:
    """The same, each with its place, without the cost of arrays."""
    pairs, apart, threes = count, count + count**2, count + 2 * count**2
    first: dict[int, int] = {}
    before = before_that = -1
    place = place_before = 0
    for sense, word in zip(found, at, strict=True):
        one = sense - 1
        if one == before:
            continue
        first.setdefault(one, word)
        if before >= 0 and word - place <= _APART:
            first.setdefault(pairs + before * count + one, place)
        if before_that >= 0 and word - place_before <= 2 * _APART:
            first.setdefault(apart + before_that * count + one, place_before)
            both = before_that * count + before
            first.setdefault(threes + both * count + one, place_before)
        before_that, place_before, before, place = before, place, one, word
    return first


def _many_grams(found: Places, at: Places, count: int) -> tuple[Places, Places]:
    is_new = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=is_new[1:])
    found, at = found[is_new], at[is_new]
    one = found - 1
    two, third = one[:-1] * count + one[1:], one[2:]
    near = np.flatnonzero(at[1:] - at[:-1] <= _APART)
    wide = np.flatnonzero(at[2:] - at[:-2] <= 2 * _APART)
    keys = np.concatenate((
        one,
        two[near] + count,
        (one[:-2] * count + third)[wide] + (count + count**2),
        (two[:-1] * count + third)[wide] + (count + 2 * count**2),
    ))  # fmt: skip
    places = np.concatenate((at, at[near], at[wide], at[wide]))
    order = keys.argsort(kind="stable")
    keys = keys[order]
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    return keys[is_first], places[order[is_first]]


class SenseModel:
    """Weights `[grams, heads]` of n-grams of senses."""

    def __init__(self, lexicon: Lexicon, weights: Floats) -> None:
        if len(weights) != gram_count(len(lexicon.names)):
            raise ValueError("Weights must be those of the n-grams of the senses.")
        self.lexicon = lexicon
        self._weights = np.ascontiguousarray(weights)

    @classmethod
    def read(cls, name: str = "senses") -> "SenseModel":
        """The lexicon of a name and the weights in `weights/<name>.npz`."""
        path = files("vedette.detectors") / "weights" / f"{name}.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = stored["weights"].astype(np.float32) * stored["scales"]
        return cls(Lexicon.read(name), weights)

    def score(self, text: str, features: Features) -> SenseScores:
        """What the senses of a folded text add; `features` are those of the same text."""
        words = split_words(text)
        return self.score_words(words, self.lexicon.looked_up(words), features)

    def score_words(
        self, said: Sequence[str], looked_up: Sequence[int], features: Features
    ) -> SenseScores:
        """The same of its words, which the lexicon has looked up."""
        found, at = self.lexicon.senses_of(said, looked_up)
        keys, words = grams(found, at, len(self.lexicon.names))
        weights = self._weights.take(keys, axis=0)
        whole = np.add.reduce(weights, 0) / np.sqrt(np.float32(max(1, len(keys))))
        if features.length <= BLOCK_CHARS * WINDOW_BLOCKS:
            return SenseScores(whole, whole[None, :])
        starts = features.starts
        inside = words < len(starts)
        blocks = starts[words[inside]] // BLOCK_CHARS
        size = -(-features.length // BLOCK_CHARS)
        counts = _windows(np.bincount(blocks, minlength=size).astype(np.float64))
        root = np.sqrt(np.maximum(counts, MIN_GRAMS))
        columns = [
            _windows(np.bincount(blocks, weights[inside, head], size).astype(np.float64)) / root
            for head in range(weights.shape[1])
        ]
        return SenseScores(whole, np.stack(columns, axis=1).astype(np.float32))


def added(scores: Scores, senses: SenseScores, first: int = 0) -> Scores:
    """Scores of a model with what the senses add to its heads from `first` on."""
    heads = slice(first, first + len(senses.whole))
    whole = scores.whole.copy()
    whole[heads] += senses.whole
    if len(scores.windows) < 2:
        return Scores(whole, whole[None, :])
    windows = scores.windows.copy()
    windows[:, heads] += senses.windows
    return Scores(whole, windows)


def _windows(blocks: NDArray[np.float64]) -> NDArray[np.float64]:
    running = np.zeros(len(blocks) + 1)
    blocks.cumsum(out=running[1:])
    summed: NDArray[np.float64] = running[WINDOW_BLOCKS:] - running[:-WINDOW_BLOCKS]
    return summed
