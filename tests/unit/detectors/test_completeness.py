"""Is an answer whole?"""

import pytest

from tests.support.subjects import look
from vedette.detectors.completeness import create
from vedette.errors import ConfigError

SENTENCE = "The committee met on Tuesday and talked for hours about who pays for the new"


@pytest.mark.parametrize(
    ("text", "question", "kinds"),
    [
        (f"{SENTENCE} library.", "What happened?", []),
        (SENTENCE, "What happened?", ["cut_off"]),
        (SENTENCE, "", []),
        ("Paris", "Capital of France?", []),
        ("The causes are rain, wind and", "Why?", ["cut_off"]),
        ("- rain and sun\n- the", "Why?", []),
        ("Sam, it was plan A", "Which?", []),
        ("```py\nprint(1)\n```", "Show me.", []),
        ("```py\nprint(1)\n", "Show me.", ["cut_off"]),
        (f"Here:\n- {SENTENCE} library", "What?", []),
        ("1. a\n2. b", "List five colours", ["too_few"]),
        ("1. a\n2. b\n3. c", "Give me 3 colours", []),
        ("Red, green, blue.", "Name three colours", []),
        (
            "The embassy opens at nine.",
            "When does the embassy open? How much does a visa application cost?",
            ["unanswered"],
        ),
        (
            "The embassy opens at nine, and a visa costs ten.",
            "When does the embassy open? How much does a visa application cost?",
            [],
        ),
    ],
)
def test_signs_of_what_is_missing(text: str, question: str, kinds: list[str]) -> None:
    detection = look(create({}), text, "output", question=question)
    assert [finding.kind for finding in detection.findings] == kinds
    assert (detection.score >= 0.5) == bool(kinds)


def test_options_are_checked() -> None:
    with pytest.raises(ConfigError, match="completeness"):
        create({"a": 1})


@pytest.mark.timeout(60)
def test_a_long_question_takes_time_in_proportion() -> None:
    question = "When does the embassy open? " + "and so on " * 400_000
    assert not look(create({}), "At nine.", question=question).findings
