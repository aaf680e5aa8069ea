"""The official Node client over WebSockets; skipped where there is no Node or npm."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.test_serve_node import SOURCES
from tests.support.gateway import provider, running_gateway
from tests.support.node import installed
from tests.support.realtime import RealtimeUpstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


async def test_programs_and_pages_talk(tmp_path: Path) -> None:
    place = await asyncio.to_thread(installed, SOURCES, "openai")
    shutil.copy(SOURCES / "realtime.mjs", place)
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url, api_key="sk-own")) as gateway,
    ):
        node = await asyncio.create_subprocess_exec(
            "node", "--experimental-websocket", "realtime.mjs", gateway.url, "a/gpt-realtime",
            cwd=place, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(60):
            out, err = await node.communicate()
        assert node.returncode == 0, err.decode()
        told = json.loads(out)
        for one in (told["ws"], told["page"]):
            assert one["text"] == "Hello there."
            assert one["kinds"][-1] == "response.done"
        spans = await gateway.spans.count(2)
        assert [span.status for span in spans] == ["ok", "ok"]
        assert [span.usage.audio_output for span in spans] == [91, 91]
    server, page = upstream.openings
    assert server.headers["authorization"] == page.headers["authorization"] == "Bearer sk-own"
    assert page.headers["sec-websocket-protocol"] == "realtime"
    assert "sk-node" not in repr(upstream.openings)
