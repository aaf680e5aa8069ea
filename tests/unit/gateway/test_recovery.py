"""Who is asked to go on, and how."""

import json
from collections.abc import Sequence

import pytest

from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.gateway.directory import Plan, Target, Upstream
from vedette.gateway.health import TargetHealth
from vedette.gateway.recovery import Recovery, total
from vedette.gateway.translation import ChatTranslation
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.chat import Delta, Stop, TextDelta, ToolArguments, ToolStart
from vedette.model.settings import ProviderSettings, Timeouts
from vedette.model.usage import Usage
from vedette.providers.openai import Provider


def recovery(*delivered: Delta, mode: str = "continue") -> Recovery:
    one = exchange()
    one.plan = Plan(targets=(), on_break=mode)
    one.requested_model, one.stream = "m", True
    one.body = b'{"model":"m","messages":[{"role":"user","content":"Tell."}],"stream":true}'
    made = Recovery(one, ChatTranslation(one))
    for delta in delivered:
        made.note(delta)
    made.broke(one, "reset")
    return made


def target(kind: str, model: str) -> Target:
    clock = FakeClock()
    settings = ProviderSettings(name="b", kind=kind, base_url="http://up:1/v1")
    pool = Pool(
        Origin.of(settings.base_url), max_connections=1, deadlines=Deadlines(clock), clock=clock
    )
    return Target(Upstream(Provider(settings), pool), model, Timeouts(), TargetHealth())


@pytest.mark.parametrize(
    ("kind", "wire", "model", "prefilled"),
    [
        ("vllm", "openai_chat", "llama", True),
        ("ollama", "openai_chat", "llama", True),
        ("openai", "openai_chat", "gpt-5", False),
        ("anthropic", "anthropic", "claude-3-5-sonnet-latest", True),
        ("anthropic", "anthropic", "claude-sonnet-4-5-20250929", True),
        ("anthropic", "anthropic", "claude-opus-4-6", False),
        ("gemini", "gemini", "gemini-2.5-pro", False),
    ],
)
def test_a_prefill_goes_only_where_it_is_taken(
    kind: str, wire: str, model: str, prefilled: bool
) -> None:
    made = recovery(TextDelta("Hello, wor"))
    asked = json.loads(made.request(target(kind, model), wire))
    messages = asked.get("messages") or asked["contents"]
    assert (messages[-1]["role"] in ("assistant", "model")) is prefilled
    assert "Hello, wor" in json.dumps(messages)
    assert made.refused(400) is prefilled


def test_a_refused_prefill_becomes_an_instruction() -> None:
    made = recovery(TextDelta("Hello"))
    made.request(target("vllm", "m"), "openai_chat")
    assert made.refused(400)
    asked = json.loads(made.request(target("vllm", "m"), "openai_chat"))
    assert asked["messages"][-1]["role"] == "user"
    assert not made.refused(400), "once is enough"


@pytest.mark.parametrize(
    ("delivered", "possible"),
    [
        ([], True),
        ([TextDelta("Hi")], True),
        ([TextDelta("Hi"), ToolStart(0, "c", "f")], False),
        ([ToolStart(0, "c", "f"), ToolArguments(0, "{")], False),
        ([TextDelta("Hi", 1)], False),
        ([TextDelta("Hi"), Stop("stop")], False),
    ],
)
def test_what_can_be_gone_on_from(delivered: Sequence[Delta], possible: bool) -> None:
    assert recovery(*delivered).is_possible is possible


def test_nothing_delivered_means_asking_anew() -> None:
    made = recovery()
    asked = json.loads(made.request(target("openai", "m"), "openai_chat"))
    assert [message["role"] for message in asked["messages"]] == ["user"]
    assert made.joined("Hello") == "Hello"


def test_usages_add_up() -> None:
    one, other = Usage(input_uncached=1, output_text=2, estimated=True), Usage(cache_read=3)
    assert total(one, other) == Usage(input_uncached=1, output_text=2, cache_read=3, estimated=True)
    assert total(None, other) is other
