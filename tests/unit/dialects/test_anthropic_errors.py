"""Errors in Anthropic's shape, written and read."""

import json

import pytest
from anthropic.types.shared import ErrorResponse

from vedette.dialects.anthropic_errors import error_type, read_error, write_error
from vedette.dialects.contract import Fault

BUSY = {
    "type": "error",
    "error": {"type": "overloaded_error", "message": "Overloaded", "details": {"error_code": "x"}},
    "request_id": "req_1",
}


def test_an_error_is_read_whole() -> None:
    assert read_error(529, json.dumps(BUSY).encode()) == Fault(
        529, "Overloaded", "overloaded_error", "x", "", "req_1"
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"error":{"message":"m","type":"t"}}', "m"),
        (b"<html>secret</html>", "The provider answered with HTTP 502."),
        (b"", "The provider answered with HTTP 502."),
        (b'{"type":"error","error":{"type":"api_error"}}', "The provider answered with HTTP 502."),
    ],
)
def test_other_bodies_are_read_as_far_as_they_go(body: bytes, message: str) -> None:
    assert read_error(502, body).message == message


@pytest.mark.parametrize(
    ("status", "type"),
    [
        (400, "invalid_request_error"), (401, "authentication_error"), (402, "billing_error"),
        (403, "permission_error"), (404, "not_found_error"), (413, "request_too_large"),
        (418, "invalid_request_error"), (429, "rate_limit_error"), (500, "api_error"),
        (502, "api_error"), (503, "overloaded_error"), (504, "timeout_error"),
        (529, "overloaded_error"),
    ],
)  # fmt: skip
def test_types_by_status(status: int, type: str) -> None:
    assert error_type(Fault(status, "m", "whatever")) == type


@pytest.mark.parametrize(
    ("fault", "type"),
    [
        (Fault(0, "m", "overloaded_error"), "overloaded_error"),
        (Fault(0, "m", "RESOURCE_EXHAUSTED"), "rate_limit_error"),
        (Fault(0, "m", "throttlingException"), "rate_limit_error"),
        (Fault(400, "m", "invalid_request_error", "invalid_api_key"), "invalid_request_error"),
        (Fault(401, "m", "invalid_request_error", "invalid_api_key"), "authentication_error"),
        (Fault(404, "m", "invalid_request_error", "model_not_found"), "not_found_error"),
        (Fault(0, "m", "invalid_request_error"), "invalid_request_error"),
        (Fault(429, "m", "insufficient_quota"), "billing_error"),
        (Fault(502, "m", "upstream_error"), "api_error"),
    ],
)
def test_types_by_the_word_of_others(fault: Fault, type: str) -> None:
    assert error_type(fault) == type


def test_what_is_written_is_what_the_official_client_knows() -> None:
    fault = Fault(429, "Slow down.", "tokens", "rate_limit_exceeded", "", "req_2")
    written = json.loads(write_error(fault))
    ErrorResponse.model_validate(written, strict=True)
    assert written["error"]["type"] == "rate_limit_error"
    assert read_error(429, write_error(fault)) == Fault(
        429, "Slow down.", "rate_limit_error", "rate_limit_exceeded", "", "req_2"
    )
