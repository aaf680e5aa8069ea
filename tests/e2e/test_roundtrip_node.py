"""The official Node clients ask every provider; skipped where there is no Node or npm."""

import asyncio
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_serve_node import SOURCES
from tests.support.answers import Script, answer
from tests.support.node import installed
from tests.support.provided import SCENARIOS
from tests.support.providers import KINDS, answering, provider_of
from tests.support.upstream import Received

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

MODELS = {"text": "text", "thoughts-and-tools": "thoughts and tools", "cached": "cached"}
"""Model -> what the provider says to calls that name it."""
SAID_NO = "No key of that name."
CLASSES = {
    "openai": "AuthenticationError", "anthropic": "AuthenticationError", "google": "ApiError",
    "ollama": "ResponseError",
}  # fmt: skip


def named(request: Received) -> str:
    """The model that a request names, in its body or in its path."""
    found = re.search(r"/model(?:s)?/([\w-]+)", request.path)
    return found[1] if found else str(json.loads(request.body)["model"])


def said(dialect: str, model: str) -> dict[str, Any]:
    scenario = SCENARIOS[MODELS[model]]
    return {
        "text": scenario.text,
        "thoughts": scenario.thoughts,
        "calls": [[id, name, json.loads(written)] for id, name, written in scenario.calls],
        "usage": [scenario.input_tokens, scenario.output_tokens],
    }


@pytest.mark.parametrize("dialect", KINDS)
async def test_the_node_clients(tmp_path: Path, dialect: str) -> None:
    place = await asyncio.to_thread(installed, SOURCES, "openai")
    shutil.copy(SOURCES / "providers.mjs", place)

    def respond(request: Received) -> Script:
        model = named(request)
        if model == "refused":
            error = SAID_NO if dialect == "ollama_chat" else {"message": SAID_NO}
            return answer(json.dumps({"error": error, "message": SAID_NO}).encode(), 401)
        return answering(dialect, SCENARIOS[MODELS[model]])(request)

    async with provider_of(tmp_path, dialect) as (upstream, gateway, root):
        upstream.respond = respond
        node = await asyncio.create_subprocess_exec(
            "node", "providers.mjs", root, *MODELS, cwd=place,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(60):
            out, err = await node.communicate()
        assert node.returncode == 0, err.decode()
        spans = await gateway.spans.count(5 * 2 * len(MODELS) + 4)
    told = json.loads(out)
    refused = told.pop("refused")
    for client, answers in told.items():
        for model, pair in answers.items():
            wanted = said(dialect, model)
            if client == "talk":
                wanted["calls"] = [[None, *call[1:]] for call in wanted["calls"]]
            for found in pair:
                assert found.pop("stop"), (client, model)
                assert found == wanted, (client, model)
    for client, error in refused.items():
        assert SAID_NO in error["message"], client
        assert (error["name"], error["status"]) == (CLASSES[client], 401)
    assert sum(span.status == "error" for span in spans) == 4
