"""`vedette serve` in an empty directory: what a newcomer sees in the first minute."""

import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from tests.support.served import Served, serving, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{served.gateway}/v1", api_key="x", max_retries=0) as made:
        yield made


def words(text: str) -> Any:
    return [{"role": "user", "content": text}]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("nothing")) as running:
        yield running


def newest(served: Served, session: str, seconds: float = 1.0) -> dict[str, Any]:
    """The trace of the call that named this session, there within a second."""

    def look() -> dict[str, Any] | None:
        items = served.api("/traces", session=session)["items"]
        return items[0] if items else None

    return until(look, seconds, lambda: f"no trace of {session!r} after {seconds} s")


def session(name: str) -> dict[str, str]:
    return {"x-vedette-session": name}


def test_it_says_where_to_go(served: Served) -> None:
    out = served.output
    assert "is ready" in out
    assert f"{served.gateway}/v1" in out
    assert served.console in out
    assert "sim/chat" in out
    assert "alembic" not in out
    assert "has no providers" not in out
    assert stat.S_IMODE(served.state_file.stat().st_mode) == 0o600


def test_a_chat_is_answered_and_recorded(served: Served, client: openai.OpenAI) -> None:
    answer = client.chat.completions.create(
        model="sim/chat", messages=words("one two three"), max_tokens=7,
        extra_headers=session("chat") | {"x-vedette-user": "ann", "x-vedette-tags": "a,b"},
    )  # fmt: skip
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (3, 7)
    trace = newest(served, "chat")
    assert trace["status"] == "ok"
    assert (trace["usage"]["input_total"], trace["usage"]["output_total"]) == (3, 7)
    assert float(trace["cost_usd"]) == 0
    assert trace["providers"] == ["sim"]
    assert (trace["user_id"], trace["tags"], trace["span_count"]) == ("ann", ["a", "b"], 1)
    detail = served.api(f"/traces/{trace['trace_id']}")
    assert detail["spans"][0]["input"][0]["parts"][0]["content"] == "one two three"
    assert detail["spans"][0]["cost_source"] != "unknown"


def test_a_stream_comes_in_pieces_and_is_recorded_whole(
    served: Served, client: openai.OpenAI
) -> None:
    stream = client.chat.completions.create(
        model="sim/chat", messages=words("tell me"), max_tokens=9, stream=True,
        metadata={"sim_delay_ms": "60"}, extra_headers=session("stream"),
    )  # fmt: skip
    pieces = [c.choices[0].delta.content for c in stream if c.choices]
    text = "".join(piece for piece in pieces if piece)
    assert len([piece for piece in pieces if piece]) == 9
    trace = newest(served, "stream")
    assert (trace["usage"]["input_total"], trace["usage"]["output_total"]) == (2, 9)
    assert trace["ttft_ms"] >= 60
    span = served.api(f"/traces/{trace['trace_id']}")["spans"][0]
    assert span["output"][0]["parts"][0]["content"] == text
    assert span["finish_reason"] == "stop"


def test_tools_are_called_and_recorded(served: Served, client: openai.OpenAI) -> None:
    tool: Any = {
        "type": "function",
        "function": {
            "name": "weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    }
    answer = client.chat.completions.create(
        model="sim/chat", messages=words("weather in Bern"), tools=[tool],
        metadata={"sim_tool_call": "weather"}, extra_headers=session("tools"),
    )  # fmt: skip
    calls: Any = answer.choices[0].message.tool_calls
    assert [call.function.name for call in calls] == ["weather"]
    span = served.api(f"/traces/{newest(served, 'tools')['trace_id']}")["spans"][0]
    assert [call["name"] for call in span["tool_calls"]] == ["weather"]
    assert span["finish_reason"] == "tool_calls"


def test_embeddings_are_given_and_recorded(served: Served, client: openai.OpenAI) -> None:
    answer = client.embeddings.create(
        model="sim/embed", input=["one two", "three"], extra_headers=session("embed")
    )
    assert len(answer.data) == 2
    trace = newest(served, "embed")
    assert trace["usage"]["input_total"] == 3
    assert trace["name"].startswith("embeddings")


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert "sim/chat" in {model.id for model in client.models.list()}


def test_an_error_passes_through_and_is_recorded(served: Served, client: openai.OpenAI) -> None:
    with pytest.raises(openai.RateLimitError):
        client.chat.completions.create(
            model="sim/chat", messages=words("x"), metadata={"sim_error": "429"},
            extra_headers=session("error"),
        )  # fmt: skip
    trace = newest(served, "error")
    assert trace["status"] == "error"


def test_a_client_that_leaves_is_recorded_with_what_it_got(
    served: Served, client: openai.OpenAI
) -> None:
    stream = client.chat.completions.create(
        model="sim/chat", messages=words("a b c d"), max_tokens=1000, stream=True,
        metadata={"sim_chunk_delay_ms": "20"}, extra_headers=session("abort"),
    )  # fmt: skip
    for _ in range(4):
        next(stream)
    stream.close()
    trace = newest(served, "abort")
    span = served.api(f"/traces/{trace['trace_id']}")["spans"][0]
    assert trace["status"] == "error"
    assert span["status"]["message"] == "the client closed the connection"
    assert 1 <= trace["usage"]["output_total"] < 500


def test_health_and_metrics_answer_on_both_doors(served: Served) -> None:
    for door in (served.gateway, served.console):
        assert httpx2.get(f"{door}/health/live").status_code == 200
        status, body = served.ready_of(door)
        assert (status, body["status"]) == (200, "ok")
        text = httpx2.get(f"{door}/metrics").text
        assert "gen_ai_client_tokens" in text


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert served.stop(signal.SIGINT) == 0
        assert not served.state_file.exists()
        assert "Traceback" not in served.output
