"""The span that an exchange becomes."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.exchanges import PLAIN, make_record
from tests.support.recordings import shared_tapes, streamed, whole
from vedette.ingest.exchange import to_span
from vedette.model.chat import Message, TextPart, ToolDefinition
from vedette.model.exchange import UNPRICED, Attempt
from vedette.model.span import Span, ToolCall
from vedette.model.usage import Usage

REQUEST = {
    "model": "fast",
    "messages": [{"role": "user", "content": "weather?"}],
    "tools": [{"type": "function", "function": {"name": "weather"}}],
    "temperature": 0.2,
    "max_tokens": 50,
    "stop": ["END"],
    "stream": False,
    "user": "body-user",
    "metadata": {"team": "blue"},
    "tool_choice": "auto",
}


ATTEMPTS = (
    Attempt("b", "m0", 1, 20.0, 503, "http_503"),
    Attempt("a", "gpt-4o", 2, 900.0, 200),
)


def whole_span() -> Span:
    return to_span(
        make_record(
            REQUEST,
            whole("openai_chat/tools"),
            parent_span_id="00f067aa0ba902b7",
            project_id="p1",
            cost_nano_usd=635_000,
            price_version="v1",
            ttft_ms=12.5,
            overhead_ms=0.2,
            session_id="s1",
            user_id="u1",
            tags=("prod", "eu"),
            environment="live",
            release="v1",
            attempts=ATTEMPTS,
            attributes={"server.address": "a.example"},
        )
    )


def test_a_whole_exchange() -> None:
    span = whole_span()
    assert (span.trace_id, span.span_id, span.parent_span_id) == (
        PLAIN.trace_id,
        PLAIN.span_id,
        "00f067aa0ba902b7",
    )
    assert (span.project_id, span.name, span.kind) == ("p1", "chat gpt-4o", "llm")
    assert (span.status, span.status_message) == ("ok", "")
    assert (span.provider, span.model, span.route) == ("a", "gpt-4o", "fast")
    assert span.response_model == "gpt-4o-2024-08-06"
    assert span.duration_ms == 1500.0
    assert span.usage == Usage(input_uncached=70, output_text=46)
    assert (span.cost_nano_usd, span.cost_source, span.price_version) == (635_000, "priced", "v1")
    assert (span.ttft_ms, span.session_id, span.user_id) == (12.5, "s1", "u1")
    assert span.tags == ("prod", "eu")
    assert (span.environment, span.release) == ("live", "v1")
    assert span.finish_reason == "tool_calls"
    assert span.tool_calls == (
        ToolCall(name="weather", arguments={"city": "Zürich", "days": 3}, id="call_a1"),
        ToolCall(name="now", arguments={}, id="call_b2"),
    )


def test_a_whole_exchange_keeps_its_payload() -> None:
    payload = whole_span().payload
    assert payload.input == (Message(role="user", parts=(TextPart(content="weather?"),)),)
    assert payload.tools == (ToolDefinition(name="weather"),)
    assert payload.attempts == ATTEMPTS
    assert json.loads(payload.raw_request) == REQUEST
    assert payload.raw_response == whole("openai_chat/tools").decode()


def test_a_whole_exchange_gets_the_attributes_of_the_conventions() -> None:
    assert whole_span().payload.attributes == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "a",
        "gen_ai.request.model": "fast",
        "gen_ai.request.temperature": 0.2,
        "gen_ai.request.max_tokens": 50,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.response.id": "chatcmpl-Tools1",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.response.finish_reasons": ["tool_calls"],
        "gen_ai.usage.input_tokens": 70,
        "gen_ai.usage.output_tokens": 46,
        "http.request.method": "POST",
        "url.path": "/v1/chat/completions",
        "http.response.status_code": 200,
        "http.request.body.size": len(msgspec.json.encode(REQUEST)),
        "http.response.body.size": len(whole("openai_chat/tools")),
        "vedette.request_id": "req_1",
        "vedette.route": "fast",
        "vedette.attempts": 2,
        "vedette.overhead_ms": 0.2,
        "vedette.capture.mode": "full",
        "vedette.capture.request_bytes": len(msgspec.json.encode(REQUEST)),
        "vedette.capture.response_bytes": len(whole("openai_chat/tools")),
        "vedette.metadata.team": "blue",
        "vedette.request.tool_choice": "auto",
        "server.address": "a.example",
    }


def test_a_stream_says_the_same_as_a_whole_answer() -> None:
    stream = to_span(
        make_record(
            REQUEST,
            streamed("openai_chat/tools"),
            stream=True,
            response_content_type="text/event-stream",
        )
    )
    plain = to_span(make_record(REQUEST, whole("openai_chat/tools")))
    for field in ("usage", "finish_reason", "tool_calls", "response_model", "name", "status"):
        assert getattr(stream, field) == getattr(plain, field)
    assert stream.payload.output == plain.payload.output
    assert stream.payload.attributes["vedette.stream"] is True


def test_what_the_gateway_saw_comes_before_what_the_body_says() -> None:
    span = to_span(
        make_record(
            REQUEST,
            whole("openai_chat/text"),
            usage=Usage(output_text=3, estimated=True),
            finish_reason="length",
            response_model="seen",
            response_id="id-seen",
        )
    )
    assert span.usage == Usage(output_text=3, estimated=True)
    assert (span.finish_reason, span.response_model) == ("length", "seen")
    assert span.payload.attributes["gen_ai.response.id"] == "id-seen"
    assert span.payload.attributes["vedette.usage.estimated"] is True


def test_a_call_that_failed_has_no_end_but_the_one_that_was_seen() -> None:
    """The rest of a stream that was given up is recorded; the client did not get it."""
    made = make_record(REQUEST, whole("openai_chat/text"), error="malformed_event")
    span = to_span(made, key=b"k")
    assert (span.status, span.finish_reason) == ("error", "")


def test_the_user_of_the_body_counts_where_no_header_named_one() -> None:
    assert to_span(make_record(REQUEST)).user_id == "body-user"


@pytest.mark.parametrize(
    ("fields", "status", "message", "error_type"),
    [
        ({"status": 200}, "ok", "", None),
        ({"status": 404}, "error", "HTTP 404", "http_404"),
        ({"status": 499, "error": "client_gone", "error_message": "the client closed"},
         "error", "the client closed", "client_gone"),
        ({"status": 200, "error": "stream_cut"}, "error", "stream_cut", "stream_cut"),
        ({"status": 429, "response": {"error": {"message": "slow down", "type": "rate"}}},
         "error", "rate: slow down", "http_429"),
        ({"status": 200, "response": b'data: {"error":{"message":"m"}}\n\n',
          "response_content_type": "text/event-stream"}, "error", "m", None),
    ],
)  # fmt: skip
def test_what_counts_as_an_error(
    fields: dict[str, Any], status: str, message: str, error_type: str | None
) -> None:
    span = to_span(make_record(REQUEST, **fields))
    assert (span.status, span.status_message) == (status, message)
    assert span.payload.attributes.get("error.type") == error_type


@pytest.mark.parametrize(
    ("operation", "name", "kind"),
    [
        ("chat", "chat gpt-4o", "llm"),
        ("text_completion", "text_completion gpt-4o", "llm"),
        ("embeddings", "embeddings gpt-4o", "embedding"),
        ("other", "POST /v1/chat/completions", "other"),
    ],
)
def test_names_and_kinds(operation: str, name: str, kind: str) -> None:
    span = to_span(make_record(operation=operation))
    assert (span.name, span.kind) == (name, kind)


def test_a_span_without_a_model_has_a_name() -> None:
    assert to_span(make_record(model="", requested_model="")).name == "chat"


def test_where_the_cost_is_from() -> None:
    assert to_span(make_record(cost_nano_usd=0)).cost_source == "priced"
    assert to_span(make_record()).cost_source == "unknown"
    noted = {UNPRICED: "web_searches"}
    assert to_span(make_record(cost_nano_usd=5, attributes=noted)).cost_source == "partial"
    for mode in ("redacted", "hash", "none"):
        span = to_span(make_record(cost_nano_usd=5, attributes=noted, capture=mode), key=b"k")
        assert span.payload.attributes[UNPRICED] == "web_searches"
    assert to_span(make_record(operation="other", dialect="", path="/v1/files")).cost_source == ""


def test_error_bodies_are_the_output() -> None:
    body = b'{"error":{"message":"no such model"}}'
    assert to_span(make_record(REQUEST, body, status=404)).payload.output == body.decode()


def test_cut_bodies_are_marked() -> None:
    body = msgspec.json.encode(REQUEST)
    span = to_span(make_record(body[:80], request_bytes=len(body)))
    assert span.payload.attributes["vedette.capture.truncated"] == ["request"]
    assert span.payload.attributes["vedette.capture.request_bytes"] == 80
    assert span.payload.attributes["http.request.body.size"] == len(body)
    assert isinstance(span.payload.input, tuple)


def test_an_answer_in_an_unknown_encoding_is_marked() -> None:
    span = to_span(make_record(REQUEST, b"\x00", response_content_encoding="br"))
    assert span.payload.attributes["vedette.capture.unread_encoding"] == "br"
    assert span.payload.output is None


JUNK = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["model", "messages", "content", "role", "choices", "message", "delta",
                 "tool_calls",
                 "function", "arguments", "usage", "prompt_tokens", "error", "input", "output",
                 "type", "text", "data", "tools", "metadata", "user", "stop", "name", "system"]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        ),
        max_leaves=30,
    ).map(lambda value: json.dumps(value).encode()),
)  # fmt: skip


@given(
    request=JUNK,
    response=JUNK,
    dialect=st.sampled_from(
        [
            "openai_chat",
            "openai_completions",
            "openai_embeddings",
            "openai_responses",
            "anthropic",
            "",
        ]
    ),
    capture=st.sampled_from(["full", "redacted", "hash", "none", "?"]),
    kind=st.sampled_from(["application/json", "text/event-stream", "application/x-ndjson", "a/b"]),
    encoding=st.sampled_from(["", "gzip", "br", "zstd"]),
    missing=st.integers(0, 5),
    prefix=st.sampled_from([b"", b"data: "]),
)
def test_no_body_is_an_error(
    *,
    request: bytes, response: bytes, missing: int, prefix: bytes, kind: str, encoding: str,
    **fields: str,
) -> None:  # fmt: skip
    span = to_span(
        make_record(
            request,
            prefix + response,
            request_bytes=len(request) + missing,
            response_bytes=len(prefix + response) + missing,
            response_content_type=kind,
            response_content_encoding=encoding,
            **fields,
        ),
        key=b"k",
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(span), type=Span) == span
    msgspec.json.encode(span)


@pytest.mark.parametrize("body", [b"[" * 262_144, b'{"messages":' * 20_000, b'"' * 262_144])
@pytest.mark.parametrize("capture", ["full", "redacted", "hash", "none"])
def test_hostile_bodies_are_kept_as_text_at_worst(body: bytes, capture: str) -> None:
    for size in (len(body), 10**9):
        record = make_record(body, body, request_bytes=size, response_bytes=size, capture=capture)
        msgspec.msgpack.encode(to_span(record, key=b"k"))


OPERATIONS = {"chat": "chat", "completions": "text_completion", "embeddings": "embeddings"}


@pytest.mark.parametrize("tape", list(shared_tapes()), ids=lambda tape: tape.name)
def test_shared_recordings_become_spans(tape: Any) -> None:
    for capture in ("full", "redacted", "hash", "none"):
        span = to_span(
            make_record(
                tape.request,
                tape.response,
                operation=OPERATIONS.get(tape.api, "other"),
                dialect=f"openai_{tape.api}",
                status=tape.status,
                response_content_type=tape.content_type,
                capture=capture,
            ),
            key=b"k",
        )
        assert (span.status == "error") >= (tape.status >= 400)
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(span), type=Span) == span


def test_a_call_made_for_the_guard_of_another_is_named_after_what_it_is_for() -> None:
    assert to_span(make_record(attributes={"vedette.guard.call": "judge"})).name == "judge gpt-4o"
