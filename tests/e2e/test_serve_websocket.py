"""A WebSocket through `vedette serve`: a changed file leaves it open, SIGTERM closes it kindly."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.support.realtime import RealtimeUpstream, closed, event, heard, opened_at
from tests.support.served import WAIT_S, Served, serving, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def config(url: str, *routes: str) -> dict[str, Any]:
    targets = [{"provider": "a", "model": "gpt-realtime"}]
    return {
        "gateway": {"listen": "127.0.0.1:0", "workers": 1, "limits": {"drain_s": 1}},
        "providers": [{"name": "a", "kind": "openai", "base_url": url, "api_key": "sk-own"}],
        "routes": [{"model": model, "targets": targets} for model in routes],
    }


def version(served: Served) -> int:
    return int(served.ready_of(served.gateway)[1].get("config_version", 0))


def reload(served: Served, url: str) -> None:
    """Change the file, and wait until the worker has it."""
    before = version(served)
    served.write_config(config(url, "new"))
    until(lambda: version(served) > before or None, WAIT_S, lambda: served.output)


async def test_a_reload_leaves_it_open_and_a_stop_closes_it(tmp_path: Path) -> None:
    async with RealtimeUpstream() as upstream:
        with serving(tmp_path, config=config(upstream.url, "old")) as served:
            async with opened_at(served.state["gateway"], "/v1/realtime?model=old") as socket:
                assert (await heard(socket))["type"] == "session.created"
                await asyncio.to_thread(reload, served, upstream.url)
                await socket.send(event("response.create"))
                while (await heard(socket))["type"] != "response.done":
                    pass
                stopping = asyncio.create_task(asyncio.to_thread(served.stop))
                assert await closed(socket) == (1001, "shutting_down")
                assert await stopping == 0
                assert "Traceback" not in served.output
        assert upstream.close_codes == [1001]
    with serving(tmp_path, name="again") as served:
        (trace,) = served.wait_traces(1)
        (span,) = served.api(f"/traces/{trace['trace_id']}")["spans"]
        assert (span["name"], span["usage"]["audio_output"]) == ("realtime gpt-realtime", 91)
        assert span["attributes"]["error.type"] == "shutting_down"
        assert span["attributes"]["vedette.websocket.close_code"] == "1001"
