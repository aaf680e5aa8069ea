"""What is asked, and what is kept of the answer."""

from typing import Any

import pytest

from tests.support.drifting import HASHER
from tests.support.probing import answered, probe
from vedette.drift.probes.asking import body_of, content_of, observe


def test_the_request() -> None:
    said = ({"role": "system", "content": "Be short."},)
    body = body_of(probe(prompt="", messages=said, parameters={"seed": 1}), "m")
    assert body == {"seed": 1, "model": "m", "messages": list(said), "stream": False}


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [({"samples": 3}, True), ({"prompt": "x"}, False), ({"parameters": {"seed": 1}}, False)],
    ids=str,
)
def test_what_another_question_is(changes: dict[str, Any], is_same: bool) -> None:
    found = content_of(probe(**changes), HASHER)
    assert (found == content_of(probe(), HASHER)) is is_same


def test_no_text_is_kept() -> None:
    kept = observe(probe(), "m", answered("It is Paris."), HASHER)
    assert "Paris" not in repr(kept)
    assert kept.fingerprint.answer is not None
    assert (kept.version, kept.latency_ms, kept.output_tokens) == ("m-1", 20.0, 4)
