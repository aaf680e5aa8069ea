"""Real recordings through the gateway; skipped where their folder is absent.

Each is served by a loopback provider: to a client of its own dialect byte for byte, to the official
clients of OpenAI's chat and Anthropic translated. Cut in the middle it is never an answer.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest

from tests.support.answers import Cut, Script, Send, answer, response_head
from tests.support.clients import TALKS
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.recordings import SHARED, SharedTape
from tests.support.told import Told
from tests.support.upstream import Upstream
from tests.support.wire import call

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "index.json").is_file(), reason="needs the shared recordings"),
]

OPENAI_LIKE = (
    "openai", "azure", "groq", "mistral", "deepseek", "together", "vllm", "writer",
)  # fmt: skip
DIALECTS = {
    **{(name, "chat"): "openai_chat" for name in OPENAI_LIKE},
    **{(name, "completions"): "openai_completions" for name in OPENAI_LIKE},
    **{(name, "embeddings"): "openai_embeddings" for name in OPENAI_LIKE},
    ("openai", "responses"): "openai_responses",
    ("anthropic", "messages"): "anthropic",
    ("gemini", "generateContent"): "gemini",
    ("bedrock", "converse"): "bedrock",
    ("bedrock", "converse-stream"): "bedrock",
    ("bedrock", "invoke"): "bedrock_invoke",
    ("bedrock", "invoke-stream"): "bedrock_invoke",
    ("ollama", "chat"): "ollama_chat",
    ("ollama", "generate"): "ollama_generate",
}
OWN_FORMS = {("writer", "completions")}
"""Paths of OpenAI's name with another format behind them."""
CHATS = ("openai_chat", "openai_responses", "anthropic", "gemini", "bedrock", "ollama_chat")
PATHS = {
    "openai_chat": "/v1/chat/completions", "openai_completions": "/v1/completions",
    "openai_embeddings": "/v1/embeddings", "openai_responses": "/v1/responses",
    "anthropic": "/v1/messages", "ollama_chat": "/api/chat", "ollama_generate": "/api/generate",
}  # fmt: skip
KINDS = {
    "anthropic": "anthropic", "gemini": "gemini", "bedrock": "bedrock",
    "bedrock_invoke": "bedrock", "ollama_chat": "ollama", "ollama_generate": "ollama",
}  # fmt: skip
AWS = {"access_key_id": "AKIA", "secret_access_key": "s3cret", "region": "eu-west-1"}
UNREADABLE: dict[str, set[str]] = {
    "anthropic": set(),
    "openai_chat": {
        "writer/chat/writer-async-streaming-chat-multiple-tool-call-requests.json",
        "groq/chat/chat-streaming.json",
    },
}
"""Tapes of its own dialect that the official client cannot read: calls whose type comes late, usage
in a field of the provider's own."""
REFUSED = (openai.APIStatusError, anthropic.APIStatusError)
BROKEN = (openai.APIError, anthropic.APIError, json.JSONDecodeError)
"""The last one where the bytes of its own dialect were cut inside an event."""


def tapes_of(dialect: str) -> list[SharedTape]:
    rows = json.loads((SHARED / "index.json").read_text())
    found = [row for row in rows if DIALECTS.get((row["provider"], row["api"])) == dialect]
    found = [row for row in found if (row["provider"], row["api"]) not in OWN_FORMS]
    return [SharedTape(row) for row in found]


def path_of(tape: SharedTape, dialect: str) -> str:
    if dialect == "gemini":
        return "/v1beta/models/m1:" + (
            "streamGenerateContent?alt=sse" if tape.streamed else "generateContent"
        )
    if dialect == "bedrock":
        return "/model/m1/converse" + ("-stream" if tape.streamed else "")
    if dialect == "bedrock_invoke":
        return "/model/m1/invoke" + ("-with-response-stream" if tape.streamed else "")
    return PATHS[dialect]


def served(tape: SharedTape) -> Script:
    return answer(tape.response, tape.status, content_type=tape.content_type)


def third_of(tape: SharedTape) -> Script:
    """The first third of it, then the connection closes as if that were all."""
    head = response_head(tape.status, tape.content_type, (), framing="close", length=None)
    return (Send(head + tape.response[: len(tape.response) // 3]), Cut())


@asynccontextmanager
async def behind(
    directory: Path, dialect: str
) -> AsyncIterator[tuple[Upstream, RunningGateway, str]]:
    kind = KINDS.get(dialect, "openai")
    async with Upstream() as upstream:
        url = upstream.url if kind in ("openai", "anthropic") else upstream.url.removesuffix("/v1")
        settings = provider(
            "a", url, kind=kind, dialects=(dialect,), options=AWS if kind == "bedrock" else {},
            stream_usage=False,
        )  # fmt: skip
        async with running_gateway(directory, settings) as gateway:
            yield upstream, gateway, gateway.url.removesuffix("/v1")


@pytest.mark.parametrize("dialect", sorted(set(DIALECTS.values())))
async def test_a_recording_passes_byte_for_byte(tmp_path: Path, dialect: str) -> None:
    wrong: dict[str, Any] = {}
    async with behind(tmp_path, dialect) as (upstream, gateway, _):
        tapes = tapes_of(dialect)
        for tape in tapes:
            upstream.script(served(tape))
            asked = tape.request or b'{"model":"m1"}'
            answered = await call(
                gateway, asked, path_of(tape, dialect), headers=[("anthropic-version", "x")]
            )
            if (answered.status, answered.body) != (tape.status, tape.response):
                wrong[tape.name] = (answered.status, answered.body[-200:])
            if upstream.requests[-1].body != asked:
                wrong[f"{tape.name}, request"] = upstream.requests[-1].body[:200]
        spans = await gateway.spans.count(len(tapes))
    assert not wrong
    assert tapes
    for tape, span in zip(tapes, spans, strict=True):
        assert (span.status == "error") is (tape.status >= 400), tape.name


@pytest.mark.parametrize("client", ["openai_chat", "anthropic"])
@pytest.mark.parametrize("dialect", CHATS)
async def test_a_recording_is_read_by_others(tmp_path: Path, client: str, dialect: str) -> None:
    wrong: dict[str, Any] = {}
    read: list[tuple[str, Told]] = []
    async with behind(tmp_path, dialect) as (upstream, gateway, root):
        tapes = [tape for tape in tapes_of(dialect) if tape.name not in UNREADABLE[client]]
        for tape in tapes:
            upstream.script(served(tape))
            told = Told()
            try:
                told = await TALKS[client](root).ask(stream=tape.streamed)
            except REFUSED as error:
                if error.status_code != tape.status:
                    wrong[tape.name] = error
            read.append((tape.name, told))
            if bool(told.stop) is (tape.status >= 400):
                wrong[tape.name] = told
        spans = await gateway.spans.count(len(tapes))
    for tape, (name, told), span in zip(tapes, read, spans, strict=True):
        if (span.status == "error") is not (tape.status >= 400):
            wrong[f"{name}, status"] = span.status
        spent = (span.usage.input_total, span.usage.output_total)
        if tape.usage and spent != (told.input_tokens, told.output_tokens):
            wrong[f"{name}, usage"] = (spent, told)
    assert not wrong


@pytest.mark.parametrize("client", ["openai_chat", "anthropic"])
@pytest.mark.parametrize("dialect", CHATS)
async def test_a_third_of_a_recording_is_no_answer(
    tmp_path: Path, client: str, dialect: str
) -> None:
    wrong: dict[str, Any] = {}
    async with behind(tmp_path, dialect) as (upstream, gateway, root):
        tapes = [
            tape
            for tape in tapes_of(dialect)
            if tape.status < 400 and tape.name not in UNREADABLE[client]
        ]
        for tape in tapes:
            upstream.script(third_of(tape))
            try:
                wrong[tape.name] = await TALKS[client](root).ask(stream=tape.streamed)
            except BROKEN:
                pass
        spans = await gateway.spans.count(len(tapes))
    assert not wrong
    assert {span.status for span in spans} == {"error"}
