"""OpenAI's moderation."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.models import Model
from tests.support.subjects import subject
from vedette.detectors.openai_moderation import create
from vedette.detectors.remote.asking import NoModels, NoVerdict
from vedette.errors import ConfigError
from vedette.ports.detector import Detection

SCORES = {"harassment": 0.02, "hate": 0.31, "violence": 0.92}


def moderated(answer: Any) -> tuple[Detection, Model]:
    model = Model(json.dumps(answer))
    detector = create({"model": "openai/omni-moderation-latest"})
    return detector.detect(replace(subject("Some text."), models=model)), model


def test_categories_are_findings() -> None:
    result = {"flagged": True, "category_scores": SCORES, "categories": {"hate": True}}
    detection, model = moderated({"results": [result]})
    assert detection.score == 0.92
    assert {f.kind: f.score for f in detection.findings} == {"hate": 0.5, "violence": 0.92}
    path, body = model.asked[0]
    assert path == "/v1/moderations"
    assert body == {"model": "openai/omni-moderation-latest", "input": "Some text."}


def test_what_is_flagged_is_never_below_one_half() -> None:
    detection, _ = moderated({"results": [{"flagged": True, "category_scores": {"hate": None}}]})
    assert detection.score == 0.5


@pytest.mark.parametrize("answer", [{}, {"results": []}, {"results": [{"a": 1}]}, "x"], ids=str)
def test_anything_else_is_no_verdict(answer: Any) -> None:
    with pytest.raises(NoVerdict):
        moderated(answer)


def test_without_models_there_is_no_verdict_either() -> None:
    with pytest.raises(NoModels):
        create({"model": "m"}).detect(subject("Hi."))
    assert create({}).detect(subject("Hi.")) == Detection()


def test_options_are_checked() -> None:
    with pytest.raises(ConfigError, match="openai_moderation"):
        create({"url": "x"})
