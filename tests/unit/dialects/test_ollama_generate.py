"""/api/generate: the same answer streamed and whole, there and back."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from vedette.dialects import ollama_generate
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Dialect, WriteContext
from vedette.dialects.framing import NDJSONReader
from vedette.model.chat import Answer, ChatRequest, Delta

TAPES = Path(__file__).parents[2] / "tapes" / "ollama"
PAIRS = ["generate_text", "generate_image"]
CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0" * 16, created_s=1_700_000_000
)


def deltas(stream: bytes) -> list[Delta]:
    reader = ollama_generate.StreamReader()
    return [delta for event in NDJSONReader().feed(stream) for delta in reader.read(event.data)]


def whole(name: str) -> Answer:
    return ollama_generate.read_answer((TAPES / f"{name}.json").read_bytes())


def test_it_is_a_dialect() -> None:
    dialect: Dialect = ollama_generate
    assert dialect.NAME == "ollama_generate"


@pytest.mark.parametrize("pair", PAIRS)
def test_streamed_and_whole_say_the_same(pair: str) -> None:
    read = deltas((TAPES / f"{pair}.ndjson").read_bytes())
    assert assemble(read) == replace(whole(pair), extra={}, created_s=0)


@pytest.mark.parametrize("pair", PAIRS)
def test_what_was_read_is_written_again(pair: str) -> None:
    answer = whole(pair)
    assert ollama_generate.read_answer(ollama_generate.write_answer(answer, CONTEXT)) == answer


@pytest.mark.parametrize("pair", PAIRS)
def test_a_stream_is_written_again(pair: str) -> None:
    writer = ollama_generate.StreamWriter(CONTEXT)
    read = deltas((TAPES / f"{pair}.ndjson").read_bytes())
    stream = b"".join([*map(writer.write, read), writer.end()])
    assert assemble(deltas(stream)).messages == whole(pair).messages
