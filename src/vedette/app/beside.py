"""What our detectors are measured beside: a plain list of patterns, and stackone-defender.

The list is what anybody would write in an hour; the package is the best classifier that can be
installed from a registry with its weights (Apache-2.0, extra `stackone`).
"""

import re
from importlib.util import find_spec

from vedette.guard.trial import Score
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"ignore (all |any |the |your )*(previous|prior|above|earlier)",
        r"disregard (all |any |the |your )*(previous|prior|above|earlier|instructions|rules)",
        r"forget (all |everything|your|the) ?(previous|prior|above|instructions|rules|training)?",
        r"(reveal|show|print|output|repeat|display|tell me) (me )?(your|the) (system |initial "
        r"|hidden |secret |original )?(prompt|instructions|rules|guidelines)",
        r"system prompt", r"developer mode", r"jailbreak", r"do anything now", r"\bDAN\b",
        r"pretend (to be|you are)", r"act as (if|a|an)", r"you are now", r"from now on",
        r"without (any )?(restrictions|filters|limitations|rules)", r"no longer bound",
        r"bypass (your|the|all|any)", r"override (your|the|all|any)", r"new instructions",
        r"\[?system\]?:", r"<\|im_start\|>", r"\[INST\]", r"unfiltered", r"uncensored",
        r"base64", r"sudo ", r"admin mode", r"godmode", r"stay in character",
    )
)  # fmt: skip


def plain_list(text: str, _where: Where, _evidence: Evidence) -> float:
    """How many of the patterns match, on the way to 1; one is enough to be flagged."""
    hits = sum(pattern.search(text) is not None for pattern in _PATTERNS)
    return 1 - 0.5**hits if hits else 0.0


def stackone() -> Score | None:
    """Its classifier at its own threshold moved to 0.5; None where it is not installed."""
    if find_spec("stackone_defender") is None or find_spec("onnxruntime") is None:
        return None
    from stackone_defender.classifiers.onnx_classifier import OnnxClassifier

    classifier = OnnxClassifier(temperature_t=2.41)

    def score(text: str, _where: Where, _evidence: Evidence) -> float:
        main = float(classifier.classify(text))
        return main / 1.04 if main < 0.52 else 0.5 + (main - 0.52) / 0.96

    return score
