"""Errors in the dialect of whoever reads them."""

import json

import pytest

from vedette.dialects.contract import Unsupported
from vedette.errors import BadRequest
from vedette.gateway.faults import broken_event, fault_body, fault_of


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
