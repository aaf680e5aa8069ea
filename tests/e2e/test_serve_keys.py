"""Keys that stand in a file of their own: changed there, they are changed in what runs."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from tests.support.served import Served, serving, until
from tests.support.upstream import Upstream

pytestmark = pytest.mark.slow


def call(served: Served) -> int:
    body = {"model": "m", "messages": [{"role": "user", "content": "x"}]}
    return httpx2.post(f"{served.gateway}/v1/chat/completions", json=body).status_code


def sent_by(upstream: Upstream) -> str | None:
    return upstream.requests[-1].header("authorization")


async def wait_for_key(served: Served, upstream: Upstream, key: str) -> None:
    """Call until the provider is shown this key."""

    def shown() -> bool | None:
        return (call(served) == 200 and sent_by(upstream) == f"Bearer {key}") or None

    await asyncio.to_thread(until, shown, 10, lambda: f"{sent_by(upstream)}\n{served.output}")


async def test_a_key_is_rotated_without_a_restart(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk-first\n")
    async with Upstream() as upstream:
        provider = {"name": "p", "kind": "openai", "base_url": upstream.url}
        config = {"providers": [{**provider, "api_key_file": str(key), "models": ["m"]}]}
        with serving(tmp_path, config=config) as served:
            await wait_for_key(served, upstream, "sk-first")
            workers = served.children("worker")
            key.write_text("sk-second\n")
            await wait_for_key(served, upstream, "sk-second")
            key.write_text("")
            await asyncio.to_thread(served.wait_log, "holds no key")
            assert await asyncio.to_thread(call, served) == 200
            assert sent_by(upstream) == "Bearer sk-second"
            # As secrets are mounted: another file under the same name.
            fresh = tmp_path / "fresh"
            fresh.write_text("sk-third\n")
            fresh.rename(key)
            await wait_for_key(served, upstream, "sk-third")
            assert served.children("worker") == workers
            for said in ("sk-first", "sk-second", "sk-third"):
                assert said not in served.output
