"""The responses format, through its facade and the official client."""

import json
from collections.abc import Callable

import pytest
from msgspec.structs import asdict, replace
from openai import APIError, AsyncOpenAI
from openai.types.responses import Response
from pydantic import BaseModel

from tests.support import answers
from tests.support.answers import Script
from tests.support.recordings import PAIRS, SharedTape, shared_tapes, streamed, whole
from tests.support.upstream import Received, Upstream
from vedette.dialects import openai_responses
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Dialect, Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_responses import (
    CONTENT_TYPE,
    StreamReader,
    StreamWriter,
    peek,
    read_answer,
    read_request,
    write_answer,
    write_error,
)
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    Delta,
    Message,
    RawPart,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

OWN = [pair for pair in PAIRS if pair.startswith("openai_responses/")]
TAPES = [t for t in shared_tapes() if t.api == "responses" and t.streamed]
WEATHER: dict[str, object] = {"type": "object", "properties": {"city": {"type": "string"}}}


def test_the_module_is_a_dialect() -> None:
    dialect: Dialect = openai_responses
    assert (dialect.NAME, dialect.FRAMING) == ("openai_responses", "sse")
    assert peek(b'{"model":"m","stream":true}').stream is True


def context(received: Received) -> WriteContext:
    request = read_request(received.body)
    return WriteContext(request=request, model=request.model, id="0f" * 8, created_s=7)


def whole_answer(*parts: TextPart) -> Callable[[Received], Script]:
    answer = Answer(
        id="msg_1", model="n", messages=(Message(role="assistant", parts=parts),),
        finish_reasons=("stop",), usage=Usage(input_uncached=3, output_text=2),
    )  # fmt: skip
    return lambda received: answers.answer(write_answer(answer, context(received)))


def stream_of(*deltas: Delta) -> Callable[[Received], Script]:
    def respond(received: Received) -> Script:
        writer = StreamWriter(context(received))
        pieces = [*map(writer.write, deltas), writer.end()]
        return answers.answer_in_pieces(
            [piece for piece in pieces if piece], content_type=CONTENT_TYPE.decode()
        )

    return respond


def client_of(upstream: Upstream) -> AsyncOpenAI:
    return AsyncOpenAI(
        api_key="k", base_url=upstream.url, max_retries=0, _strict_response_validation=True
    )


class Town(BaseModel):
    name: str


async def test_the_official_client_reads_whole_answers() -> None:
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = whole_answer(TextPart(content="Grüezi"))
        response = await client.responses.create(
            model="m", input="hi", instructions="be kind", temperature=0.5,
            tools=[{"type": "function", "name": "f", "parameters": WEATHER, "strict": False}],
            tool_choice={"type": "function", "name": "f"}, reasoning={"effort": "low"},
            text={"verbosity": "low"}, metadata={"a": "b"},
        )  # fmt: skip
    assert isinstance(response, Response)
    assert response.output_text == "Grüezi"
    assert (response.instructions, response.temperature) == ("be kind", 0.5)
    assert response.usage is not None
    assert response.usage.total_tokens == 5


async def test_the_official_client_parses_what_it_asked_for() -> None:
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = whole_answer(TextPart(content='{"name":"Chur"}'))
        response = await client.responses.parse(model="m", input="hi", text_format=Town)
    assert response.output_parsed == Town(name="Chur")


async def test_the_official_client_accumulates_streams() -> None:
    deltas = (
        Start("msg_1", "n"),
        ReasoningDelta("hm"),
        ReasoningDelta("", signature="s", source="anthropic"),
        TextDelta('{"name":'),
        TextDelta('"Chur"}'),
        ToolStart(0, "toolu_1", "f"),
        ToolArguments(0, '{"city":'),
        ToolArguments(0, '"Chur"}'),
        UsageDelta(Usage(input_uncached=3, output_text=2)),
        Stop("tool_call"),
    )
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = stream_of(*deltas)
        async with client.responses.stream(model="m", input="hi", text_format=Town) as stream:
            kinds = [event.type async for event in stream]
            final = await stream.get_final_response()
    assert final.output_parsed == Town(name="Chur")
    assert [item.type for item in final.output] == ["reasoning", "message", "function_call"]
    assert final.usage is not None
    assert "response.output_text.delta" in kinds
    assert kinds[-1] == "response.completed"


async def test_the_official_client_sends_an_answer_back_as_it_was() -> None:
    deltas = (
        Start("msg_1", "n"),
        ReasoningDelta("hm"),
        ReasoningDelta("", signature="s", source="anthropic"),
        ReasoningDelta("", signature="hidden", redacted=True, source="anthropic"),
        TextDelta("so"),
        ToolStart(0, "toolu_1", "f", 0, "t", "gemini"),
        ToolArguments(0, '{"a":1}'),
        Stop("tool_call"),
    )
    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.respond = stream_of(*deltas)
        async with client.responses.stream(model="m", input="hi") as stream:
            first = await stream.get_final_response()
        upstream.respond = whole_answer(TextPart(content="done"))
        sent = [item.model_dump(exclude_none=True) for item in first.output]
        result = {"type": "function_call_output", "call_id": "toolu_1", "output": "x"}
        await client.responses.create(model="m", input=[*sent, result])  # type: ignore[list-item]
        turn, results = read_request(upstream.requests[-1].body).messages
    assert _plain(turn) == _plain(assemble(deltas).messages[0])
    assert results.role == "tool"


async def test_the_official_client_raises_what_went_wrong() -> None:
    fault = Fault(429, "slow down", "RESOURCE_EXHAUSTED", "quota")

    def respond(received: Received) -> Script:
        writer = StreamWriter(context(received))
        begun = writer.write(Start("r", "n")) + writer.write(TextDelta("a"))
        return answers.answer(begun + writer.error(fault), content_type=CONTENT_TYPE.decode())

    async with Upstream() as upstream, client_of(upstream) as client:
        upstream.script(answers.answer(write_error(fault), 429))
        with pytest.raises(APIError, match="slow down") as raised:
            await client.responses.create(model="m", input="hi")
        assert (raised.value.type, raised.value.code) == ("rate_limit_error", "quota")
        upstream.respond = respond
        with pytest.raises(APIError, match="slow down"):
            async with client.responses.stream(model="m", input="hi") as stream:
                await stream.get_final_response()


@pytest.mark.parametrize("pair", OWN)
def test_our_tapes_are_what_the_official_client_expects(pair: str) -> None:
    Response.model_validate_json(whole(pair), strict=True)


@pytest.mark.parametrize("pair", OWN)
def test_an_answer_written_again_is_the_same(pair: str) -> None:
    body = whole(pair)
    made = WriteContext(request=read_request(body), model="m", id="0f" * 8, created_s=7)
    answer = read_answer(body)
    word = neutral_stop("openai_responses", answer.finish_reasons[0])
    written = write_answer(replace(answer, finish_reasons=(word,)), made)
    assert _plain(read_answer(written).messages[0]) == _plain(answer.messages[0])
    first, second = json.loads(body)["output"], json.loads(written)["output"]
    assert first[-1]["status"] == second[-1]["status"]
    assert first[-1].get("content") == second[-1].get("content")


def _plain(message: Message) -> list[dict[str, object]]:
    """The parts without what names and describes their items: that is made anew."""
    return [
        {name: value for name, value in asdict(part).items() if name not in ("id", "extra")}
        for part in message.parts
    ]


@pytest.mark.parametrize("name", [*OWN, *TAPES], ids=str)
def test_streams_written_again_are_the_same(name: "str | SharedTape") -> None:
    body = streamed(name) if isinstance(name, str) else name.response
    reader = StreamReader()
    events = SSEReader().feed(body)
    deltas = [delta for event in events for delta in reader.read(event.data)]
    made = WriteContext(request=read_request(b"{}"), model="m", id="0f" * 8, created_s=7)
    writer, reread = StreamWriter(made), StreamReader()
    again = b"".join(map(writer.write, deltas)) + writer.end()
    written = [d for event in SSEReader().feed(again) for d in reread.read(event.data)]
    first, second = assemble(deltas), assemble(written)
    known = replace(
        first.messages[0],
        parts=tuple(part for part in first.messages[0].parts if not isinstance(part, RawPart)),
    )
    assert _plain(second.messages[0]) == _plain(known)
    assert second.usage == first.usage
