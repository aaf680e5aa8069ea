"""Real instrumentations, real exporters, one fake provider: the same calls give the same rows.

Runs with what this Python has installed, and where `VEDETTE_INSTRUMENTED_PYTHON` names another
one with what that has: `make test-exporters` installs `exporters.txt` into one of its own. The AI
SDK comes from npm.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support import answers, instrumented
from tests.support.answers import Script
from tests.support.node import installed
from tests.support.ports import free_ports
from tests.support.served import Served, serving
from tests.support.upstream import Received, Upstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PYTHON = os.environ.get("VEDETTE_INSTRUMENTED_PYTHON", sys.executable)
SCRIPT = Path(instrumented.__file__)
AI_SDK = Path(__file__).parent / "node_ai"
ANSWERED_BY = "gpt-4o-mini-2024-07-18"
USAGE = {
    "prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200,
    "prompt_tokens_details": {"cached_tokens": 400, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 50, "audio_tokens": 0},
}  # fmt: skip
COUNTED = {"input_uncached": 600, "cache_read": 400, "output_text": 150, "reasoning": 50}
CALL = {"name": "get_weather", "arguments": {"city": "Köln"}, "id": "call_1"}


def provider(request: Received) -> Script:
    """A talk ends with a text, an errand with a tool call; each answer has an id of its own."""
    asked = json.loads(request.body)
    message: dict[str, Any] = {"role": "assistant", "content": "At noon."}
    if asked.get("tools"):
        function = {"name": "get_weather", "arguments": json.dumps(CALL["arguments"])}
        call = {"id": "call_1", "type": "function", "function": function}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    reason = "tool_calls" if asked.get("tools") else "stop"
    choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
    body = {
        "id": f"chatcmpl-{os.urandom(8).hex()}", "object": "chat.completion", "created": 1,
        "model": ANSWERED_BY, "choices": [choice], "usage": USAGE,
    }  # fmt: skip
    return answers.answer(json.dumps(body).encode())


@pytest.fixture(scope="module")
def spoken() -> list[str]:
    done = subprocess.run([PYTHON, SCRIPT, "--has"], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream() as started:
        started.respond = provider
        yield started


@pytest.fixture
def otlp() -> str:
    return f"127.0.0.1:{free_ports(1)[0]}"


@pytest.fixture
def served(tmp_path: Path, upstream: Upstream, otlp: str) -> Iterator[Served]:
    config = {
        "providers": [
            {"name": "openai", "kind": "openai", "base_url": upstream.url, "api_key": "k"}
        ],
        "otlp": {"http": otlp, "grpc": None},
    }
    with serving(tmp_path, config=config, env={"VEDETTE_OTLP__HTTP": otlp}) as running:
        yield running


async def speak(dialect: str, spoken: list[str], llm: str, otlp: str) -> None:
    """Let a Python that has it make the calls through one instrumentation."""
    if dialect == "ai_sdk":
        place = await asyncio.to_thread(installed, AI_SDK, "ai")
        shutil.copy(AI_SDK / "ai.mjs", place)
        command = ["node", str(place / "ai.mjs")]
    elif dialect in spoken:
        command = [PYTHON, str(SCRIPT), dialect]
    else:
        pytest.skip(f"{dialect} is not installed in {PYTHON}")
    process = await asyncio.create_subprocess_exec(
        *command, llm, f"http://{otlp}",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 150)
    assert process.returncode == 0, said.decode()


def warm_up(served: Served) -> None:
    """One call through the gateway, of which the core has heard when this returns."""
    body = {"model": "sim/chat", "messages": [{"role": "user", "content": "hi"}]}
    answer = httpx2.post(f"{served.gateway}/v1/chat/completions", json=body, timeout=20)
    assert answer.status_code == 200, answer.text
    served.wait_traces(1)


def spans_of(served: Served) -> list[dict[str, Any]]:
    """All spans with their payload, oldest first."""
    found = []
    for trace in served.traces():
        path = f"/traces/{trace['trace_id']}"
        for span in served.api(path)["spans"]:
            found.append(served.api(f"{path}/spans/{span['span_id']}"))
    return sorted(found, key=lambda span: str(span["start_time"]))


def text_of(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (message["role"], "".join(part.get("content", "") for part in message["parts"]))
        for message in messages
    ]


def check_call(span: dict[str, Any], counted: Mapping[str, int] = COUNTED) -> None:
    """What every instrumentation that says it says in the same way."""
    assert span["kind"] == "llm"
    assert (span["provider"], span["response_model"] or span["model"]) == ("openai", ANSWERED_BY)
    assert {name: span["usage"][name] for name in counted} == counted
    assert span["cost_usd"] == "0.000240"


@pytest.mark.parametrize("dialect", ["native", "openinference", "openllmetry", "langfuse",
                                     "logfire", "mlflow", "langchain", "ai_sdk"])  # fmt: skip
async def test_the_same_calls_give_the_same_rows(
    dialect: str, spoken: list[str], upstream: Upstream, served: Served, otlp: str
) -> None:
    await speak(dialect, spoken, upstream.url, otlp)
    spans = await asyncio.to_thread(spans_of, served)
    talk, errand = [span for span in spans if span["kind"] == "llm"]
    # The AI SDK does not say how much of the answer was reasoning.
    counted = COUNTED if dialect != "ai_sdk" else COUNTED | {"output_text": 200, "reasoning": 0}
    check_call(talk, counted)
    check_call(errand, counted)
    traces = await asyncio.to_thread(served.traces)
    assert [trace["usage"]["input_total"] for trace in traces] == [1000, 1000]
    assert [trace["cost_usd"] for trace in traces] == ["0.000240", "0.000240"]
    assert text_of(talk["input"]) == [(each["role"], each["content"]) for each in instrumented.TALK]
    assert text_of(talk["output"]) == [("assistant", "At noon.")]
    assert text_of(errand["input"]) == [("user", instrumented.ERRAND[0]["content"])]
    assert errand["tool_calls"] == [CALL]
    assert [tool["name"] for tool in errand["tools"]] == ["get_weather"]
    if dialect != "langfuse":  # which sends neither
        assert (talk["model"], errand["model"]) == (instrumented.MODEL, instrumented.MODEL)
        assert (talk["finish_reason"], errand["finish_reason"]) == ("stop", "tool_calls")


async def test_two_instrumentations_of_one_client_count_once(
    spoken: list[str], upstream: Upstream, served: Served, otlp: str
) -> None:
    await speak("both", spoken, upstream.url, otlp)
    traces = await asyncio.to_thread(served.traces)
    assert [trace["span_count"] for trace in traces] == [2, 2]
    assert [trace["usage"]["input_total"] for trace in traces] == [1000, 1000]
    assert [trace["cost_usd"] for trace in traces] == ["0.000240", "0.000240"]


async def test_an_agent_is_not_added_to_its_calls(
    spoken: list[str], upstream: Upstream, served: Served, otlp: str
) -> None:
    await speak("pydantic_ai", spoken, upstream.url, otlp)
    (trace,) = await asyncio.to_thread(served.traces)
    agent, call = await asyncio.to_thread(spans_of, served)
    assert (agent["kind"], agent["parent_span_id"]) == ("agent", None)
    assert call["parent_span_id"] == agent["span_id"]
    check_call(call)
    assert agent["usage"]["input_total"] == trace["usage"]["input_total"] == 1000
    assert trace["cost_usd"] == "0.000240"


@pytest.mark.parametrize("dialect", ["native", "openinference"])
async def test_the_gateway_and_its_client_count_once(
    dialect: str, spoken: list[str], served: Served, otlp: str
) -> None:
    # Clients' spans wait for those of a gateway that is known to be used.
    await asyncio.to_thread(warm_up, served)
    await speak(dialect, spoken, f"{served.gateway}/v1", otlp)
    await asyncio.to_thread(served.wait_traces, 5)
    spans = [one for one in await asyncio.to_thread(spans_of, served) if one["provider"] != "sim"]
    assert sorted(span["kind"] for span in spans) == ["chain", "chain", "llm", "llm"]
    traces = [one for one in await asyncio.to_thread(served.traces) if one["providers"] != ["sim"]]
    assert sum(trace["usage"]["input_total"] for trace in traces) == 2000
