"""Linear models over hashed n-grams, several heads in one pass, over the whole and in windows.

The score of a text is `bias + sum of the weights of its different character n-grams / sqrt(their
number) + the same for words`: each of the two groups is a vector of length 1, so that long and
short texts compare. An n-gram counts where it first stands. Windows use the same sums over a part
of the places: an attack in a long document is diluted in the whole, not in its window.

The weights of all heads for one n-gram stand in the bytes of one 64-bit word, raised by 128 so that
none is negative, with a 1 in the last byte that counts: words are added up, each byte with two or
four bytes of room, and the sums of all heads come out together. A short text is quicker still as a
product of vectors.
"""

import threading
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.features import CHAR_GROUPS, GROUPS, SIZE, Features

BLOCK_CHARS: Final = 96
WINDOW_BLOCKS: Final = 2
"""Windows are two blocks long and begin at each block: about a sentence or two."""
MIN_GRAMS: Final = 120
"""A window with fewer n-grams is scored as if it had so many: few must not weigh much."""
MIN_WORDS: Final = 40
MOST_HEADS: Final = 7
"""Bytes of a word but for the one that counts."""

_LEAST: Final = np.array([MIN_GRAMS, MIN_WORDS]).reshape(2, 1, 1)
_ZERO: Final = 128
_COUNT: Final = 7
_INDEX: Final = SIZE - 1
_BYTE: Final = np.uint64(8)

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Sums = NDArray[np.int64]
"""By byte of the words: sums of raised weights, then the number of n-grams."""


class Scores(msgspec.Struct, frozen=True):
    """The scores of one text by every head: of the whole `[heads]`, of windows `[windows, heads]`.

    A short text has one window, which is the whole.
    """

    whole: Floats
    windows: Floats

    def worst(self, head: int) -> float:
        """The worst window, the whole where it is worse."""
        whole = float(self.whole[head])
        return whole if len(self.windows) < 2 else max(whole, float(self.windows[:, head].max()))

    def worst_window(self, head: int) -> int:
        """Which of the windows is the worst."""
        return int(self.windows[:, head].argmax())


class LinearModel:
    """Weights as signed bytes `[SIZE, heads]`, a scale and a bias for each head."""

    def __init__(
        self, heads: tuple[str, ...], weights: NDArray[np.int8], scales: Floats, biases: Floats
    ) -> None:
        if weights.shape != (SIZE, len(heads)) or weights.dtype != np.int8:
            raise ValueError(f"Weights must be int8 of shape {(SIZE, len(heads))}.")
        if len(heads) > MOST_HEADS:
            raise ValueError(f"A model has at most {MOST_HEADS} heads.")
        self.heads = heads
        raised = np.zeros((SIZE, _COUNT + 1), np.uint8)
        raised[:, : len(heads)] = weights.view(np.uint8) + np.uint8(_ZERO)
        raised[:, _COUNT] = 1
        self._words = raised.view("<u8").ravel()
        self._scales = scales.astype(np.float32)
        self._biases = biases.astype(np.float32)
        self._lock = threading.Lock()
        self._last = np.empty(0, dtype=np.uint16)

    @classmethod
    def read(cls, name: str) -> "LinearModel":
        """The model in `weights/<name>.npz`."""
        path = files("vedette.detectors") / "weights" / f"{name}.npz"
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            heads = tuple(str(head) for head in stored["heads"])
            return cls(heads, stored["weights"], stored["scales"], stored["biases"])

    def score(self, features: Features) -> Scores:
        """Score a text; about as fast as finding its features."""
        if features.length <= BLOCK_CHARS * WINDOW_BLOCKS:
            whole = self._whole(self._short(features))
            return Scores(whole, whole[None, :])
        edges = np.arange(0, features.length, BLOCK_CHARS)
        # Of a block no more n-grams than characters, so that sums fit into two bytes.
        sums = self._both(features, edges, once=True, room=2)
        chars, words = self._normal(_windows(sums), _LEAST)
        return Scores(self._whole(sums.sum(1)), self._scaled(chars + words))

    def segments(self, features: Features, edges: Places) -> Floats:
        """Scores `[segments, heads]` of the parts of a text that begin at `edges` (ascending).

        An n-gram counts in every part that has it, and wherever it stands there.
        """
        return self._whole(self._both(features, edges, once=False, room=4))

    def first_places(self, keys: Places, groups: int = 1) -> NDArray[np.bool_]:
        """True where a key stands for the first time; linear, without sorting. Keys are those of
        `groups` neighbouring groups, and begin at 0.

        The scratch table need not be cleared: only entries that were just written are read.
        """
        # Two keys of a group are less than so many places apart that their numbers are the same.
        order = np.arange(len(keys), dtype=np.int32).astype(np.uint16)
        with self._lock:
            if len(self._last) < groups * SIZE:
                self._last = np.empty(groups * SIZE, dtype=np.uint16)
            # Written from the back, the first place of a key is what remains.
            self._last[keys[::-1]] = order[::-1]
            found: NDArray[np.bool_] = self._last[keys] == order
        return found

    def _whole(self, sums: Sums) -> Floats:
        """The scores by the sums over characters and over words, without a least number."""
        chars, words = self._normal(sums, 1)
        return self._scaled(chars + words)

    def _scaled(self, sums: Floats) -> Floats:
        sums *= self._scales
        sums += self._biases
        return sums

    def _normal(self, sums: Sums, least: int | Sums) -> Floats:
        """Sums of weights over the root of the number of n-grams."""
        counts = sums[..., _COUNT, None]
        weights = sums[..., : len(self.heads)] - _ZERO * counts
        root = np.sqrt(np.maximum(counts, least).astype(np.float32))
        normal: Floats = weights.astype(np.float32)
        normal /= root
        return normal

    def _short(self, features: Features) -> Sums:
        """Sums of the different n-grams of characters and of words of a short text."""
        keys = features.keys.astype(np.int32)
        keys.sort()
        is_new = np.empty(len(keys), np.bool_)
        is_new[:1] = True
        np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
        keys = keys[is_new]
        cut = int(keys.searchsorted(CHAR_GROUPS * SIZE))
        keys &= _INDEX
        found = self._words.take(keys).view(np.uint8).reshape(-1, _COUNT + 1).astype(np.float32)
        ones = np.ones(len(found), np.float32)
        # Sums of bytes of some thousand n-grams are whole numbers that a float32 holds exactly.
        sums = np.empty((2, _COUNT + 1), np.float32)
        np.dot(ones[:cut], found[:cut], out=sums[0])
        np.dot(ones[cut:], found[cut:], out=sums[1])
        return sums.astype(np.int64)

    def _both(self, features: Features, edges: Places, *, once: bool, room: int) -> Sums:
        """Sums `[2, blocks, bytes]`: of n-grams of characters, and of words."""
        groups = self._sums(features, edges, once=once, room=room)
        return np.stack((groups[:CHAR_GROUPS].sum(0), groups[CHAR_GROUPS:].sum(0)))

    def _sums(self, features: Features, edges: Places, *, once: bool, room: int) -> Sums:
        """Sums `[groups, blocks, bytes]` over the blocks that begin at `edges`; `room`: how many
        bytes a sum may need, two or four."""
        keys, cut = features.keys, features.cuts[CHAR_GROUPS]
        # The last one stands where a block may begin that has nothing.
        found = np.zeros(len(keys) + 1, np.uint64)
        # Clipped, though none is out of range: else `take` writes elsewhere first, and copies.
        self._words.take(keys & _INDEX, out=found[:-1], mode="clip")
        if once:
            behind = keys[cut:] - CHAR_GROUPS * SIZE
            found[:cut] *= self.first_places(keys[:cut], CHAR_GROUPS)
            found[cut:-1] *= self.first_places(behind, GROUPS - CHAR_GROUPS)
        bounds, is_empty = _bounds(features, edges)
        sums = np.empty((GROUPS, len(edges), _COUNT + 1), np.int64)
        mask = np.uint64(0x00FF00FF00FF00FF if room == 2 else 0x000000FF000000FF)
        for first in range(room):
            blocks = np.add.reduceat(found & mask, bounds)
            blocks[is_empty] = 0
            sums[:, :, first::room] = blocks.view(f"<u{room}").reshape(GROUPS, len(edges), -1)
            found >>= _BYTE
        return sums


def _bounds(features: Features, edges: Places) -> tuple[Places, NDArray[np.bool_]]:
    """Where in the keys each block of each group begins, and which of them have nothing."""
    begins = np.empty((GROUPS, len(edges)), np.int64)
    begins[:CHAR_GROUPS] = edges
    begins[CHAR_GROUPS:] = features.starts.searchsorted(edges)
    cuts = np.array(features.cuts)[:, None]
    begins += cuts[:-1]
    np.minimum(begins, cuts[1:], out=begins)
    bounds = begins.ravel()
    return bounds, np.append(bounds[1:], len(features.keys)) == bounds


def _windows(blocks: Sums) -> Sums:
    """Sums of each `WINDOW_BLOCKS` neighbours."""
    running = blocks.cumsum(1)
    summed: Sums = running[:, WINDOW_BLOCKS - 1 :].copy()
    summed[:, 1:] -= running[:, :-WINDOW_BLOCKS]
    return summed
