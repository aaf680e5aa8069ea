"""From messages and spans to observations."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.drifting import HASHER, observe
from vedette.drift.observing import (
    fingerprint_messages,
    observe_span,
)
from vedette.features.fingerprint import read_prompt
from vedette.features.writing import ATTRIBUTE, read_print, write_print
from vedette.ingest.exchange import to_span
from vedette.model.chat import Message, ReasoningPart, TextPart, ToolCallPart, ToolResultPart
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import CaptureMode, Payload, Span, ToolCall
from vedette.model.usage import Usage

ASKED = (
    Message("system", (TextPart(content="Answer briefly."),)),
    Message("user", (TextPart(content="Is 17 prime?"),)),
)
ANSWERED = (Message("assistant", (ReasoningPart(content="Hmm, no."), TextPart(content="[Yes]"))),)


def test_instructions_are_the_template_and_reasoning_is_no_answer() -> None:
    found = fingerprint_messages(ASKED, ANSWERED, HASHER)
    assert found.template == HASHER.text("Answer briefly.")
    assert found.input == read_prompt("Is 17 prime?", HASHER)
    assert found.answer is not None
    assert found.answer.verdict == "yes"
    assert found.answer.chars == 5


def test_a_conversation_is_hashed_with_its_roles() -> None:
    asked = (
        *ASKED,
        Message("assistant", (ToolCallPart(name="look"),)),
        Message("tool", (ToolResultPart(result={"a": 1}),)),
    )
    one = fingerprint_messages(asked, ANSWERED, HASHER)
    other = fingerprint_messages(ASKED, ANSWERED, HASHER)
    assert one.input is not None
    assert other.input is not None
    assert one.input.hash != other.input.hash
    assert one.template == other.template


def test_texts_will_do_and_nothing_is_nothing() -> None:
    found = fingerprint_messages("Why?", "Because.", HASHER)
    assert found.input == read_prompt("Why?", HASHER)
    assert found.answer is not None
    bare = fingerprint_messages(None, None, HASHER)
    assert (bare.template, bare.input, bare.answer) == ("", None, None)


def span(capture: CaptureMode, **payload: object) -> Span:
    return Span(
        trace_id="1" * 32, span_id="2" * 16, name="chat m", kind="llm", start_ns=0,
        end_ns=5_000_000, model="m", response_model="m-0613", usage=Usage(output_text=3),
        finish_reason="stop", tool_calls=(ToolCall(name="look"),), capture=capture,
        payload=msgspec.structs.replace(Payload(), **payload),
    )  # fmt: skip


def test_a_span_with_texts_is_read() -> None:
    found = observe_span(span("full", input=ASKED, output=ANSWERED), HASHER)
    assert (found.model, found.version) == ("m", "m-0613")
    assert (found.latency_ms, found.output_tokens, found.finish_reason) == (5.0, 3, "stop")
    assert found.fingerprint.answer is not None
    assert found.fingerprint.answer.tools == ("look",)


def test_meanings_are_sketched_where_one_wants_them() -> None:
    class Lengths:
        def sketch(self, text: str) -> bytes:
            return bytes([len(text)])

    one = span("full", input=ASKED, output=ANSWERED)
    found = observe_span(one, HASHER, Lengths()).fingerprint.answer
    assert found is not None
    assert found.embedding == bytes([5])
    plain = observe_span(one, HASHER).fingerprint.answer
    assert plain == msgspec.structs.replace(found, embedding=b"")


@pytest.mark.parametrize("capture", ["hash", "none"])
def test_hidden_texts_are_not_taken_for_answers(capture: CaptureMode) -> None:
    hidden = (Message("assistant", (TextPart(content="hmac:0123:5"),)),)
    found = observe_span(span(capture, input=hidden, output=hidden), HASHER)
    assert found.fingerprint.answer is None


def test_a_stored_fingerprint_stands_for_the_texts() -> None:
    kept = observe("Why?", "[No]").fingerprint
    found = observe_span(span("hash", attributes={ATTRIBUTE: write_print(kept)}), HASHER)
    assert found.fingerprint == kept


@given(st.text())
def test_what_is_no_fingerprint_is_none(text: str) -> None:
    assert read_print(text) is None


def test_capture_mode_hash_keeps_the_fingerprint_and_no_word() -> None:
    secret = "Wolpertinger zebrafinch marmalade"
    record = ExchangeRecord(
        request_id="r", trace_id="1" * 32, span_id="2" * 16, start_ns=0, end_ns=9, capture="hash",
        method="POST",
        path="/v1/chat/completions", dialect="openai_chat", operation="chat", status=200,
        request_body=msgspec.json.encode(
            {"model": "m", "messages": [{"role": "user", "content": secret}]}
        ),
        response_content_type="application/json",
        response_body=msgspec.json.encode(
            {"choices": [{"message": {"role": "assistant", "content": f"{secret} [Yes]"}}]}
        ),
    )  # fmt: skip
    record = msgspec.structs.replace(
        record,
        request_bytes=len(record.request_body),
        response_bytes=len(record.response_body),
    )
    kept = to_span(record, key=b"k" * 32, hasher=HASHER)
    found = observe_span(kept, HASHER).fingerprint
    assert found.input == read_prompt(secret, HASHER)
    assert found.answer is not None
    assert found.answer.verdict == "yes"
    data = msgspec.json.encode(kept).lower()
    assert not any(word.encode() in data for word in secret.lower().split())
    assert ATTRIBUTE not in to_span(record, key=b"k" * 32).payload.attributes
    full = msgspec.structs.replace(record, capture="full")
    assert ATTRIBUTE not in to_span(full, hasher=HASHER).payload.attributes
