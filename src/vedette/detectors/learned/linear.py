"""Linear models over hashed n-grams, several heads in one pass, over the whole and in windows.

The score of a text is `bias + sum of the weights of its different character n-grams / sqrt(their
number) + the same for words`: each of the two groups is a vector of length 1, so that long and
short texts compare. An n-gram counts where it first stands. Windows use the same sums over a part
of the places: an attack in a long document is diluted in the whole, not in its window.
"""

import threading
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.features import SIZE, Features

BLOCK_CHARS: Final = 128
WINDOW_BLOCKS: Final = 3
"""Windows are three blocks long and begin at each block."""
MIN_GRAMS: Final = 120
"""A window with fewer n-grams is scored as if it had so many: few must not weigh much."""
MIN_WORDS: Final = 40

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


class Scores(msgspec.Struct, frozen=True):
    """The scores of one text by every head: of the whole `[heads]`, of windows `[windows, heads]`.

    A short text has one window, which is the whole.
    """

    whole: Floats
    windows: Floats


class LinearModel:
    """Weights as signed bytes `[SIZE, heads]`, a scale and a bias for each head."""

    def __init__(
        self, heads: tuple[str, ...], weights: NDArray[np.int8], scales: Floats, biases: Floats
    ) -> None:
        if weights.shape != (SIZE, len(heads)) or weights.dtype != np.int8:
            raise ValueError(f"Weights must be int8 of shape {(SIZE, len(heads))}.")
        self.heads = heads
        self._weights = weights
        self._scales = scales.astype(np.float32)
        self._biases = biases.astype(np.float32)
        self._scratch = threading.local()

    @classmethod
    def read(cls, name: str) -> "LinearModel":
        """The model in `weights/<name>.npz`."""
        path = files("vedette.detectors") / "weights" / f"{name}.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            heads = tuple(str(head) for head in stored["heads"])
            return cls(heads, stored["weights"], stored["scales"], stored["biases"])

    def score(self, features: Features) -> Scores:
        """Score a text; about as fast as finding its features."""
        edges = np.arange(0, max(1, features.length), BLOCK_CHARS)
        chars, char_counts = self._sums(features.chars, features.char_at, edges, once=True)
        words, word_counts = self._sums(features.words, features.word_at, edges, once=True)
        whole = _normal(chars.sum(0), char_counts.sum(), 1)
        whole = self._scaled(whole + _normal(words.sum(0), word_counts.sum(), 1))
        if len(edges) <= WINDOW_BLOCKS:
            return Scores(whole, whole[None, :])
        parts = _normal(_windows(chars), _windows(char_counts)[:, None], MIN_GRAMS)
        parts = parts + _normal(_windows(words), _windows(word_counts)[:, None], MIN_WORDS)
        return Scores(whole, self._scaled(parts))

    def segments(self, features: Features, edges: Places) -> Floats:
        """Scores `[segments, heads]` of the parts of a text that begin at `edges` (ascending).

        An n-gram counts in every part that has it, and wherever it stands there.
        """
        chars, char_counts = self._sums(features.chars, features.char_at, edges, once=False)
        words, word_counts = self._sums(features.words, features.word_at, edges, once=False)
        parts = _normal(chars, char_counts[:, None], 1) + _normal(words, word_counts[:, None], 1)
        return self._scaled(parts)

    def _scaled(self, sums: Floats) -> Floats:
        scaled: Floats = (sums * self._scales + self._biases).astype(np.float32)
        return scaled

    def _sums(
        self,
        groups: tuple[Places, ...],
        places: tuple[Places, ...],
        edges: Places,
        *,
        once: bool,
    ) -> tuple[Floats, Floats]:
        """Sums of weights and numbers of n-grams by block, over groups whose places ascend."""
        sums = np.zeros((len(edges), len(self.heads)), np.float32)
        counts = np.zeros(len(edges), np.float32)
        for indices, at in zip(groups, places, strict=True):
            if once:
                first = self.first_places(indices)
                indices, at = indices[first], at[first]
            weights = self._weights[indices]
            running = np.zeros((len(weights) + 1, len(self.heads)), np.int32)
            np.cumsum(weights, axis=0, dtype=np.int32, out=running[1:])
            cuts = np.append(np.searchsorted(at, edges), len(weights))
            sums += np.diff(running[cuts], axis=0)
            counts += np.diff(cuts)
        return sums, counts

    def first_places(self, indices: Places) -> NDArray[np.bool_]:
        """True where an index stands for the first time; linear, without sorting.

        The scratch table need not be cleared: only entries that were just written are read.
        """
        last: NDArray[np.int32] | None = getattr(self._scratch, "last", None)
        if last is None:
            last = self._scratch.last = np.empty(SIZE, dtype=np.int32)
        order = np.arange(len(indices), dtype=np.int32)
        # Written from the back, the first place of an index is what remains.
        last[indices[::-1]] = order[::-1]
        found: NDArray[np.bool_] = last[indices] == order
        return found


def _normal(sums: Floats, counts: Floats | np.float32, least: int) -> Floats:
    root = np.sqrt(np.maximum(counts, np.float32(least)))
    normal: Floats = (sums / root).astype(np.float32)
    return normal


def _windows(blocks: Floats) -> Floats:
    """Sums of each `WINDOW_BLOCKS` neighbours."""
    running = np.concatenate([np.zeros_like(blocks[:1]), np.cumsum(blocks, axis=0)])
    summed: Floats = running[WINDOW_BLOCKS:] - running[:-WINDOW_BLOCKS]
    return summed
