"""A small network over the meanings of words: what a text wants, in words that nobody foresaw.

Each word is a short vector (`vocabulary.py`) and its sense (`senses.py`), which training leaves as
they are: words that mean nearly the same give nearly the same score, whatever their language.
Filters look at three neighbouring words each; of a filter counts where it fits best and how much it
fits in all; a layer above sees which of them fit together. Long texts are read in windows, the
worst of which counts.

A filter is a sum of three products of vectors, so each different word is multiplied once and what
it gives to the filters that begin, stand and end at it is added up place by place.
"""

import math
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.vocabulary import Rows, Vocabulary

WIDTH: Final = 3
"""Words that a filter sees: one, that before it and that behind it."""
LONG: Final = 96
"""Words of a text that is read in windows."""
STEP: Final = 32
"""Words from window to window, which are twice as long."""

Floats = NDArray[np.float32]
_AT_ONCE: Final = 4
_ONES: Final[Floats] = np.ones(STEP, np.float32)


class Layers(msgspec.Struct, frozen=True):
    """The weights of the network."""

    words: Floats
    """`[vector, WIDTH * filters]`, for vectors in bytes."""
    senses: Floats
    """`[senses + 1, WIDTH * filters]`; the first is that of no sense."""
    bias: Floats
    """`[filters]`"""
    above: Floats
    """`[2 * filters, hidden + heads]`; the last columns go to the logits as they are."""
    above_bias: Floats
    last: Floats
    """`[hidden, heads]`"""


class MeaningModel:
    """The network with its words: `vectors` are `[words + 1, size]`, `senses` `[words + 1]`.

    The vector and the sense of no word, which is the first, give nothing.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        vectors: NDArray[np.int8],
        senses: NDArray[np.uint8],
        layers: Layers,
    ) -> None:
        if len(vectors) != len(vocabulary) + 1 or len(senses) != len(vectors):
            raise ValueError("Each word must have a vector and a sense, and one is of no word.")
        self.vocabulary = vocabulary
        self._vectors = vectors
        self._senses = senses
        self.layers = layers
        # Each place has one word in its middle, be it none: the bias comes with it.
        size = len(layers.bias)
        self._of_senses = layers.senses.copy()
        self._of_senses[:, size : 2 * size] += layers.bias

    @classmethod
    def read(cls, name: str = "meanings") -> "MeaningModel":
        """The words in `weights/words.npz` and the weights in `weights/<name>.npz`."""
        return cls(Vocabulary.read(), *read_words(), read_layers(name))

    def beside(self, name: str) -> "MeaningModel":
        """Another network over the same words."""
        return MeaningModel(self.vocabulary, self._vectors, self._senses, read_layers(name))

    def score(self, text: str) -> Floats:
        """The logits of a folded text, one of each head: above 0 it is rather what that finds."""
        return self.score_words(self.vocabulary.numbers(text))

    def score_words(self, words: Rows) -> Floats:
        """The same of words that were looked up."""
        places = len(words) + WIDTH - 1
        if len(words) <= LONG:
            fits = self._fits(self._given(_between_none(words, places)), places)
            return self._logits(fits.max(0), fits.sum(0) / math.sqrt(places))
        best, total = self._blocks(words, places)
        sizes = np.full(len(best), STEP, np.float32)
        sizes[-1] = places - (len(best) - 1) * STEP
        total = (total[:-1] + total[1:]) / np.sqrt(sizes[:-1] + sizes[1:])[:, None]
        found: Floats = self._logits(np.maximum(best[:-1], best[1:]), total).max(0)
        return found

    def _blocks(self, words: Rows, places: int) -> tuple[Floats, Floats]:
        """Where filters fit best and how much in all, of each `STEP` places.

        Some blocks at a time, which stay in the cache of the processor.
        """
        blocks = -(-places // STEP)
        different, inverse = np.unique(_between_none(words, blocks * STEP), return_inverse=True)
        given = self._given(different)
        best = np.empty((blocks, len(self.layers.bias)), np.float32)
        total = np.empty_like(best)
        for first in range(0, blocks, _AT_ONCE):
            last = min(first + _AT_ONCE, blocks)
            size = (last - first) * STEP
            near = given.take(inverse[first * STEP : last * STEP + WIDTH - 1], axis=0)
            fits = self._fits(near, size)
            fits[max(0, places - first * STEP) :] = 0
            parts = fits.reshape(last - first, STEP, -1)
            parts.max(1, out=best[first:last])
            np.matmul(_ONES, parts, out=total[first:last])
        return best, total

    def _fits(self, given: Floats, size: int) -> Floats:
        """How much each filter fits `[size, filters]`, of what the words around give."""
        filters = len(self.layers.bias)
        fits: Floats = given[:size, :filters] + given[1 : size + 1, filters : 2 * filters]
        fits += given[2 : size + 2, 2 * filters :]
        np.maximum(fits, 0, out=fits)
        return fits

    def _given(self, words: Rows) -> Floats:
        """What each word gives to the filters that begin, stand and end at it."""
        vectors: Floats = self._vectors.take(words, axis=0).astype(np.float32)
        given: Floats = vectors @ self.layers.words
        given += self._of_senses.take(self._senses.take(words), axis=0)
        return given

    def _logits(self, best: Floats, total: Floats) -> Floats:
        """Of a window or many: where filters fit best, and how much in all."""
        layers = self.layers
        pooled: Floats = np.concatenate((best, total), axis=-1, dtype=np.float32)
        above: Floats = pooled @ layers.above
        above += layers.above_bias
        size = len(layers.last)
        hidden: Floats = np.maximum(above[..., :size], 0)
        logits: Floats = above[..., size:] + hidden @ layers.last
        return logits


def _between_none(words: Rows, places: int) -> Rows:
    """The words that filters see at so many places; none before the first and behind the last."""
    found = np.zeros(places + WIDTH - 1, np.int64)
    found[WIDTH - 1 : WIDTH - 1 + len(words)] = words
    return found


def read_words() -> tuple[NDArray[np.int8], NDArray[np.uint8]]:
    """Vectors and senses of the words in `weights/words.npz`; the first are those of no word."""
    path = files("vedette.detectors") / "weights" / "words.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return stored["vectors"], stored["senses"]


def read_layers(name: str) -> Layers:
    """The weights in `weights/<name>.npz`."""
    path = files("vedette.detectors") / "weights" / f"{name}.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Layers(
            **{name: stored[name].astype(np.float32) for name in Layers.__struct_fields__}
        )
