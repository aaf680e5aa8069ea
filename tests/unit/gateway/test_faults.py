"""Errors in the dialect of whoever reads them."""

import json

import pytest

from vedette.dialects.contract import Fault, Unsupported
from vedette.errors import BadRequest
from vedette.gateway.faults import broken_event, fault_body, fault_of, translated_fault


@pytest.mark.parametrize("dialect", ["openai_chat", "openai_responses", "anthropic"])
def test_a_broken_stream_ends_in_an_error_event_of_its_dialect(dialect: str) -> None:
    event = broken_event(dialect, "reset", inside_event=False)
    data = json.loads(event.partition(b"data: ")[2])
    assert event.endswith(b"\n\n")
    assert "reset" in json.dumps(data)
    assert broken_event(dialect, "reset", inside_event=True) == b"\n\n" + event


def test_clients_of_responses_raise_only_what_stands_in_an_error() -> None:
    event = broken_event("openai_responses", "reset", inside_event=False)
    data = json.loads(event.partition(b"data: ")[2])
    assert data["error"]["message"] == data["message"]


def test_a_field_that_cannot_be_expressed_is_named() -> None:
    fault = fault_of(Unsupported("logprobs", "has no place in Anthropic's messages."))
    error = json.loads(fault_body("openai_chat", fault))["error"]
    assert (fault.status, error["param"]) == (400, "logprobs")
    assert error["code"] == "unsupported_parameter"


def test_a_caller_without_a_dialect_gets_the_shape_of_openai() -> None:
    error = json.loads(fault_body("", fault_of(BadRequest("No."))))["error"]
    assert (error["type"], error["message"]) == ("invalid_request_error", "No.")


OVERLOADED = b'{"type":"error","error":{"type":"api_error","message":"Try later."}}'
EXHAUSTED = b'[{"error":{"code":429,"message":"No quota.","status":"RESOURCE_EXHAUSTED"}}]'
THROTTLED = b'{"message":"Slow down.","__type":"ThrottlingException"}'


@pytest.mark.parametrize(
    ("client", "provider", "status", "body", "expected"),
    [
        ("openai_chat", "anthropic", 500, OVERLOADED, ("server_error", "api_error", "Try later.")),
        ("openai_responses", "gemini", 429, EXHAUSTED,
         ("rate_limit_error", "RESOURCE_EXHAUSTED", "No quota.")),
        ("openai_embeddings", "gemini_embeddings", 429, EXHAUSTED,
         ("rate_limit_error", "RESOURCE_EXHAUSTED", "No quota.")),
        ("openai_completions", "bedrock", 429, THROTTLED,
         ("rate_limit_error", "ThrottlingException", "Slow down.")),
    ],
)  # fmt: skip
def test_a_providers_error_gets_the_words_of_openai(
    client: str, provider: str, status: int, body: bytes, expected: tuple[str, str, str]
) -> None:
    told, written = translated_fault(client, provider, status, body)
    error = json.loads(written)["error"]
    assert told == status
    assert (error["type"], error["code"], error["message"]) == expected


def test_the_list_of_google_is_read_for_other_clients() -> None:
    """Its OpenAI-compatible paths answer with a list as well."""
    _, written = translated_fault("anthropic", "openai_chat", 429, EXHAUSTED)
    error = json.loads(written)["error"]
    assert (error["type"], error["message"]) == ("rate_limit_error", "No quota.")


def test_our_own_errors_keep_their_words() -> None:
    error = json.loads(fault_body("openai_chat", Fault(502, "m", "api_error", "c")))["error"]
    assert (error["type"], error["code"]) == ("api_error", "c")
