"""The dialect as a whole: the official client reads what is written, real recordings are read."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import (  # type: ignore[import-untyped]
    ClientError,
    EventStreamError,
)
from msgspec.structs import replace

from tests.support import answers, aws
from tests.support.bedrock import context, deltas, plain
from tests.support.recordings import SharedTape, shared_tapes
from tests.support.upstream import Upstream
from vedette.dialects import bedrock
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Dialect, Fault
from vedette.dialects.replay import replay
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

DIALECT: Dialect = bedrock
"""For the type checker: the module keeps the whole contract."""

ANSWER = Answer(
    messages=(
        Message(
            "assistant",
            (
                ReasoningPart(content="hm", signature="s", source="anthropic"),
                TextPart(content="Grüße 🗼"),
                ToolCallPart(name="f", id="c1", arguments={"a": 1}),
                ToolCallPart(name="g", id="c2", arguments={}),
            ),
            finish_reason="tool_call",
        ),
    ),
    finish_reasons=("tool_call",),
    usage=Usage(input_uncached=5, output_text=7),
)
HI = [{"role": "user", "content": [{"text": "hi"}]}]
CONTENT = [
    {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "vdt:anthropic:s"}}},
    {"text": "Grüße 🗼"},
    {"toolUse": {"toolUseId": "c1", "name": "f", "input": {"a": 1}}},
    {"toolUse": {"toolUseId": "c2", "name": "g", "input": {}}},
]


def stream(*, broken: bool = False) -> bytes:
    writer = bedrock.StreamWriter(context())
    said = b"".join(map(writer.write, replay(ANSWER)))
    return said + (writer.error(Fault(529, "busy")) if broken else writer.end())


async def ask(script: answers.Script, call: Callable[[Any], Any]) -> Any:
    """What boto3 makes of this answer."""
    async with Upstream() as upstream:
        upstream.script(script)
        client = boto3.client(
            "bedrock-runtime",
            endpoint_url=upstream.url.removesuffix("/v1"),
            region_name="eu-west-1",
            aws_access_key_id="AKIA",
            aws_secret_access_key="secret",
            config=Config(retries={"max_attempts": 0}),
        )
        try:
            return await asyncio.to_thread(call, client)
        finally:
            client.close()


async def test_boto3_reads_a_whole_answer() -> None:
    script = answers.answer(bedrock.write_answer(ANSWER, context()))
    told = await ask(script, lambda client: client.converse(modelId="m:0", messages=HI))
    assert told["output"]["message"] == {"role": "assistant", "content": CONTENT}
    assert (told["stopReason"], told["usage"]["totalTokens"]) == ("tool_use", 12)


def collect(client: Any) -> list[Any]:
    with closing(client.converse_stream(modelId="m:0", messages=HI)["stream"]) as events:
        return list(events)


def streaming(body: bytes) -> answers.Script:
    pieces = [body[at : at + 11] for at in range(0, len(body), 11)]
    return answers.answer_in_pieces(pieces, content_type=bedrock.CONTENT_TYPE.decode())


async def test_boto3_reads_a_stream() -> None:
    events = await ask(streaming(stream()), collect)
    assert events[0] == {"messageStart": {"role": "assistant"}}
    inputs: dict[int, str] = {}
    for event in events:
        piece = event.get("contentBlockDelta", {})
        if "toolUse" in piece.get("delta", {}):
            index = piece["contentBlockIndex"]
            inputs[index] = inputs.get(index, "") + piece["delta"]["toolUse"]["input"]
    assert list(map(json.loads, inputs.values())) == [{"a": 1}, {}]
    assert events[-2] == {"messageStop": {"stopReason": "tool_use"}}
    assert events[-1]["metadata"]["usage"]["totalTokens"] == 12


async def test_boto3_raises_errors() -> None:
    body = bedrock.write_error(Fault(404, "no such model", "model_not_found"))
    with pytest.raises(ClientError) as refused:
        await ask(answers.answer(body, 404), lambda c: c.converse(modelId="m", messages=HI))
    assert refused.value.response["Error"] == {
        "Code": "ResourceNotFoundException",
        "Message": "no such model",
    }
    with pytest.raises(EventStreamError, match="busy"):
        await ask(streaming(stream(broken=True)), collect)


def neutral(answer: Answer) -> Answer:
    message = answer.messages[0]
    reason = neutral_stop("bedrock", message.finish_reason)
    message = replace(message, finish_reason=reason)
    return replace(answer, messages=(message,), finish_reasons=(reason,))


CONVERSATIONS = [tape for tape in shared_tapes() if tape.api.startswith("converse")]


@pytest.mark.skipif(not CONVERSATIONS, reason="the shared recordings are not here")
def test_real_recordings_are_read_and_written_again() -> None:
    for tape in CONVERSATIONS:
        request = bedrock.read_request(tape.request)
        assert json.loads(bedrock.write_request(request).body) == json.loads(tape.request)
        read = read_tape(tape)
        assert read.messages[0].parts
        assert read.finish_reasons[0]
        assert read.usage is not None
        assert tape.usage is not None
        assert read.usage.input_total == tape.usage["inputTokens"]
        assert read.usage.output_total == tape.usage["outputTokens"]
        told = neutral(read)
        whole = bedrock.read_answer(bedrock.write_answer(told, context()))
        writer = bedrock.StreamWriter(context())
        streamed = b"".join(map(writer.write, replay(told))) + writer.end()
        assert aws.events(streamed)
        assert plain(whole).messages == plain(assemble(deltas(streamed))).messages
        assert whole.messages[0].parts == read.messages[0].parts


def read_tape(tape: SharedTape) -> Answer:
    if tape.streamed:
        return assemble(deltas(tape.response))
    assert bedrock.peek_answer(tape.response).usage == bedrock.read_answer(tape.response).usage
    return bedrock.read_answer(tape.response)
