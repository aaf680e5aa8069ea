"""Models that were trained to classify."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.models import Model
from tests.support.subjects import subject
from vedette.detectors.llama_guard import create
from vedette.detectors.remote.asking import NoVerdict
from vedette.errors import ConfigError
from vedette.model.policy import Where
from vedette.ports.detector import Detection


def asked(answer: str, where: Where = "input", **options: Any) -> tuple[Detection, Any]:
    model = Model(answer)
    given = replace(subject("A text.", where, question="A question?"), models=model)
    detection = create({"model": "m", **options}).detect(given)
    return detection, model.asked[0]


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        ("safe", []),
        ("\n\nSafe ", []),
        ("unsafe\nS1,S10", ["violent_crimes", "hate"]),
        ("unsafe\nS99", ["S99"]),
        ("unsafe", ["unsafe"]),
    ],
)
def test_llama_guard_says_safe_or_which_hazard(answer: str, kinds: list[str]) -> None:
    detection, messages = asked(answer)
    assert [finding.kind for finding in detection.findings] == kinds
    assert detection.score == bool(kinds)
    assert messages == [{"role": "user", "content": "A text."}]


def test_an_answer_is_shown_with_its_question() -> None:
    _, messages = asked("safe", "output")
    assert messages == [
        {"role": "user", "content": "A question?"}, {"role": "assistant", "content": "A text."},
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "score"), [("Yes, it does.", 1.0), ("No", 0.0)])
def test_shieldgemma_says_yes_or_no(answer: str, score: float) -> None:
    detection, [message] = asked(answer, "output", style="shieldgemma", guideline="No poems.")
    assert detection.score == score
    assert "Chatbot Response: A text." in message["content"]
    assert "* No poems." in message["content"]
    _, [message] = asked(answer, style="shieldgemma")
    assert "Human Question: A text." in message["content"]
    assert "Chatbot Response:" not in message["content"]


@pytest.mark.parametrize("style", ["llama_guard", "shieldgemma"])
@pytest.mark.parametrize("answer", ["", "perhaps", "I cannot help with that."])
def test_anything_else_is_no_verdict(answer: str, style: str) -> None:
    with pytest.raises(NoVerdict):
        asked(answer, style=style)


@pytest.mark.parametrize("options", [{"style": "x"}, {"guideline": 7}, {"url": "x"}], ids=str)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="llama_guard"):
        create(options)
