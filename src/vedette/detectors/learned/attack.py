"""From the scores of the heads to the score of a text: meta features and a logistic regression.

What the head says of the whole and of its worst window, how long the text is, which families of
phrases matched, and what a network over the meanings of words says.
`tools/train_guard.py` fits the weights on texts of sources that the head had not seen.
Long texts have a regression of their own: of many windows the worst lies high by chance, and what
it means is told by how it differs from the middle one, and by what is said of its sentences when
each is judged as a short text (`second_look.py`).
In a document another thing counts: an order among sentences that are none, so the worst
window is compared with the middle one.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from operator import mul
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.detectors.learned.features import extract
from vedette.detectors.learned.linear import LinearModel, Scores
from vedette.detectors.learned.phrases import Phrase, PhraseRules

STRONG: Final = (
    "instruction_override", "new_instructions", "prompt_extraction", "role_marker", "mode_switch",
    "to_the_model",
)  # fmt: skip
ASKED_FROM: Final[Mapping[str, float]] = {
    "injection": -2.5, "jailbreak": -1.5, "toxicity": -1.5,
    "injection_long": -1.0, "jailbreak_long": -1.0, "toxicity_long": 0.0, "harmful_long": 0.5,
}  # fmt: skip
"""Regressions that ask a network over the meanings of words, those of long texts for a second look,
and the logit without it from which on they do; `toxicity_long` and `harmful_long` know nothing but
the second look, and go by the worst window. It costs as much as half of the rest, and what lies
lower it next to never makes a finding.
"""
CALM: Final = -6.0
"""What stands for the word of those that are not asked: what they say of quite harmless texts."""
LONG_CHARS: Final = 1_200
"""Longer texts are judged by the regressions of long ones."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")


class Head(msgspec.Struct, frozen=True):
    """A logistic regression over meta features; 0 is where a score of 0.5 should be."""

    slope: tuple[float, ...]
    bias: float

    def score(self, features: Iterable[float]) -> float:
        """In [0, 1]."""
        return share_of(self.logit(features))

    def logit(self, features: Iterable[float]) -> float:
        """Of all features or the first ones; the others count as 0."""
        return float(sum(map(mul, features, self.slope))) + self.bias


def share_of(logit: float) -> float:
    """A logit as a score in [0, 1]."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def read_heads() -> dict[str, Head]:
    """`weights/heads.json`."""
    path = files("vedette.detectors") / "weights" / "heads.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Head])


def meta_features(
    scores: Scores, head: int, phrases: Sequence[Phrase], length: int
) -> NDArray[np.float64]:
    """Whole, worst window, length, and the families of phrases."""
    whole = float(scores.whole[head])
    kinds = {phrase.kind for phrase in phrases}
    strong = [1.0 if kind in kinds else 0.0 for kind in STRONG]
    weak = len({phrase.kind for phrase in phrases if phrase.strength == "weak"})
    context = sum(phrase.strength == "context" for phrase in phrases)
    long = math.log2(1 + length / 400)
    return np.array([whole, scores.worst(head), long, float(weak), float(context), *strong])


def plain_features(scores: Scores, head: int) -> tuple[float]:
    """The worst window, the whole where it is worse."""
    return (scores.worst(head),)


def long_name(name: str) -> str:
    """The regression of a head for long texts."""
    return f"{name}_long"


def long_features(features: Sequence[float], scores: Scores, head: int, length: int) -> list[float]:
    """The meta features of a piece but for the whole, which says little of many sentences, and what
    else counts in a text of so many characters: its middle window, and how many looks were taken.
    """
    windows = np.sort(scores.windows[:, head])
    return [*features[1:], float(windows[len(windows) // 2]), math.log2(1 + length / 400)]


def document_features(folded: str, model: LinearModel, rules: PhraseRules) -> NDArray[np.float64]:
    """The worst sentence as an order and as an attack, against the others, and whether it is the
    first or the last."""
    hijack, injection = model.heads.index("hijack"), model.heads.index("injection")
    text, edges = sentences(folded)
    scores = model.segments(extract(text), edges)
    worst, last = int(scores[:, hijack].argmax()), len(scores) - 1
    order = np.sort(scores[:, hijack])
    others = order[:-1].mean() if last else order[-1]
    phrases = rules.hits(folded)
    strong = sum(phrase.is_strong for phrase in phrases)
    weak = sum(phrase.strength == "weak" for phrase in phrases)
    return np.array([
        order[-1], order[-1] - order[len(order) // 2], scores[:, injection].max(),
        min(3.0, float(strong)), float(weak), math.log2(1 + len(order)),
        scores[worst, injection], order[-1] - others, float(worst == 0), float(worst == last),
    ])  # fmt: skip


def sentences(folded: str) -> tuple[str, NDArray[np.int64]]:
    """A text with single spaces, and where its sentences and lines begin after `extract`."""
    parts = [" ".join(part.split()) for part in _SENTENCE.split(folded)]
    parts = [part for part in parts if len(part) > 8] or [" ".join(folded.split())]
    # `extract` puts one space before the text.
    edges = np.cumsum([1, *(len(part) + 1 for part in parts[:-1])])
    edges[0] = 0
    return " ".join(parts), edges
