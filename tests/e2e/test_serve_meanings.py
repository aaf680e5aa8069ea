"""Questions in other words get the kept answer of a running Vedette, where that is switched on."""

import importlib.util
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.answers import chat
from tests.support.served import Served, serving
from tests.support.upstream import Upstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ASKED = "How do I reset my password?"
REWORDED = "Hello, how can I reset my password? Thanks!"
OPPOSITE = "How do I keep my password?"
TOOL = {"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}


def config(upstream: Upstream, **cache: Any) -> dict[str, Any]:
    provider = {"name": "p", "kind": "openai", "base_url": upstream.url, "api_key": "sk"}
    return {"providers": [provider], "cache": {"enabled": True, **cache}}


async def ask(
    served: Served, text: str, *, system: str = "Be brief.", **fields: Any
) -> httpx2.Response:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    body = {"model": "p/m", "temperature": 0, "messages": messages, **fields}
    async with httpx2.AsyncClient(base_url=served.gateway, timeout=60) as client:
        answer = await client.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.skipif(importlib.util.find_spec("wordllama") is None, reason="needs vedette[semantic]")
async def test_only_the_same_question_in_other_words_hits(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: chat()
        with serving(tmp_path, config=config(upstream, semantic_threshold=0.85)) as served:
            first = await ask(served, ASKED, tools=[TOOL])
            assert first.headers["x-vedette-cache"] == "miss"
            again = await ask(served, REWORDED, tools=[TOOL])
            assert again.headers["x-vedette-cache"] == "hit"
            assert 0.85 <= float(again.headers["x-vedette-cache-similarity"]) <= 1
            assert again.json()["choices"] == first.json()["choices"]
            for other in (
                await ask(served, REWORDED, tools=[TOOL], system="Be long."),
                await ask(served, REWORDED),
                await ask(served, OPPOSITE, tools=[TOOL]),
            ):
                assert other.headers["x-vedette-cache"] == "miss"
                assert "x-vedette-cache-similarity" not in other.headers
    assert len(upstream.requests) == 4


async def test_without_a_threshold_other_words_are_another_question(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: chat()
        with serving(tmp_path, config=config(upstream)) as served:
            answers = [await ask(served, text) for text in (ASKED, REWORDED, ASKED)]
    assert [one.headers["x-vedette-cache"] for one in answers] == ["miss", "miss", "hit"]
    assert len(upstream.requests) == 2
