import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat
from vedette.gateway.tiers import find_tier


@pytest.mark.parametrize(
    ("data", "tier"),
    [
        (b'{"service_tier":"flex"}', "flex"),
        (b'{"usage":{"service_tier" : "batch"}}', "batch"),
        (b'{"usage":{"service_tier":"standard","speed":"fast"}}', "fast"),
        (b'{"service_tier":"default"}', ""),
        (b'{"service_tier":null}', ""),
        (json.dumps({"content": '{"service_tier":"flex"}'}).encode(), ""),
    ],
)
def test_an_answer_says_its_tier(data: bytes, tier: str) -> None:
    assert find_tier(data) == tier


@pytest.mark.parametrize("stream", [False, True])
async def test_a_call_costs_what_its_tier_costs(tmp_path: Path, stream: bool) -> None:
    usage = {"prompt_tokens": 1_000_000, "completion_tokens": 0, "total_tokens": 1_000_000}
    async with Upstream() as upstream:
        asked = provider("a", upstream.url, api_key="sk", price_provider="openai")
        async with running_gateway(tmp_path, asked) as gateway:
            for tier, cost in (("default", 1_250_000_000), ("flex", 625_000_000)):
                told: dict[str, Any] = {"model": "gpt-5", "service_tier": tier, "usage": usage}
                if stream:
                    event = {"id": "x", "choices": [], **told}
                    pieces = [answers.sse(json.dumps(event).encode()), answers.sse(b"[DONE]")]
                    upstream.script(answers.answer_in_pieces(pieces))
                else:
                    upstream.script(answers.chat(**told))
                await call(gateway, chat("a/gpt-5", stream=stream))
                spans = await gateway.spans.count(len(gateway.spans.spans) + 1)
                assert spans[-1].cost_nano_usd == cost
            assert spans[-1].payload.attributes["vedette.service_tier"] == "flex"
