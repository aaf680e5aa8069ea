"""What is told of the levels above: see also `test_previews`."""

from typing import Any

from tests.support.console import Console

PATH = "/api/v1/policies"


def test_versions_on_trial_and_those_in_force_are_told_once(console: Console) -> None:
    rules = [{"name": "pii", "detector": "pii"}]
    upper: dict[str, Any] = {"name": "all", "rules": rules}
    console.client.post(PATH, json={"policy": upper})
    console.client.post(f"{PATH}/all/publish", json={"version": 1})
    console.client.put(f"{PATH}/all", json={"policy": {**upper, "override": True}})
    lower = {"name": "bot", "rules": rules, "scope": {"projects": ["default"]}}
    told = console.client.post(f"{PATH}/preview", json={"policy": lower}).json()["above"]
    assert [one["is_replaced"] for one in told] == [False]
    console.client.post(f"{PATH}/all/publish", json={"version": 2, "share": 10})
    told = console.client.post(f"{PATH}/preview", json={"policy": lower}).json()["above"]
    assert [one["is_replaced"] for one in told] == [False, True]
