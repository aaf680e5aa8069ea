"""Kept answers over the API."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import Console, listening
from vedette.gateway.purging import PurgeFile

PURGE = "/api/v1/cache/purge"


def test_figures_are_shown(console: Console) -> None:
    found = console.get("/api/v1/cache")
    assert found["enabled"] is True
    assert (found["hits"], found["saved_usd"], found["shared_answers"]) == (0, "0.000000", None)


def test_answers_are_forgotten_by_what_is_said(console: Console) -> None:
    made = console.client.post("/api/v1/projects", json={"name": "Shop"}).json()
    body = {"project": "Shop", "model": "m", "tag": "t"}
    answer = console.client.post(PURGE, json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["shared_answers"] is None
    (purge,) = PurgeFile(str(console.parts.folder / "cache.purges")).changed()
    assert (purge.project_id, purge.model, purge.tag) == (made["id"], "m", "t")
    assert purge.at_ns == console.parts.clock.now_ns()
    logged = console.get("/api/v1/audit")["items"]
    assert any(entry["action"] == "cache.purged" for entry in logged)
    console.client.post(PURGE, json={"everything": True})
    assert len(PurgeFile(str(console.parts.folder / "cache.purges")).changed()) == 2


@pytest.mark.parametrize(
    "body",
    [{}, {"everything": False}, {"everything": True, "tag": "t"}, {"key": "zz"}, {"kay": "x"}],
    ids=str,
)
def test_nothing_is_forgotten_by_mistake(console: Console, body: dict[str, Any]) -> None:
    assert console.client.post(PURGE, json=body).status_code == 400
    assert not Path(console.parts.folder / "cache.purges").exists()


def test_a_console_without_gateways_says_so(console: Console) -> None:
    with listening(replace(console.services, cache=None)) as port:
        answer = console.client.get(f"http://127.0.0.1:{port}/api/v1/cache")
        assert answer.status_code == 503
        assert answer.json()["code"] == "cache_unavailable"
