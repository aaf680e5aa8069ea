"""Bedrock on both sides of the gateway: boto3 as the client, Bedrock as the provider."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import anthropic
import boto3  # type: ignore[import-untyped]
import openai
import pytest
from botocore.auth import SigV4Auth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.credentials import Credentials  # type: ignore[import-untyped]
from botocore.eventstream import ChecksumMismatch  # type: ignore[import-untyped]
from botocore.exceptions import (  # type: ignore[import-untyped]
    ClientError,
    EventStreamError,
)
from urllib3.exceptions import ProtocolError

from tests.support import answers, aws
from tests.support.bedrock import CLAUDE, streamed, whole
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.upstream import Received, Upstream
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.eventstream import CONTENT_TYPE, EventStreamReader, exception_frame, frame
from vedette.model.chat import TextPart

HI = [{"role": "user", "content": [{"text": "hi"}]}]
KEYS = {"access_key_id": "AKIA", "secret_access_key": "s3cret", "region": "eu-west-1"}
NATIVE = ("bedrock", "bedrock_invoke", "bedrock_embeddings")


@asynccontextmanager
async def bedrock(directory: Path) -> AsyncIterator[tuple[RunningGateway, Upstream]]:
    """A gateway before a Bedrock whose calls it signs."""
    async with Upstream() as upstream:
        target = provider(
            "aws", upstream.url.removesuffix("/v1"), kind="bedrock", dialects=NATIVE, options=KEYS
        )
        async with running_gateway(directory, target) as gateway:
            yield gateway, upstream


@contextmanager
def official(gateway: RunningGateway) -> Iterator[Any]:
    """boto3, pointed at the gateway."""
    client = boto3.client(
        "bedrock-runtime", endpoint_url=gateway.url.removesuffix("/v1"), region_name="us-east-1",
        aws_access_key_id="client", aws_secret_access_key="client",
        config=Config(retries={"max_attempts": 0}),
    )  # fmt: skip
    with closing(client):
        yield client


@asynccontextmanager
async def openais(gateway: RunningGateway) -> AsyncIterator[openai.AsyncOpenAI]:
    """OpenAI's client, pointed at the gateway."""
    async with openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client:
        yield client


async def ask(gateway: RunningGateway, call: Callable[[Any], Any]) -> Any:
    with official(gateway) as client:
        return await asyncio.to_thread(call, client)


def collect(model: str) -> Callable[[Any], list[Any]]:
    def call(client: Any) -> list[Any]:
        told = client.converse_stream(modelId=model, messages=HI)
        with closing(told["stream"]) as events:
            return list(events)

    return call


def in_frames(*pieces: bytes) -> answers.Script:
    return answers.answer_in_pieces(pieces, content_type=CONTENT_TYPE.decode())


def check_signature(request: Received) -> None:
    """The provider's own check: the same signature comes out of what arrived."""
    told = request.header("authorization") or ""
    names = told.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    signed = AWSRequest(
        method=request.method,
        url=f"http://{request.header('host')}{request.target.decode()}",
        data=request.body,
        headers={name: request.header(name) for name in names},
    )
    signed.context["timestamp"] = request.header("x-amz-date")
    judge = SigV4Auth(Credentials("AKIA", "s3cret"), "bedrock", "eu-west-1")
    text = judge.string_to_sign(signed, judge.canonical_request(signed))
    assert told.endswith(f"Signature={judge.signature(text, signed)}")
    assert "client" not in told


async def test_boto3_passes_through_and_is_signed_anew(tmp_path: Path) -> None:
    async with bedrock(tmp_path) as (gateway, upstream):
        upstream.script(answers.answer(whole("text")))
        told = await ask(gateway, lambda c: c.converse(modelId=f"aws/{CLAUDE}", messages=HI))
        assert told["output"]["message"]["content"] == [{"text": "Grüße aus 東京 🗼."}]
        request = await upstream.received()
        assert request.target == b"/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse"
        check_signature(request)
        span = await gateway.span()
        assert (span.provider, span.model, span.finish_reason) == ("aws", CLAUDE, "end_turn")
        assert (span.usage.input_total, span.usage.output_total) == (21, 12)


async def test_boto3_streams_byte_by_byte(tmp_path: Path) -> None:
    stream = streamed("tools")
    async with bedrock(tmp_path) as (gateway, upstream):
        upstream.script(in_frames(*(stream[at : at + 13] for at in range(0, len(stream), 13))))
        events = await ask(gateway, collect(f"aws/{CLAUDE}"))
        assert events == aws.events(stream)
        check_signature(await upstream.received())


async def test_an_openai_client_asks_bedrock(tmp_path: Path) -> None:
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(answers.answer(whole("tools")))
        answer = await client.chat.completions.create(
            model=f"aws/{CLAUDE}", messages=[{"role": "user", "content": "hi"}]
        )
        calls = answer.choices[0].message.tool_calls or []
        assert [
            json.loads(call.function.arguments) for call in calls if call.type == "function"
        ] == [
            {"city": "Zürich", "days": 2},
            {},
        ]
        assert answer.choices[0].finish_reason == "tool_calls"
        assert answer.usage is not None
        assert answer.usage.prompt_tokens == 1240
        request = await upstream.received()
        check_signature(request)
        assert json.loads(request.body)["messages"] == HI


async def test_an_openai_client_streams_from_bedrock(tmp_path: Path) -> None:
    stream = streamed("thinking")
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(in_frames(stream[:100], stream[100:]))
        chunks = await client.chat.completions.create(
            model=f"aws/{CLAUDE}", messages=[{"role": "user", "content": "count"}], stream=True
        )
        text = "".join([
            chunk.choices[0].delta.content or "" async for chunk in chunks if chunk.choices
        ])  # fmt: skip
        assert text == "one, two, "
        request = await upstream.received()
        assert request.target.endswith(b"/converse-stream")
        assert request.header("accept") == CONTENT_TYPE.decode()
        check_signature(request)


async def test_an_exception_frame_is_an_error_for_everybody(tmp_path: Path) -> None:
    broken = (
        frame("messageStart", b'{"role":"assistant"}'),
        frame("contentBlockDelta", b'{"contentBlockIndex":0,"delta":{"text":"one"}}'),
        exception_frame("modelStreamErrorException", b'{"message":"lost"}'),
    )
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(in_frames(*broken), in_frames(*broken))
        chunks = await client.chat.completions.create(
            model=f"aws/{CLAUDE}", messages=[{"role": "user", "content": "hi"}], stream=True
        )
        with pytest.raises(openai.APIError):
            async for _ in chunks:
                pass
        with pytest.raises(EventStreamError):
            await ask(gateway, collect(f"aws/{CLAUDE}"))


async def test_boto3_asks_a_provider_of_openais_format(tmp_path: Path) -> None:
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("gpt", upstream.url)) as gateway,
    ):
        told = await ask(gateway, lambda c: c.converse(modelId="gpt/m", messages=HI))
        assert told["output"]["message"]["content"] == [{"text": "Hello there."}]
        assert told["stopReason"] == "end_turn"
        events = await ask(gateway, collect("gpt/m"))
        texts = [
            e["contentBlockDelta"]["delta"]["text"] for e in events if "contentBlockDelta" in e
        ]
        assert "".join(texts)
        assert [next(iter(event)) for event in events[-2:]] == ["messageStop", "metadata"]
        assert json.loads(upstream.requests[0].body)["messages"] == [
            {"role": "user", "content": "hi"}
        ]


async def test_boto3_raises_what_the_gateway_says(tmp_path: Path) -> None:
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("gpt", upstream.url)) as gateway,
    ):
        upstream.script(answers.answer(b'{"error":{"message":"no such model"}}', 404))
        with pytest.raises(ClientError) as refused:
            await ask(gateway, lambda c: c.converse(modelId="gpt/m", messages=HI))
        assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"
        assert "no such model" in refused.value.response["Error"]["Message"]


async def test_the_record_of_a_stream(tmp_path: Path) -> None:
    async with bedrock(tmp_path) as (gateway, upstream):
        upstream.script(in_frames(streamed("text")))
        await ask(gateway, collect(f"aws/{CLAUDE}"))
        span = await gateway.span()
        output = span.payload.output
        assert isinstance(output, tuple)
        assert output[0].parts == (TextPart(content="Grüße aus 東京 🗼."),)
        assert (span.usage.input_total, span.finish_reason) == (21, "end_turn")
        assert span.status != "error"


async def test_a_damaged_frame_is_never_a_whole_answer(tmp_path: Path) -> None:
    damaged = bytearray(streamed("text"))
    damaged[-200] ^= 1
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(in_frames(bytes(damaged)), in_frames(bytes(damaged)))
        chunks = await client.chat.completions.create(
            model=f"aws/{CLAUDE}", messages=[{"role": "user", "content": "hi"}], stream=True
        )
        with pytest.raises(openai.APIError):
            async for _ in chunks:
                pass
        with pytest.raises(ChecksumMismatch):
            await ask(gateway, collect(f"aws/{CLAUDE}"))
        spans = await gateway.spans.count(2)
        assert [span.status for span in spans] == ["error", "error"]


async def test_a_stream_that_is_cut_is_an_error(tmp_path: Path) -> None:
    stream = streamed("tools")
    between = b"".join(event.raw for event in EventStreamReader().feed(stream)[:5])
    inside = stream[: len(between) + 20]
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(in_frames(inside), in_frames(inside), in_frames(between))
        chunks = await client.chat.completions.create(
            model=f"aws/{CLAUDE}", messages=[{"role": "user", "content": "hi"}], stream=True
        )
        with pytest.raises(openai.APIError):
            async for _ in chunks:
                pass
        # Nothing can be said inside a frame: the connection breaks.
        with pytest.raises(ProtocolError):
            await ask(gateway, collect(f"aws/{CLAUDE}"))
        with pytest.raises(EventStreamError, match="stream_incomplete"):
            await ask(gateway, collect(f"aws/{CLAUDE}"))


async def test_anthropics_own_bedrock_client(tmp_path: Path) -> None:
    message = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude",
        "content": [{"type": "text", "text": "Hello."}], "stop_reason": "end_turn",
        "stop_sequence": None, "usage": {"input_tokens": 4, "output_tokens": 2},
    }  # fmt: skip
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0,
         "delta": {"type": "text_delta", "text": "Hello."}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"},
         "usage": {"output_tokens": 2}},
        {"type": "message_stop"},
    ]  # fmt: skip
    frames = [frame("chunk", chunk(json.dumps(event).encode())) for event in events]
    async with bedrock(tmp_path) as (gateway, upstream):
        upstream.script(answers.answer(json.dumps(message).encode()), in_frames(*frames))
        async with anthropic.AsyncAnthropicBedrock(
            base_url=gateway.url.removesuffix("/v1"), aws_region="us-east-1",
            aws_access_key="client", aws_secret_key="client", max_retries=0,
        ) as client:  # fmt: skip
            whole_answer = await client.messages.create(
                model=f"aws/{CLAUDE}", max_tokens=9, messages=[{"role": "user", "content": "hi"}]
            )
            assert whole_answer.content[0].to_dict() == {"type": "text", "text": "Hello."}
            async with client.messages.stream(
                model=f"aws/{CLAUDE}", max_tokens=9, messages=[{"role": "user", "content": "hi"}]
            ) as stream:
                assert await stream.get_final_text() == "Hello."
        for request in upstream.requests:
            check_signature(request)
            assert "anthropic_version" in json.loads(request.body)
        spans = await gateway.spans.count(2)
        assert [(span.finish_reason, span.usage.output_total) for span in spans] == [
            ("end_turn", 2), ("end_turn", 2),
        ]  # fmt: skip


async def test_thoughts_of_claude_come_back_from_an_openai_client(tmp_path: Path) -> None:
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(answers.answer(whole("thinking")), answers.answer(whole("text")))
        ask_model = f"aws/{CLAUDE}"
        first = await client.chat.completions.create(
            model=ask_model, messages=[{"role": "user", "content": "count"}]
        )
        turn: Any = first.choices[0].message.to_dict()
        await client.chat.completions.create(
            model=ask_model,
            messages=[{"role": "user", "content": "count"}, turn,
                      {"role": "user", "content": "on"}],
        )  # fmt: skip
        request = await upstream.received(2)
        expected = json.loads(whole("thinking"))["output"]["message"]["content"]
        assert json.loads(request.body)["messages"][1]["content"][:2] == expected[:2]


async def test_embeddings_for_an_openai_client(tmp_path: Path) -> None:
    async with bedrock(tmp_path) as (gateway, upstream), openais(gateway) as client:
        upstream.script(
            answers.answer(b'{"embeddings":[[0.5,1],[0.25,0]],"response_type":"embeddings_floats"}')
        )
        told = await client.embeddings.create(model="aws/cohere.embed-v4:0", input=["a", "b"])
        assert [one.embedding for one in told.data] == [[0.5, 1.0], [0.25, 0.0]]
        request = await upstream.received()
        assert request.target == b"/model/cohere.embed-v4%3A0/invoke"
        assert json.loads(request.body) == {"texts": ["a", "b"], "input_type": "search_document"}
        with pytest.raises(openai.BadRequestError, match="Titan takes one"):
            await client.embeddings.create(
                model="aws/amazon.titan-embed-text-v2:0", input=["a", "b"]
            )


async def test_tokens_are_counted_by_bedrock_or_estimated(tmp_path: Path) -> None:
    def count(model: str) -> Callable[[Any], Any]:
        asked = {"converse": {"messages": HI}}
        return lambda client: client.count_tokens(modelId=model, input=asked)["inputTokens"]

    async with bedrock(tmp_path) as (gateway, upstream):
        upstream.script(answers.answer(b'{"inputTokens":42}'))
        assert await ask(gateway, count(f"aws/{CLAUDE}")) == 42
        request = await upstream.received()
        assert request.target == b"/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens"
        check_signature(request)
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("gpt", upstream.url)) as gateway,
    ):
        assert 1 <= await ask(gateway, count("gpt/m")) <= 20
        assert not upstream.requests
