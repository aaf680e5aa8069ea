"""Questions that want the same answer as one that was answered already.

Only the last words of the user may differ: the project, the model, the system prompt, the messages
before, tools and settings have to be the same to the byte. And of those last words only how it is
asked, not what is asked: politeness, articles, "how do I" for "how can I", "what" for "which",
plurals. All other words have to be the same, in the same order (`core`). What is left is compared
by meaning: the cosine of sketches, at least `threshold`.

Vectors alone cannot do it. They put "buy shares" and "sell shares" side by side: at a cosine of
0.95 one in ten of such pairs would get the other one's answer (`bench.meanings`).
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from vedette.gateway.conditions import asked
from vedette.gateway.exchange import Exchange
from vedette.model.chat import TextPart

MOST_PLACES = 512
MOST_IN_PLACE = 1024
LONGEST = 2_000
"""Characters; what is longer says too much to be the same by its mean."""
_ASKING = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^(?:hi|hello|hey)\b[,!.]*\s*", ""),
        (r"^(?:please|kindly)\b,?\s*", ""),
        (r"^(?:could|can|would|will) you (?:please )?", ""),
        (r"[\s,]*\b(?:please|thanks|thank you)\W*$", ""),
        (r"\b(what|which|where|who|when|why|how)[’']s\b", r"\1 is"),
        (r"^(?:tell me|explain|describe)\s+(?=(?:what|which|how|why|who|when|where|the)\b)", ""),
        (r"\bhow (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "how"),
        (r"\bwhere (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "where"),
        (r"\bwhat (?:do|can|should|could|would|might) (?:i|you|we|one)\b", "what"),
    )
)
"""Ways to ask, and what they come to; in this order, on lower-case text."""
_SILENT = frozenset({"a", "an", "the", "is", "are", "do", "does", "what", "which"})
_WORDS = re.compile(r"\w+|[^\w\s.,;:?!]")
Sketch = Callable[[str], bytes]


def apart(exchange: Exchange, whose: bytes) -> tuple[bytes, str] | None:
    """A question without its last words, as a digest, and these; None where they are no text of a
    user."""
    request = asked(exchange)
    if request is None or not request.messages:
        return None
    last = request.messages[-1]
    if last.role != "user" or len(last.parts) != 1 or not isinstance(last.parts[0], TextPart):
        return None
    text = last.parts[0].content
    if len(text) > LONGEST:
        return None
    question = replace(
        request, model=exchange.requested_model, stream=False, include_usage=False, user="",
        metadata={}, dialect="",
        messages=(*request.messages[:-1], replace(last, parts=(TextPart(content=""),))),
    )  # fmt: skip
    digest = hashlib.sha256(whose)
    digest.update(msgspec.json.encode(question, order="sorted"))
    return digest.digest(), text


def plain(text: str) -> str:
    """A question without its politeness."""
    text = text.strip().lower()
    for pattern, by in _ASKING:
        text = pattern.sub(by, text)
    return text


def core(text: str) -> tuple[str, ...]:
    """What is asked, whatever the way it is asked."""
    text = plain(text)
    return tuple(_singular(word) for word in _WORDS.findall(text) if word not in _SILENT)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


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
