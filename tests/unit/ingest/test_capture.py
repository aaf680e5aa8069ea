"""No mode keeps more than it says: a planted secret is looked for in the stored bytes."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.exchanges import make_record
from tests.support.recordings import PAIRS, streamed, whole
from vedette.ingest.capture import Hasher, apply_capture, keep_attributes, keep_label, keep_user
from vedette.ingest.contents import Contents, read_contents
from vedette.ingest.exchange import to_span
from vedette.model.chat import ChatRequest, Message, TextPart
from vedette.model.exchange import ExchangeRecord

KEY = b"0123456789abcdef"
SECRET = "xyzzy-plugh-4711"
SSE = "text/event-stream"
MAIL = "ann.planted@mail.example"


def chat(text: str) -> dict[str, Any]:
    """A request with the text in every place a client can write to."""
    call = {"name": "f", "arguments": json.dumps({text: [{"deep": text}]})}
    return {
        "model": "m",
        "user": text,
        "metadata": {"note": text, text: "x"},
        "stop": [text],
        "temperature": 0.5,
        "response_format": {"type": "json_schema", "name": text},
        text: text,
        "tools": [
            {"type": "function", "function": {"name": "f", "description": text,
             "parameters": {"properties": {text: {"enum": [text]}}}}},
            {"type": text},
        ],
        "messages": [
            {"role": "system", "content": text, "name": text, "extra": text, text: text},
            {"role": "user", "content": [
                {"type": "text", "text": text},
                {"type": "image_url", "image_url": {"url": f"https://x/{text}"}},
                {"type": "image_url", "image_url": {"url": f"data:image/{text};base64,AAAA"}},
                {"type": "file", "file": {"file_id": text}},
                {"type": "input_audio", "input_audio": {"format": text}},
                {"type": "refusal", "refusal": text},
                {"type": "thinking", "thinking": text, "signature": text},
                {"type": "novel", "x": text},
            ]},
            {"role": "assistant", "reasoning": text, "function_call": call,
             "tool_calls": [{"id": text, "function": call},
                            {"id": "b", "function": {"name": text, "arguments": text}}]},
            {"role": "tool", "tool_call_id": text, "content": text},
            {"role": "tool", "tool_call_id": "b", "content": [{"type": "x", "y": text}]},
            {"role": text, "content": {"z": text}},
            text,
        ],
    }  # fmt: skip


def answer(text: str) -> dict[str, Any]:
    message = chat(text)["messages"][2]
    said = {**message, "content": text, "refusal": text, "annotations": [text]}
    choice = {"message": said, "finish_reason": "stop"}
    audio = {"message": {"audio": {"id": text, "transcript": text}}, "finish_reason": "stop"}
    return {"id": "a1", "model": "m", "choices": [choice, audio], "error": {"message": text}}


def chunks(text: str) -> bytes:
    first, second = text[:5], text[5:]
    parts: list[dict[str, Any]] = [
        {"content": f"say {first}"}, {"content": second},
        {"reasoning": first}, {"reasoning": second}, {"refusal": first}, {"refusal": second},
        {"tool_calls": [
            {"index": 0, "id": text, "function": {"name": text, "arguments": '{"a":"'}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": first}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": second + '"}'}}]},
        {"audio": {"id": text, "transcript": text}},
    ]  # fmt: skip
    events: list[dict[str, Any]] = [
        {"id": "a", "choices": [{"index": 0, "delta": part}]} for part in parts
    ]
    events.append({"error": {"message": text, "type": text}})
    return b"".join(b"data: " + msgspec.json.encode(event) + b"\n\n" for event in events)


def records(text: str, mode: str) -> list[ExchangeRecord]:
    """Exchanges of all kinds with the text planted in them."""
    request = chat(text)
    encoded = msgspec.json.encode(request)
    embeddings = {"model": "e", "input": [text, text]}
    responses = {"model": "r", "instructions": text, "input": [
        {"role": "user", "content": text}, {"type": text, "x": text},
        {"type": "function_call_output", "call_id": text, "output": text}]}  # fmt: skip
    claude = {"model": "c", "system": text, "metadata": {"user_id": text}, "messages": [
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": text, "content": text},
            {"type": "image", "source": {"media_type": text}}]}]}  # fmt: skip
    attributes = {"vedette.metadata.note": text, "custom": text}
    kinds: list[dict[str, Any]] = [
        {"request": request, "response": answer(text)},
        {"request": request, "response": chunks(text), "response_content_type": SSE},
        {"request": encoded[:-200], "request_bytes": 10**6, "response": answer(text)},
        {"request": f'broken {{"{text}"', "response": f"plain {text}"},
        {"request": {"input": text}, "response": {"text": text}, "dialect": "", "path": "/v1/x"},
        {"request": b"", "response": text.encode(), "dialect": "", "path": "/v1/audio",
         "response_content_type": "text/plain"},
        {"request": embeddings, "response": {"data": []}, "dialect": "openai_embeddings"},
        {"request": {"prompt": [text]}, "response": {"choices": [{"text": text}]},
         "dialect": "openai_completions"},
        {"request": responses, "response": {"output": [{"type": "message", "content": text}]},
         "dialect": "openai_responses"},
        {"request": claude, "response": {"content": [{"type": "text", "text": text}]},
         "dialect": "anthropic"},
        {"request": request, "user_id": text, "attributes": attributes},
    ]  # fmt: skip
    return [
        make_record(kind.pop("request"), kind.pop("response", b""), capture=mode, **kind)
        for kind in kinds
    ]


def stored(record: ExchangeRecord, key: bytes = KEY) -> str:
    """Everything of the span that reaches the disk, escapes undone."""
    span = to_span(record, key=key)
    msgspec.msgpack.encode(span)
    return json.dumps(msgspec.to_builtins(span), ensure_ascii=False)


def test_the_planted_text_is_there_in_full() -> None:
    """Without this the other tests could not fail."""
    for record in records(SECRET, "full"):
        assert SECRET in stored(record)


@pytest.mark.parametrize("mode", ["hash", "none", "unheard_of"])
@pytest.mark.parametrize("key", [KEY, b""])
def test_hash_and_none_keep_no_text_of_anybody(mode: str, key: bytes) -> None:
    for record in records(SECRET, mode):
        text = stored(record, key)
        assert SECRET not in text
        assert SECRET[5:] not in text


@pytest.mark.parametrize(
    "secret",
    [MAIL, "sk-proj-abcDEF123456789012345678", "4111 1111 1111 1111", "078-05-1120"],
)
def test_redacted_keeps_no_personal_data_and_no_key(secret: str) -> None:
    for record in records(secret, "redacted"):
        assert secret not in stored(record)


def test_redacted_sees_through_escapes() -> None:
    escaped = json.dumps(chat(MAIL)).replace("@", "\\u0040").encode()
    assert MAIL not in stored(make_record(escaped, escaped, capture="redacted"))
    other = make_record(escaped, escaped, capture="redacted", dialect="", path="/v1/x")
    assert "ann.planted" not in stored(other)
    broken = make_record(b'no "json' + escaped, escaped[:-20], capture="redacted")
    assert "ann.planted" not in stored(broken)


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=12, max_size=30).map(lambda t: t + "⚑⚐⚑⚐")
)
def test_any_text_is_hidden(text: str) -> None:
    for mode in ("hash", "none"):
        for record in records(text, mode):
            assert "⚑⚐⚑⚐" not in stored(record)


@pytest.mark.parametrize("pair", PAIRS)
def test_figures_survive_every_mode(pair: str) -> None:
    dialect = pair.partition("/")[0]
    spans = [
        to_span(
            make_record(response=body, capture=mode, dialect=dialect, response_content_type=kind)
        )
        for mode in ("full", "redacted", "hash", "none")
        for body, kind in (
            (whole(pair), "application/json"),
            (streamed(pair), SSE),
        )
    ]
    assert len({msgspec.json.encode(span.usage) for span in spans}) == 1
    assert len({span.finish_reason for span in spans}) == 1
    assert spans[0].usage.output_total > 0


def test_redacted_leaves_the_rest_readable() -> None:
    request = {"messages": [{"role": "user", "content": f"Write to {MAIL} please"}]}
    span = to_span(make_record(request, capture="redacted"))
    assert span.payload.input == (
        Message(role="user", parts=(TextPart(content="Write to [email] please"),)),
    )
    assert span.payload.raw_request == ""


def test_equal_texts_have_equal_hashes_and_keys_tell_them_apart() -> None:
    def hashed(text: str, key: bytes) -> Message:
        request = ChatRequest(
            model="m", messages=(Message(role="user", parts=(TextPart(content=text),)),)
        )
        kept = apply_capture(Contents(request=request), "hash", key=key)
        assert kept.request is not None
        return kept.request.messages[0]

    assert hashed("a", KEY) == hashed("a", KEY)
    assert hashed("a", KEY) != hashed("b", KEY)
    assert hashed("a", KEY) != hashed("a", b"other")


def test_a_hash_tells_the_length_and_nothing_without_a_key() -> None:
    assert Hasher(b"").text("abc") == Hasher(b"").text("xyz") == "[hidden]:3"
    assert Hasher(KEY).text("") == ""
    digest = Hasher(KEY).text("abc")
    assert digest.startswith("hmac:")
    assert digest.endswith(":3")
    assert len(digest) == len("hmac:") + 32 + len(":3")
    assert Hasher(KEY).value(5) == 5
    assert Hasher(KEY).value({"a": 1}) == Hasher(KEY).value({"a": 1}) != Hasher(KEY).value({"a": 2})


def test_attributes_of_the_gateway() -> None:
    noted = {"server.address": "a.example", "vedette.metadata.x": MAIL, "custom": MAIL}
    assert keep_attributes(noted, "full", key=KEY) == noted
    redacted = keep_attributes(noted, "redacted", key=KEY)
    assert redacted == {**noted, "vedette.metadata.x": "[email]", "custom": "[email]"}
    assert keep_attributes(noted, "none", key=KEY) == {"server.address": "a.example"}
    hashed = keep_attributes(noted, "hash", key=KEY)
    assert hashed["server.address"] == "a.example"
    assert hashed["custom"] == Hasher(KEY).text(MAIL)


def test_users_and_labels() -> None:
    assert keep_user(MAIL, "full", key=KEY) == MAIL
    assert keep_user(MAIL, "redacted", key=KEY) == "[email]"
    assert keep_user(MAIL, "hash", key=KEY) == keep_user(MAIL, "none", key=KEY)
    assert keep_user("", "hash", key=KEY) == ""
    assert keep_label("production", "hash") == "production"
    assert keep_label(MAIL, "redacted") == "[email]"


def test_full_changes_nothing() -> None:
    contents = read_contents(make_record(chat(SECRET), answer(SECRET)))
    assert apply_capture(contents, "full", key=KEY) is contents
