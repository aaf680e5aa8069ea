"""Prompts: from memory, stale while a fresh one comes, and what happens when there is none."""

import asyncio
import json
import threading
import time
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.provider import Provider
from sdks.python.tests.started import Started
from vedette_sdk import PromptUnavailable, prompt, prompt_async


class Shelf:
    """A server that has prompts, each time a newer version."""

    def __init__(self, content: Any = "Hello {{name}}") -> None:
        self.content = content
        self.asked: list[str] = []
        self.is_open = threading.Event()
        self.is_open.set()

    def __call__(self, path: str, body: bytes) -> tuple[int, bytes]:
        if not path.startswith("/api/v1/prompts/"):
            return 200, b"{}"
        self.is_open.wait(30)
        self.asked.append(path)
        said = {"content": self.content, "version": len(self.asked), "config": {"model": "m"}}
        return 200, json.dumps(said).encode()


def test_the_first_use_fetches_and_the_next_remembers(sdk: Started) -> None:
    shelf = Shelf()
    sdk.collector.answer = shelf
    sdk.start()
    found = prompt("support/hello", label="staging")
    assert (found.version, found.config, found.is_fallback) == ("1", {"model": "m"}, False)
    assert found.compile(name="Anna", other="x") == "Hello Anna"
    assert found.compile() == "Hello {{name}}"
    assert prompt("support/hello", label="staging") is found
    assert shelf.asked == ["/api/v1/prompts/support%2Fhello?label=staging"]


def test_an_old_one_is_given_while_a_fresh_one_comes(sdk: Started) -> None:
    shelf = Shelf()
    sdk.collector.answer = shelf
    sdk.start()
    assert prompt("p").version == "1"
    shelf.is_open.clear()
    assert prompt("p", ttl_s=0).version == "1"
    shelf.is_open.set()
    deadline = time.monotonic() + 30
    while prompt("p").version != "2":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_messages_are_filled_in_too(sdk: Started) -> None:
    sdk.collector.answer = Shelf([{"role": "system", "content": "You are {{ who }}"}])
    sdk.start()
    assert prompt("p").compile(who="{{name}}") == [
        {"role": "system", "content": "You are {{name}}"}
    ]


@pytest.mark.parametrize("status", [404, 401, 500])
def test_the_fallback_stands_in(sdk: Started, status: int) -> None:
    sdk.collector.answer = lambda path, body: (status, b"")
    sdk.start()
    found = prompt("p", fallback="Plain {{name}}")
    assert (found.is_fallback, found.compile(name="Anna")) == (True, "Plain Anna")
    with pytest.raises(PromptUnavailable, match="'p'"):
        prompt("p")


def test_what_is_no_prompt_is_none(sdk: Started) -> None:
    sdk.collector.answer = Shelf(content=17)
    sdk.start()
    assert prompt("p", fallback="plain").is_fallback


def test_nobody_on_a_loop_waits(sdk: Started) -> None:
    shelf = Shelf()
    sdk.collector.answer = shelf
    sdk.start()
    shelf.is_open.clear()

    async def on_a_loop() -> tuple[bool, str]:
        at_once = prompt("p", fallback="plain")
        shelf.is_open.set()
        return at_once.is_fallback, (await prompt_async("other")).version

    is_fallback, version = asyncio.run(on_a_loop())
    assert is_fallback
    assert version in ("1", "2")


def test_a_prompt_is_named_on_the_calls_made_with_it(sdk: Started, provider: Provider) -> None:
    sdk.collector.answer = Shelf()
    sdk.start()
    with vedette_sdk.context(prompt=prompt("support")):
        talks.chat(provider.url, "gpt-4o")
    found = [span for span in sdk_spans(sdk) if span["attributes"].get("gen_ai.prompt.name")]
    assert found[0]["attributes"]["gen_ai.prompt.name"] == "support"
    assert found[0]["attributes"]["gen_ai.prompt.version"] == "1"


def sdk_spans(sdk: Started) -> list[dict[str, Any]]:
    return sdk.spans()


def test_without_init_the_fallback_is_given() -> None:
    assert prompt("p", fallback="plain").content == "plain"
    with pytest.raises(PromptUnavailable, match="init"):
        prompt("p")
