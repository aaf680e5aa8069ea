"""/api/chat: the same answer streamed and whole, cut anywhere, there and back."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vedette.dialects import ollama_chat
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Dialect, WriteContext
from vedette.dialects.framing import NDJSONReader
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import Answer, ChatRequest, Delta, ErrorDelta, Message, Stop
from vedette.model.usage import Usage

TAPES = Path(__file__).parents[2] / "tapes" / "ollama"
PAIRS = ["chat_text", "chat_tools", "chat_old_tools"]
CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0" * 16, created_s=1_700_000_000
)


def streamed(name: str) -> bytes:
    return (TAPES / f"{name}.ndjson").read_bytes()


def whole(name: str) -> Answer:
    return ollama_chat.read_answer((TAPES / f"{name}.json").read_bytes())


def deltas(stream: bytes, *cuts: int) -> list[Delta]:
    framing, reader = NDJSONReader(), ollama_chat.StreamReader()
    edges = [0, *sorted(cuts), len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    events = [event for piece in pieces for event in framing.feed(piece)] + framing.close()
    return [delta for event in events for delta in reader.read(event.data)]


def plain(answer: Answer) -> Answer:
    """The answer without what only whole ones have."""
    return replace(answer, extra={}, created_s=0)


def test_it_is_a_dialect() -> None:
    dialect: Dialect = ollama_chat
    assert dialect.NAME == "ollama_chat"
    assert dialect.FRAMING == "ndjson"


@pytest.mark.parametrize("pair", PAIRS)
def test_streamed_and_whole_say_the_same(pair: str) -> None:
    assert assemble(deltas(streamed(pair))) == plain(whole(pair))


@pytest.mark.parametrize("pair", PAIRS)
@given(data=st.data())
def test_any_cut_gives_the_same(pair: str, data: st.DataObject) -> None:
    stream = streamed(pair)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=5))
    assert deltas(stream, *cuts) == deltas(stream)


@pytest.mark.parametrize("pair", PAIRS)
def test_what_was_read_is_written_again(pair: str) -> None:
    answer = whole(pair)
    body = (TAPES / f"{pair}.json").read_bytes()
    (message,) = answer.messages
    neutral = replace(message, finish_reason=neutral_stop("ollama_chat", message.finish_reason))
    written = ollama_chat.write_answer(replace(answer, messages=(neutral,)), CONTEXT)
    again = ollama_chat.read_answer(written)
    assert again == answer
    assert json.loads(written).keys() >= json.loads(body).keys() - {"created_at"}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_stream_is_written_again(pair: str) -> None:
    writer = ollama_chat.StreamWriter(CONTEXT)
    stream = b"".join([*map(writer.write, deltas(streamed(pair))), writer.end()])
    assert assemble(deltas(stream)).messages == whole(pair).messages


def test_tools_are_read_with_their_thoughts() -> None:
    answer = whole("chat_tools")
    assert answer.usage == Usage(input_uncached=171, output_text=66)
    kinds = [type(part).__name__ for part in answer.messages[0].parts]
    assert kinds == ["ReasoningPart", "TextPart", "ToolCallPart", "ToolCallPart"]


def test_an_error_in_the_middle_is_one() -> None:
    read = deltas(streamed("chat_broken"))
    assert read[-1] == ErrorDelta("an error was encountered while running the model")
    assert not any(isinstance(delta, Stop) for delta in read)


def test_an_answer_of_nothing_is_written() -> None:
    written = ollama_chat.write_answer(Answer(messages=(Message("assistant"),)), CONTEXT)
    assert json.loads(written)["message"] == {"role": "assistant", "content": ""}
