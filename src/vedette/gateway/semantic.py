"""Questions that want the same answer as one that was answered already.

They have the same core, in the same place (`gateway.questions`). What is left of how they are asked
is compared by meaning: the cosine of sketches, at least `threshold`.

Vectors alone cannot do it. They put "buy shares" and "sell shares" side by side: at a cosine of
0.95 one in ten of such pairs would get the other one's answer (`bench.meanings`).
"""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vedette.gateway.questions import core, plain

MOST_PLACES = 512
MOST_IN_PLACE = 1024
Sketch = Callable[[str], bytes]


class _Place:
    """Texts that differ in their last words only."""

    __slots__ = ("cores", "names", "vectors")

    def __init__(self) -> None:
        self.names: list[bytes] = []
        self.cores: list[tuple[str, ...]] = []
        self.vectors: NDArray[np.float32] | None = None


class Meanings:
    """What was asked lately, by meaning; the oldest go first."""

    def __init__(self, sketch: Sketch, threshold: float) -> None:
        self.threshold = threshold
        self._sketch = sketch
        self._places: OrderedDict[bytes, _Place] = OrderedDict()

    def find(self, place: bytes, text: str) -> tuple[bytes, float] | None:
        """The name of the closest question, and how close it is; None where none is."""
        known = self._places.get(place)
        vector = self._vector(text)
        if known is None or known.vectors is None or vector is None:
            return None
        closeness = known.vectors @ vector
        wanted = core(text)
        for index in np.argsort(-closeness)[:8]:
            if closeness[index] < self.threshold:
                return None
            if known.cores[index] == wanted:
                return known.names[index], float(closeness[index])
        return None

    def add(self, place: bytes, text: str, name: bytes) -> None:
        """A question was answered."""
        vector = self._vector(text)
        if vector is None:
            return
        known = self._places.get(place)
        if known is None:
            if len(self._places) >= MOST_PLACES:
                self._places.popitem(last=False)
            known = self._places[place] = _Place()
        if name in known.names:
            return
        row = vector[None, :]
        grown = row if known.vectors is None else np.concatenate((known.vectors, row))
        known.vectors = grown[-MOST_IN_PLACE:]
        known.names = [*known.names, name][-MOST_IN_PLACE:]
        known.cores = [*known.cores, core(text)][-MOST_IN_PLACE:]

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        sketch = self._sketch(plain(text))
        if not sketch:
            return None
        numbers = np.frombuffer(sketch, np.int8).astype(np.float32)
        return numbers / np.float32(np.sqrt(numbers @ numbers) or 1.0)
