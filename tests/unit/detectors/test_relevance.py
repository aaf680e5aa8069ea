"""Does an answer speak of what was asked?"""

import pytest
from msgspec.structs import replace

from tests.support.models import Model
from tests.support.subjects import look, subject
from vedette.detectors.relevance import create
from vedette.detectors.remote.asking import NoVerdict
from vedette.errors import ConfigError

QUESTION = "How do I renew a passport at the embassy?"
OFF = (
    "Tomatoes need six hours of sunlight and steady moisture. Plant seedlings deep, remove lower "
    "leaves, feed weekly with potash, and harvest when fruits feel firm. Cover roots with straw."
)


def test_a_long_answer_without_a_word_of_the_question_is_far() -> None:
    detection = look(create({}), OFF, "output", question=QUESTION)
    assert detection.score > 0.5
    assert [finding.kind for finding in detection.findings] == ["irrelevant"]


def test_an_answer_with_its_words_is_near_and_a_short_one_is_left_alone() -> None:
    near = f"To renew your passport, book a visit. {OFF}"
    assert look(create({}), near, "output", question=QUESTION).score < 0.5
    assert look(create({}), "Paris.", "output", question="Capital city of France?").score == 0.0
    assert look(create({}), OFF, "output").score == 0.0


@pytest.mark.parametrize(("said", "score"), [('{"relevance": 0.1}', 0.9), ('{"relevance": 1}', 0)])
def test_a_model_says_how_well_it_fits(said: str, score: float) -> None:
    given = replace(subject("No.", "output", question=QUESTION), models=Model(said))
    assert create({"model": "m"}).detect(given).score == score


def test_anything_else_is_no_verdict() -> None:
    given = replace(subject("No.", "output", question=QUESTION), models=Model('{"relevance": "x"}'))
    with pytest.raises(NoVerdict):
        create({"model": "m"}).detect(given)
    with pytest.raises(ConfigError, match="relevance"):
        create({"a": 1})
