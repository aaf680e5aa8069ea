"""What was spent, over HTTP."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

from tests.support.console import NOW_NS, Console, listening, make_span
from vedette.costs.accounts import Charge
from vedette.costs.limits import limits_of
from vedette.costs.savings import Saving
from vedette.model.span import Payload
from vedette.model.tenant import VirtualKey


def key(console: Console, **body: Any) -> VirtualKey:
    sent = {"project": "default", "name": "k"} | body
    made = console.client.post("/api/v1/keys", json=sent).json()
    assert console.services.access is not None
    return console.services.access.keys.get(made["id"]).value


def called(number: int, key_id: str = "", **changes: Any) -> Any:
    payload = Payload(attributes={"vedette.key_id": key_id} if key_id else {})
    return make_span(number, payload=payload, **changes)


def test_a_key_says_what_it_used_and_what_is_left(console: Console) -> None:
    budgets = [{"limit_usd": 0.01, "window": "1h"}, {"limit_usd": "5"}]
    owner = key(console, budgets=budgets)
    console.services.store.write_batch([called(1, owner.id), called(2, owner.id), called(3)])
    hourly, total = limits_of("key", owner.id, owner.allowance)
    charges = [Charge(hourly.account, 0, 2_500_000), Charge(total.account, 1_000_000, 2_500_000)]
    console.parts.counters.reserve(charges, NOW_NS)
    shown = console.get(f"/api/v1/keys/{owner.id}/usage")
    assert shown["requests"] == 2
    assert (shown["cost_usd"], shown["reserved_usd"]) == ("0.002500", "0.001000")
    assert shown["tokens"]["total"] == 2 * 23
    assert (shown["tokens"]["cache_read"], shown["tokens"]["reasoning"]) == (8, 4)
    first, second = shown["budgets"]
    assert (first["limit_usd"], first["spent_usd"]) == ("0.010000", "0.002500")
    assert first["resets_at"].startswith("2023-11-14T23:1")
    assert second == {
        "limit_usd": "5.000000", "spent_usd": "0.002500", "reserved_usd": "0.001000",
        "window": "total", "action": "block", "reroute_to": "", "soft": [0.8],
        "timezone": "UTC", "resets_at": None,
    }  # fmt: skip


def test_a_rotated_key_goes_on_with_what_it_used(console: Console) -> None:
    old = key(console)
    made = console.client.post(f"/api/v1/keys/{old.id}/rotate", json={}).json()
    attributes = {"vedette.key_id": made["id"], "vedette.key_account": old.id}
    console.services.store.write_batch(
        [called(1, old.id), make_span(2, payload=Payload(attributes=attributes))]
    )
    assert console.get(f"/api/v1/keys/{made['id']}/usage")["requests"] == 2


def test_an_unknown_key_is_not_found(console: Console) -> None:
    console.problem("/api/v1/keys/abc/usage", 404)


def test_usage_is_summed_by_what_is_asked_for(console: Console) -> None:
    console.services.store.write_batch(
        [
            called(1, model="a", project_id="p1"),
            called(2, model="a", cost_nano_usd=None),
            called(3, model="b", cost_nano_usd=9_000_000),
        ]
    )
    report = console.get("/api/v1/usage", by="model")
    assert [(row["by"], row["cost_usd"]) for row in report["items"]] == [
        ({"model": "b"}, "0.009000"),
        ({"model": "a"}, "0.001250"),
    ]
    assert report["total"]["requests"] == 3
    assert report["total"]["unpriced_requests"] == 1
    assert len(console.get("/api/v1/usage", by="model,project")["items"]) == 3
    assert console.get("/api/v1/usage", project="p1")["total"]["requests"] == 1
    assert console.get("/api/v1/usage", **{"from": "now-2s"})["total"]["requests"] == 2
    assert console.get("/api/v1/usage", to="now-2s")["total"]["requests"] == 1
    assert console.get("/api/v1/usage")["items"] == []


def test_what_cannot_be_summed_by_is_said(console: Console) -> None:
    problem = console.problem("/api/v1/usage", 400, by="colour")
    assert "at most 4 of organization, project" in problem["detail"]


def test_the_dearest_alone_and_what_the_others_cost(console: Console) -> None:
    console.services.store.write_batch(
        [called(n, model=f"m{n}", cost_nano_usd=n * 10**6) for n in range(1, 5)]
    )
    found = console.get("/api/v1/usage", by="model,day", top="2")
    assert [row["by"]["model"] for row in found["items"]] == ["m4", "m3"]
    assert [row["cost_usd"] for row in found["rest"]] == ["0.003000"]
    assert list(found["rest"][0]["by"]) == ["day"]
    assert (found["others"], found["total"]["cost_usd"]) == (2, "0.010000")
    assert console.get("/api/v1/usage", by="model", top="4")["others"] == 0
    for wrong in ("0", "-1", "1001", "x"):
        console.problem("/api/v1/usage", 400, by="model", top=wrong)


def test_sums_and_rows_come_as_files(console: Console) -> None:
    console.services.store.write_batch(
        [called(1, model="=evil()", tags=("x", "y")), called(2, cost_nano_usd=None)]
    )
    answer = console.client.get("/api/v1/usage", params={"by": "model", "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert {line["model"]: line["cost_usd"] for line in lines} == {
        "'=evil()": "0.001250000", "gpt-5": "0.000000000",
    }  # fmt: skip
    rows = console.client.get("/api/v1/ledger", params={"format": "csv"})
    assert [line["cost_usd"] for line in csv.DictReader(io.StringIO(rows.text))] == [
        "0.001250000", "",
    ]  # fmt: skip
    told = [json.loads(line) for line in console.client.get("/api/v1/ledger").text.splitlines()]
    assert [(row["model"], row["tags"]) for row in told] == [
        ("=evil()", ["x", "y"]), ("gpt-5", ["blue"]),
    ]  # fmt: skip


def test_budgets_are_listed_the_fullest_first(console: Console) -> None:
    for name, limit in (("wide", 50), ("narrow", 1)):
        owner = key(console, name=name, budgets=[{"limit_usd": limit}])
        (budget,) = limits_of("key", owner.id, owner.allowance)
        console.parts.counters.reserve([Charge(budget.account, 0, 500_000_000)], NOW_NS)
    items = console.get("/api/v1/budgets")["items"]
    assert [one["budget"]["limit_usd"] for one in items] == ["1.000000", "50.000000"]
    assert {one["scope"] for one in items} == {"key"}


def test_savings_come_with_what_the_cache_saved(console: Console) -> None:
    said = Payload(attributes={"vedette.cache.saved_nano_usd": "3000000"})
    console.services.store.write_batch([called(1, model="a"), make_span(2, payload=said)])
    asked: list[Any] = []
    saving = Saving(
        kind="smaller_model", provider="openai", model="gpt-5", requests=2,
        cost_nano_usd=2_500_000, saves_nano_usd=1_000_000, other="gpt-5-mini", advice="Try it.",
    )  # fmt: skip

    def find(sums: Any) -> tuple[Saving, ...]:
        asked.extend(sums)
        return (saving,)

    services = replace(console.services, savings=find)
    with listening(services) as port:
        url = f"http://127.0.0.1:{port}/api/v1/savings"
        report = console.client.get(url, params={"model": "gpt-5"}).json()
    assert [one.names for one in asked] == [("openai", "gpt-5")]
    assert (report["cost_usd"], report["saved_by_cache_usd"]) == ("0.001250", "0.003000")
    assert console.get("/api/v1/usage")["total"]["cached_requests"] == 1
    (told,) = report["items"]
    assert (told["other"], told["saves_usd"], told["is_upper_bound"]) == (
        "gpt-5-mini", "0.001000", False,
    )  # fmt: skip
