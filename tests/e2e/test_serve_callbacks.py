"""Who does not wait for the guard is called back by a running Vedette, though it is killed."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.alerting import receiving
from tests.support.served import serving, until

pytestmark = pytest.mark.slow

CONFIG = {"guard": {"private_hosts": ["127.0.0.1"], "webhook_secret": "s3cret-of-guard"}}


def test_verdicts_come_though_everything_is_killed(tmp_path: Path) -> None:
    with receiving() as receiver:
        receiver.statuses = [503, 200]
        with serving(tmp_path, config=CONFIG) as served:
            body = {"text": "I am ada@lovelace.org", "callback": receiver.url}
            answer = httpx2.post(
                f"{served.console}/api/v1/guard/evaluate", json=body, timeout=30
            )  # fmt: skip
            assert answer.status_code == 202, answer.text
            receiver.wait(1, 60)
            served.kill_everything()
        everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        with serving(tmp_path, config=CONFIG, name="again") as served:
            requests = receiver.wait(2, 120)

            def logged() -> list[dict[str, Any]] | None:
                items: list[dict[str, Any]] = served.api("/audit", action="guard.redact")["items"]
                return items or None

            entries = until(logged, 60, lambda: served.output)
    first, second = requests[:2]
    assert first[2] == second[2]
    assert json.loads(second[2])["results"][0]["text"] == "I am [email]"
    assert second[1]["webhook-id"] == answer.json()["id"]
    assert second[1]["webhook-signature"].startswith("v1,")
    assert [one["target"]["id"] for one in entries] == [f"{answer.json()['id']}:0"]
    assert b"ada@lovelace.org" not in everything
