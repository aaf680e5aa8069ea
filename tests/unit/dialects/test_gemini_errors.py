import json
from typing import Any

import pytest
from google.genai import errors

from vedette.dialects.contract import Fault
from vedette.dialects.gemini_errors import (
    describe_error,
    error_in,
    read_error,
    retry_delay_s,
    write_error,
)

RPC = "type.googleapis.com/google.rpc."
QUOTA = {
    "error": {
        "code": 429,
        "message": "You exceeded your current quota.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": RPC + "QuotaFailure", "violations": [{"quotaMetric": "requests"}]},
            {"@type": RPC + "ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis"},
            {"@type": RPC + "BadRequest", "fieldViolations": [{}, {"field": "contents[0]"}]},
            {"@type": RPC + "RequestInfo", "requestId": "r1"},
            {"@type": RPC + "RetryInfo", "retryDelay": "34.07s"},
        ],
    }
}


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_an_error_is_read_with_its_details() -> None:
    expected = Fault(
        429,
        "You exceeded your current quota.",
        "RESOURCE_EXHAUSTED",
        "RATE_LIMIT_EXCEEDED",
        "contents[0]",
        "r1",
    )
    assert read_error(429, body(QUOTA)) == expected
    assert read_error(429, body([QUOTA])) == expected


def test_how_long_to_wait() -> None:
    assert retry_delay_s(body(QUOTA)) == 34.07
    for delay in ("7", "s", "-1s", "99999999999s", None):
        detail = {"@type": RPC + "RetryInfo", "retryDelay": delay}
        assert retry_delay_s(body({"error": {"details": [detail]}})) is None
    assert retry_delay_s(b"nope") is None


@pytest.mark.parametrize("odd", [b"", b"<html>", b"[]", b'{"error": []}', b'{"error": null}'])
def test_a_body_that_is_no_error_is_told_by_its_status(odd: bytes) -> None:
    fault = read_error(503, odd)
    assert fault == Fault(503, "The provider answered with status 503.", "UNAVAILABLE")


def test_an_error_that_is_only_a_text() -> None:
    assert read_error(400, b'{"error": "bad key"}').message == "bad key"


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (400, "invalid_request_error", "INVALID_ARGUMENT"),
        (401, "authentication_error", "UNAUTHENTICATED"),
        (403, "permission_error", "PERMISSION_DENIED"),
        (404, "not_found_error", "NOT_FOUND"),
        (429, "rate_limit_error", "RESOURCE_EXHAUSTED"),
        (500, "api_error", "INTERNAL"),
        (529, "overloaded_error", "UNAVAILABLE"),
        (418, "", "UNKNOWN"),
        (400, "FAILED_PRECONDITION", "FAILED_PRECONDITION"),
    ],
)
def test_words_of_other_providers_become_googles(status: int, kind: str, word: str) -> None:
    error = json.loads(write_error(Fault(status, "m", kind)))["error"]
    assert (error["code"], error["message"], error["status"]) == (status, "m", word)


def test_what_another_provider_said_is_kept_in_the_details() -> None:
    fault = Fault(404, "No such model.", "invalid_request_error", "model_not_found", "model", "r1")
    written = write_error(fault)
    assert read_error(404, written) == Fault(
        404, "No such model.", "NOT_FOUND", "model_not_found", "model", "r1"
    )
    plain = json.loads(write_error(Fault(500, "m", "INTERNAL")))
    assert "details" not in plain["error"]


def test_googles_client_raises_it() -> None:
    raised = errors.APIError(429, json.loads(write_error(Fault(429, "slow down", "x"))))
    assert (raised.code, raised.status, raised.message) == (429, "RESOURCE_EXHAUSTED", "slow down")


def test_errors_inside_an_answer() -> None:
    assert describe_error(error_in(QUOTA)).startswith("RESOURCE_EXHAUSTED: You exceeded")
    assert describe_error(error_in({"error": {"code": 500}})) == "500"
    assert describe_error(error_in({"error": {"x": 1}})) == "error"
    assert describe_error(error_in({})) == ""
