"""Heads of the shared classifier as detectors."""

import pytest

from tests.support.subjects import look
from vedette.detectors.learned.head import HeadDetector


@pytest.mark.parametrize("name", ["harmful", "jailbreak", "toxicity"])
def test_a_head_scores_what_it_has_no_finding_for(name: str) -> None:
    seen = look(HeadDetector(name, frozenset({"input"})), "The library opens at nine.")
    assert 0 <= seen.score < 0.3
    assert not seen.findings


def test_a_finding_bears_the_name_and_the_place() -> None:
    text = "You stupid worthless idiot, shut the fuck up."
    seen = look(HeadDetector("toxicity", frozenset({"input"})), text)
    assert seen.score > 0.5
    assert [(found.detector, found.kind) for found in seen.findings] == [("toxicity", "toxicity")]
