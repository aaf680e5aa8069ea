"""The legacy completions format, through its facade and the official client."""

from collections.abc import Callable

import pytest
from openai import APIError, AsyncOpenAI
from openai.types import Completion

from tests.support import answers
from tests.support.answers import Script
from tests.support.recordings import SharedTape, shared_tapes
from tests.support.upstream import Received, Upstream
from vedette.dialects import openai_completions
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Dialect, Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_completions import (
    StreamReader,
    StreamWriter,
    peek,
    read_request,
    write_answer,
)
from vedette.model.chat import Answer, Delta, Message, Start, Stop, TextDelta, TextPart, UsageDelta
from vedette.model.usage import Usage

# Writer's completions have another form.
TAPES = [
    t for t in shared_tapes() if t.api == "completions" and t.streamed and t.provider != "writer"
]
USAGE = Usage(input_uncached=3, output_text=2)


def test_the_module_is_a_dialect() -> None:
    dialect: Dialect = openai_completions
    assert (dialect.NAME, dialect.FRAMING) == ("openai_completions", "sse")
    assert peek(b'{"model":"m"}').model == "m"


def context(received: Received) -> WriteContext:
    request = read_request(received.body)
    return WriteContext(request=request, model=request.model, id="1f", created_s=7)


def stream_of(*deltas: Delta, fault: Fault | None = None) -> Callable[[Received], Script]:
    def respond(received: Received) -> Script:
        writer = StreamWriter(context(received))
        body = b"".join(map(writer.write, deltas))
        body += writer.end() if fault is None else writer.error(fault)
        return answers.answer(body, content_type=openai_completions.CONTENT_TYPE.decode())

    return respond


def client_of(upstream: Upstream) -> AsyncOpenAI:
    return AsyncOpenAI(api_key="k", base_url=upstream.url, max_retries=0)


async def test_the_official_client_reads_answers_and_streams() -> None:
    message = Message(role="assistant", parts=(TextPart(content="a"),), finish_reason="length")
    answer = Answer(id="c", model="n", messages=(message,), usage=USAGE)
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = lambda received: answers.answer(write_answer(answer, context(received)))
        whole = await client.completions.create(model="m", prompt="hi")
        upstream.respond = stream_of(
            Start("c", "n"), TextDelta("a"), TextDelta("b"), UsageDelta(USAGE), Stop("stop")
        )
        stream = await client.completions.create(
            model="m", prompt="hi", stream=True, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
    Completion.model_validate(whole.model_dump(), strict=True)
    assert (whole.choices[0].text, whole.choices[0].finish_reason) == ("a", "length")
    assert "".join(c.choices[0].text for c in chunks if c.choices) == "ab"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 5


async def test_the_official_client_raises_what_went_wrong() -> None:
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = stream_of(TextDelta("a"), fault=Fault(502, "broke off", "", "cut"))
        stream = await client.completions.create(model="m", prompt="hi", stream=True)
        with pytest.raises(APIError, match="broke off"):
            _ = [chunk async for chunk in stream]


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recorded_streams_written_again_are_the_same(tape: SharedTape) -> None:
    reader, reread = StreamReader(), StreamReader()
    deltas = [d for event in SSEReader().feed(tape.response) for d in reader.read(event.data)]
    request = read_request(tape.request)
    writer = StreamWriter(WriteContext(request=request, model="m", id="1f", created_s=7))
    again = b"".join(map(writer.write, deltas)) + writer.end()
    written = [d for event in SSEReader().feed(again) for d in reread.read(event.data)]
    first, second = assemble(deltas), assemble(written)
    assert first.messages[0].parts
    assert second.messages == first.messages
    assert (second.id, second.model) == (first.id, first.model)
    if request.include_usage:
        assert first.usage is not None
        assert second.usage == first.usage
