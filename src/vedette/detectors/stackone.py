"""The classifier of stackone-defender (extra `stackone`), beside our own.

A MiniLM of 23 MB (Apache-2.0) that comes with its package: nothing is downloaded. It knows
jailbreaks and tasks hijacked inside documents better than lists of words do, takes tens of
milliseconds, and flags requests about security more often. A long text is read in windows, and
the worst one counts.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from vedette.errors import ConfigError
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_TEMPERATURE: Final = 2.41
_ITS_THRESHOLD: Final = 0.52
_WINDOW: Final = 800
"""Characters: about as many tokens as the model reads at once."""
_OVERLAP: Final = 100
_MOST_WINDOWS: Final = 32
NEEDS: Final = ("stackone_defender", "onnxruntime")

Classify = Callable[[str], float]


class StackoneDetector:
    """The score is its own, moved so that its threshold is 0.5."""

    name = "stackone"
    where: frozenset[Where] = frozenset({"input", "tool_result", "document"})
    is_heavy = True

    def __init__(self, classify: Classify) -> None:
        self._classify = classify

    def detect(self, subject: Subject) -> Detection:
        found: list[Finding] = []
        best = 0.0
        for start, end in _windows(len(subject.text)):
            score = _moved(self._classify(subject.text[start:end]))
            best = max(best, score)
            if score >= 0.5:
                found.append(
                    Finding(detector=self.name, kind="attack", score=score, start=start, end=end)
                )
        return Detection(score=best, findings=tuple(found))


def _windows(size: int) -> list[tuple[int, int]]:
    """The ranges that are read; of very long texts the beginning and the end."""
    step = _WINDOW - _OVERLAP
    starts = list(range(0, max(1, size - _OVERLAP), step)) if size else []
    if len(starts) > _MOST_WINDOWS:
        half = _MOST_WINDOWS // 2
        starts = starts[:half] + starts[-half:]
    return [(start, min(size, start + _WINDOW)) for start in starts]


def _moved(score: float) -> float:
    if score < _ITS_THRESHOLD:
        return score / (2 * _ITS_THRESHOLD)
    return min(1.0, 0.5 + (score - _ITS_THRESHOLD) / (2 * (1 - _ITS_THRESHOLD)))


def create(options: Mapping[str, Any]) -> StackoneDetector:
    """No options. Raises ConfigError where the extra is not installed."""
    if options:
        raise ConfigError(f"stackone: unknown options {sorted(options)}.")
    if any(find_spec(name) is None for name in NEEDS):
        raise ConfigError("stackone needs its classifier: pip install 'vedette[stackone]'.")
    made = import_module("stackone_defender.classifiers.onnx_classifier")
    classifier = made.OnnxClassifier(temperature_t=_TEMPERATURE)
    return StackoneDetector(lambda text: float(classifier.classify(text)))
