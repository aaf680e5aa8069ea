"""What was told once, told again in any form."""

import json

import pytest

from tests.support.calls import exchange
from tests.support.recordings import PAIRS, codec_of, streamed, whole
from vedette.dialects import openai_chat
from vedette.gateway.exchange import Exchange
from vedette.gateway.tapes import ANSWER_BYTES, Tape
from vedette.http1.server import Response
from vedette.model.chat import Message, TextPart, ToolCallPart

CHATS = [pair for pair in PAIRS if hasattr(codec_of(pair), "StreamWriter")]


def tape_of(pair: str, *, stream: bool) -> Tape:
    tape = Tape(pair.partition("/")[0])
    kind = codec_of(pair).CONTENT_TYPE if stream else b"application/json"
    tape.head(200, [(b"content-type", kind), (b"x-vedette-cost-usd", b"1")], b"", streamed=stream)
    tape.data(streamed(pair) if stream else whole(pair))
    tape.end()
    return tape


def said(messages: tuple[Message, ...]) -> list[object]:
    parts = [part for message in messages for part in message.parts]
    texts = "".join(part.content for part in parts if isinstance(part, TextPart))
    return [texts, [(p.name, p.arguments) for p in parts if isinstance(p, ToolCallPart)]]


@pytest.mark.parametrize("pair", CHATS)
def test_streamed_and_whole_tapes_say_the_same(pair: str) -> None:
    one, other = tape_of(pair, stream=True).answer(), tape_of(pair, stream=False).answer()
    assert said(one.messages) == said(other.messages)
    assert one.finish_reasons == other.finish_reasons


class Wire:
    keeps_open = True

    def __init__(self) -> None:
        self.sent = b""

    def send(self, data: bytes) -> None:
        self.sent += data

    def response_ended(self, *, keep_alive: bool) -> None:
        pass

    def cut(self, *, reset: bool = False) -> None:
        pass


def asks(*, stream: bool) -> tuple[Exchange, Wire]:
    one, wire = exchange(), Wire()
    one.response = Response(wire, method="POST", minor=1, keep_alive=True)
    one.requested_model, one.stream, one.span_id = "m", stream, "0" * 16
    one.body = json.dumps({"model": "m", "messages": [], "stream": stream}).encode()
    return one, wire


@pytest.mark.parametrize("pair", CHATS)
@pytest.mark.parametrize("stream", [False, True])
def test_a_client_of_another_dialect_gets_it_in_its_own(pair: str, stream: bool) -> None:
    one, wire = asks(stream=stream)
    tape = tape_of(pair, stream=not stream)
    tape.retell(one, b"x-vedette-cache: hit\r\n")
    head, _, body = wire.sent.partition(b"\r\n\r\n")
    assert b"x-vedette-cache: hit" in head
    assert b"x-vedette-cost-usd" not in head
    if stream:
        assert b"data: [DONE]" in body
    else:
        answer = openai_chat.read_answer(body)
        assert said(answer.messages) == said(tape.answer().messages)


def test_the_same_form_is_the_same_bytes() -> None:
    one, wire = asks(stream=False)
    tape_of("openai_chat/tools", stream=False).retell(one, b"")
    assert wire.sent.endswith(whole("openai_chat/tools"))


def test_what_is_too_large_or_broken_is_not_kept() -> None:
    large = Tape("openai_chat")
    large.head(200, [], b"", streamed=False)
    large.data(b"x" * (ANSWER_BYTES + 1))
    large.end()
    assert not large.is_kept
    broken = tape_of("openai_chat/text", stream=True)
    one, _ = asks(stream=True)
    one.error = "reset"
    woken: list[int] = []
    broken.waiting.append(lambda: woken.append(1))
    broken.close(one)
    assert not broken.is_kept
    assert woken == [1]
