"""One text, and what is known beside it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.contract import Fault
from vedette.dialects.ollama_errors import find_error, read_error, write_error


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (
            404,
            {"error": "model 'x' not found"},
            Fault(404, "model 'x' not found", type="not_found_error"),
        ),
        (503, {"error": "queue full"}, Fault(503, "queue full", type="overloaded_error")),
        (418, {"error": "?"}, Fault(418, "?", type="api_error")),
        (
            400,
            {"error": {"message": "bad", "type": "invalid", "code": "c", "param": "p"}},
            Fault(400, "bad", type="invalid", code="c", param="p"),
        ),
    ],
)
def test_errors_of_servers(status: int, body: Any, fault: Fault) -> None:
    assert read_error(status, json.dumps(body).encode()) == fault


def test_what_is_no_json_is_the_message() -> None:
    assert read_error(502, b"<h1>Bad Gateway</h1>\n").message == "<h1>Bad Gateway</h1>"
    assert read_error(500, b"").message == ""


def test_the_clients_read_a_text() -> None:
    assert json.loads(write_error(Fault(429, "slow down"))) == {"error": "slow down"}
    assert json.loads(write_error(Fault(500, ""))) == {"error": "error"}


@given(st.builds(Fault, st.integers(400, 599), st.text(min_size=1), st.text(), st.text()))
def test_what_was_written_is_read_again(fault: Fault) -> None:
    read = read_error(fault.status, write_error(fault))
    assert (read.message, read.code) == (fault.message, fault.code)
    if fault.type:
        assert read.type == fault.type


@given(st.integers(400, 599), st.binary(max_size=50))
def test_any_body_is_a_fault(status: int, body: bytes) -> None:
    assert read_error(status, body).status == status


@pytest.mark.parametrize(
    ("body", "error"),
    [({}, ""), ({"error": ""}, ""), ({"error": "x"}, "x"), ({"error": 1}, "error")],
)
def test_an_error_is_found(body: dict[str, object], error: str) -> None:
    assert find_error(body) == error
