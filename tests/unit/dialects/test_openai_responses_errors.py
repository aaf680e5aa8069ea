"""Errors in a stream of responses."""

import json

import pytest

from vedette.dialects.contract import Fault
from vedette.dialects.openai_responses_errors import error_code, error_event


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(429, "m"), "rate_limit_exceeded"),
        (Fault(429, "m", "RESOURCE_EXHAUSTED"), "rate_limit_exceeded"),
        (Fault(400, "m"), "invalid_prompt"),
        (Fault(502, "m", "upstream_error", "cut"), "server_error"),
    ],
)
def test_codes_of_a_failed_response(fault: Fault, code: str) -> None:
    assert error_code(fault) == code


def test_an_event_tells_it_twice() -> None:
    name, data = error_event(Fault(429, "m", "rate_limit_error", "slow"), 4).split(b"\n", 1)
    fields = {"code": "slow", "message": "m", "param": None}
    assert name == b"event: error"
    assert json.loads(data.removeprefix(b"data: ")) == {
        "type": "error",
        "sequence_number": 4,
        **fields,
        "error": {"type": "rate_limit_error", **fields},
    }


def test_a_code_is_never_missing() -> None:
    event = json.loads(error_event(Fault(500, "m"), 0).split(b"data: ")[1])
    assert event["code"] == "server_error"
