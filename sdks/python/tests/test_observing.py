"""`observe`, `context` and `score`: what stands around calls."""

import asyncio
import contextvars
import inspect
import json
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.provider import Provider
from sdks.python.tests.started import Started
from vedette_sdk import SettingsError, observe


def by_name(spans: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {span["name"].rpartition(".")[2]: span for span in spans}


def test_a_function_is_a_span_around_its_calls(watched: Started, provider: Provider) -> None:
    @observe
    def answer(question: str, times: int = 1) -> str:
        talks.chat(provider.url, "gpt-4o")
        return "done"

    assert answer("when", times=2) == "done"
    call, outer = watched.spans()
    assert call["parentSpanId"] == outer["spanId"]
    assert call["traceId"] == outer["traceId"]
    assert outer["attributes"]["vedette.span.kind"] == "chain"
    assert json.loads(outer["attributes"]["input.value"]) == {"question": "when", "times": 2}
    assert outer["attributes"]["output.value"] == "done"


def test_an_error_goes_through_and_is_told(watched: Started) -> None:
    @observe(kind="tool", name="lookup", input=False)
    def lookup(key: str) -> None:
        raise KeyError(key)

    with pytest.raises(KeyError, match="key-1"):
        lookup("key-1")
    span = watched.span()
    assert (span["name"], span["status"]["code"]) == ("lookup", 2)
    assert span["attributes"]["error.type"] == "KeyError"
    assert span["attributes"]["gen_ai.tool.name"] == "lookup"
    assert "input.value" not in span["attributes"]


def test_a_coroutine_function(watched: Started, provider: Provider) -> None:
    @observe
    async def inner() -> int:
        await asyncio.sleep(0)
        return 1

    @observe(kind="agent", name="clerk")
    async def outer() -> int:
        return sum(await asyncio.gather(inner(), inner()))

    assert asyncio.run(outer()) == 2
    first, second, around = watched.spans()
    assert first["parentSpanId"] == second["parentSpanId"] == around["spanId"]
    assert around["attributes"]["gen_ai.agent.name"] == "clerk"


def test_a_generator_is_current_only_while_it_runs(watched: Started) -> None:
    @observe
    def numbers() -> Iterator[int]:
        with_inside("one")
        got = yield 1
        with_inside(f"got {got}")
        yield 2

    @observe
    def with_inside(name: str) -> str:
        return name

    @observe
    def user() -> None:
        return None

    made = numbers()
    assert next(made) == 1
    user()
    assert made.send("x") == 2  # type: ignore[attr-defined]
    assert list(made) == []
    spans = watched.spans()
    found = by_name(spans)
    inside = [span for span in spans if span["name"].endswith("with_inside")]
    assert {span["parentSpanId"] for span in inside} == {found["numbers"]["spanId"]}
    assert "parentSpanId" not in found["user"]
    assert found["numbers"]["attributes"]["output.value"] == "[1,2]"


def test_a_generator_that_is_left_early_ends_its_span(watched: Started) -> None:
    closed = []

    @observe
    def numbers() -> Iterator[int]:
        try:
            yield from range(10)
        finally:
            closed.append(True)

    for number in numbers():
        if number == 2:
            break
    assert closed == [True]
    assert watched.said()["output.value"] == "[0,1,2]"


def test_an_async_generator(watched: Started) -> None:
    @observe
    async def numbers() -> AsyncIterator[int]:
        for number in range(3):
            yield number

    async def all_of_them() -> list[int]:
        return [number async for number in numbers()]

    assert asyncio.run(all_of_them()) == [0, 1, 2]
    assert watched.said()["output.value"] == "[0,1,2]"


def test_a_generator_passes_on_what_is_thrown_into_it(watched: Started) -> None:
    @observe
    def patient() -> Iterator[str]:
        try:
            yield "first"
        except ValueError:
            yield "caught"

    made = patient()
    assert next(made) == "first"
    assert made.throw(ValueError()) == "caught"  # type: ignore[attr-defined]


def test_a_class_has_its_public_methods_observed(watched: Started) -> None:
    @observe
    class Clerk:
        def greet(self, name: str) -> str:
            return self._hello(name)

        def _hello(self, name: str) -> str:
            return f"hello {name}"

        @staticmethod
        def fixed() -> int:
            return 1

        @classmethod
        def made(cls) -> "Clerk":
            return cls()

    assert Clerk.made().greet("Anna") == "hello Anna"
    assert Clerk.fixed() == 1
    names = [span["name"].rpartition("Clerk.")[2] for span in watched.spans()]
    assert names == ["made", "greet", "fixed"]
    greet = watched.spans()[1]
    assert json.loads(greet["attributes"]["input.value"]) == {"name": "Anna"}


def test_functions_look_as_before(watched: Started) -> None:
    @observe
    async def documented(one: int) -> int:
        """Says what it does."""
        return one

    assert documented.__doc__ == "Says what it does."
    assert inspect.iscoroutinefunction(documented)
    with pytest.raises(SettingsError, match="Unknown kind 'nonsense'"):
        observe(kind="nonsense")  # type: ignore[call-overload]


def test_context_is_inherited_and_adds_up(watched: Started, provider: Provider) -> None:
    with vedette_sdk.context(session="s1", user="anna", tags=["a"], metadata={"plan": "free"}):
        with vedette_sdk.context(tags="b", metadata={"tries": 2}, prompt="support"):
            talks.chat(provider.url, "gpt-4o")
    talks.chat(provider.url, "gpt-4o")
    inside, outside = (span["attributes"] for span in watched.spans())
    assert inside["session.id"] == inside["gen_ai.conversation.id"] == "s1"
    assert inside["user.id"] == "anna"
    assert inside["vedette.tags"] == ["a", "b"]
    assert (inside["vedette.metadata.plan"], inside["vedette.metadata.tries"]) == ("free", 2)
    assert inside["gen_ai.prompt.name"] == "support"
    assert "session.id" not in outside


def test_context_goes_with_a_thread_that_carries_it(watched: Started, provider: Provider) -> None:
    with vedette_sdk.context(session="s1"), ThreadPoolExecutor(1) as pool:
        carried = contextvars.copy_context()
        pool.submit(carried.run, talks.chat, provider.url, "gpt-4o").result()
    assert watched.said()["session.id"] == "s1"


def test_a_score_judges_the_current_span(watched: Started) -> None:
    @observe
    def judged() -> bool:
        return (
            vedette_sdk.score("helpful", 0.75, comment="good")
            and vedette_sdk.score("right", True)
            and vedette_sdk.score("tone", "friendly", source="human")
        )

    assert judged()
    span = watched.span()
    events = watched.collector.events()
    assert {event["spanId"] for event in events} == {span["spanId"]}
    assert {event["eventName"] for event in events} == {"gen_ai.evaluation.result"}
    first, second, third = (event["attributes"] for event in events)
    assert first["gen_ai.evaluation.score.value"] == 0.75
    assert first["gen_ai.evaluation.explanation"] == "good"
    assert second["gen_ai.evaluation.score.label"] == "true"
    assert third["gen_ai.evaluation.score.label"] == "friendly"
    assert third["vedette.score.source"] == "human"


def test_a_score_without_anything_to_judge_is_not_sent(watched: Started) -> None:
    assert vedette_sdk.score("helpful", 1) is False
    with pytest.raises(SettingsError, match="A score needs"):
        vedette_sdk.score("helpful", None)  # type: ignore[arg-type]
