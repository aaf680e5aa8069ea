"""Errors in the OpenAI shape, written and read."""

import json

import pytest

from vedette.dialects.openai_errors import error_body, error_event, read_error


def test_our_errors_have_the_shape_that_clients_know() -> None:
    assert json.loads(
        error_body('No "x"', "invalid_request_error", "model_not_found", "model")
    ) == {
        "error": {
            "message": 'No "x"',
            "type": "invalid_request_error",
            "param": "model",
            "code": "model_not_found",
        }
    }
    assert json.loads(error_body("m", "t", None))["error"]["param"] is None


def test_an_error_in_a_stream_is_one_event() -> None:
    event = error_event("line\nbreak", "t", "c")
    assert event.startswith(b"data: {")
    assert event.count(b"\n") == 2
    assert event.endswith(b"}\n\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (error_body("m", "t", "c"), "t: m"),
        (b'{"error":"plain"}', "plain"),
        (b'{"error":{"code":404,"message":"m","status":"NOT_FOUND"}}', "404: m"),
        (b'{"error":{"msg":"m"}}', "m"),
        (b'{"error":{}}', ""),
        (b'{"error":{"x":1}}', "error"),
        (b'{"error":true}', "error"),
        (b'{"object":"error","message":"m","type":"T"}', "T: m"),
        (b'{"error":null,"choices":[]}', ""),
        (b"[]", ""),
        (b"<html>", ""),
    ],
)
def test_errors_of_others_are_read(body: bytes, expected: str) -> None:
    assert read_error(body) == expected
