"""Alerts of a running Vedette, from the first bad call to the receiver."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from tests.support.alerting import receiving
from tests.support.served import Served, serving, until

pytestmark = pytest.mark.slow


def make(served: Served, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = httpx2.post(f"{served.console}/api/v1{path}", json=body, timeout=10)
    assert answer.status_code in (200, 201), answer.text
    made: dict[str, Any] = answer.json()
    return made


def fail_once(served: Served) -> None:
    client = openai.OpenAI(base_url=f"{served.gateway}/v1", api_key="any", max_retries=0)
    with pytest.raises(openai.APIStatusError):
        client.chat.completions.create(
            model="sim/chat", messages=[{"role": "user", "content": "hi"}],
            metadata={"sim_error": "500"},
        )  # fmt: skip


def told(served: Served) -> list[dict[str, Any]] | None:
    items: list[dict[str, Any]] = served.api("/alerts")["items"]
    return [one for one in items if any(one_told["ok"] for one_told in one["told"])] or None


def test_an_error_is_told_once_though_everything_is_killed(tmp_path: Path) -> None:
    config = {"alerts": {"every_s": 1}}
    with receiving() as receiver:
        receiver.statuses = [503, 200]
        with serving(tmp_path, config=config) as served:
            make(served, "/alert-channels", {
                "name": "hook", "kind": "webhook",
                "options": {"url": receiver.url, "secret": "s3cret-of-hook"},
            })  # fmt: skip
            make(served, "/alert-rules", {
                "name": "errors", "metric": "errors", "op": ">=", "value": 1, "window_s": 600,
                "channels": ["hook"],
            })  # fmt: skip
            fail_once(served)
            receiver.wait(1)
            served.kill_everything()
        with serving(tmp_path, config=config, name="again") as served:
            requests = receiver.wait(2)
            found = until(lambda: told(served), 30, lambda: served.output)
            listed = served.run("alerts", "list").stdout
            silent = served.run("alerts", "test", "hook")
            receiver.wait(3)
    first, second = (json.loads(body) for _, _, body in requests[:2])
    assert first["id"] == second["id"]
    assert [one["rule"] for one in first["alerts"]] == ["errors"]
    assert len(found) == 1
    assert "errors" in listed
    assert "Delivered." in silent.stdout, silent
    time, _, signature = requests[1][1]["x-vedette-signature"].partition(",v1=")
    message = time.removeprefix("t=").encode() + b"." + requests[1][2]
    wanted = hmac.new(b"s3cret-of-hook", message, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(signature, wanted)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"s3cret-of-hook" not in everything
