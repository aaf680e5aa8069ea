"""Errors in the OpenAI shape, written and read."""

import json

import pytest

from vedette.dialects.contract import Fault
from vedette.dialects.openai_errors import (
    error_body,
    error_event,
    error_type,
    read_error,
    read_fault,
    write_error,
)


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
        (b'[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]', "400: m"),
        (b"[]", ""),
        (b"[7]", ""),
        (b"<html>", ""),
    ],
)
def test_errors_of_others_are_read(body: bytes, expected: str) -> None:
    assert read_error(body) == expected


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            b'{"error":{"message":"m","type":"t","param":"p","code":"c"}}',
            Fault(400, "m", "t", "c", "p"),
        ),
        (
            b'{"error":{"message":"m","type":"t"},"request_id":"r"}',
            Fault(400, "m", "t", request_id="r"),
        ),
        (
            b'{"object":"error","message":"m","type":"NotFoundError","code":404}',
            Fault(400, "m", "NotFoundError", "404"),
        ),
        (
            b'[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]\n',
            Fault(400, "m", "INVALID_ARGUMENT", "400"),
        ),
        (b"[]", Fault(400, "The provider answered with HTTP 400.")),
        (b'{"error":"plain"}', Fault(400, "plain")),
        (b'{"detail":"no"}', Fault(400, "no")),
        (b'{"error":{"code":404,"status":"NOT_FOUND"}}', None),
        (b'{"detail":[{"loc":["body"]}]}', Fault(400, "The provider answered with HTTP 400.")),
        (b"<html>secret</html>", Fault(400, "The provider answered with HTTP 400.")),
    ],
)
def test_error_answers_are_read_whole(body: bytes, fault: Fault | None) -> None:
    expected = fault or Fault(400, "The provider answered with HTTP 400.", "NOT_FOUND", "404")
    assert read_fault(400, body) == expected


@pytest.mark.parametrize(
    ("fault", "type"),
    [
        (Fault(400, "m", "anything"), "invalid_request_error"),
        (Fault(401, "m", "authentication_error"), "authentication_error"),
        (Fault(404, "m", "NOT_FOUND"), "not_found_error"),
        (Fault(413, "m", "request_too_large"), "invalid_request_error"),
        (Fault(429, "m", "RESOURCE_EXHAUSTED"), "rate_limit_error"),
        (Fault(429, "m", "insufficient_quota"), "insufficient_quota"),
        (Fault(500, "m", "api_error"), "server_error"),
        (Fault(529, "m", "overloaded_error"), "overloaded_error"),
        (Fault(418, "m"), "invalid_request_error"),
        (Fault(0, "m", "throttlingException"), "throttlingException"),
    ],
)
def test_types_are_those_that_clients_know(fault: Fault, type: str) -> None:
    assert error_type(fault) == type
    assert json.loads(write_error(fault))["error"]["type"] == type


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(429, "m", "RESOURCE_EXHAUSTED"), "RESOURCE_EXHAUSTED"),
        (Fault(429, "m", "RESOURCE_EXHAUSTED", "429"), "RESOURCE_EXHAUSTED"),
        (Fault(400, "m", "INVALID_ARGUMENT", "API_KEY_INVALID"), "API_KEY_INVALID"),
        (Fault(429, "m", "ThrottlingException"), "ThrottlingException"),
        (Fault(500, "m", "api_error"), "api_error"),
        (Fault(429, "m", "rate_limit_error"), None),
        (Fault(404, "m", "not_found_error", "404"), "404"),
        (Fault(400, "m"), None),
    ],
)
def test_a_foreign_word_is_kept_as_the_code(fault: Fault, code: str | None) -> None:
    assert json.loads(write_error(fault))["error"]["code"] == code
