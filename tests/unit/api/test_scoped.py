"""Allowances over HTTP."""

from dataclasses import replace

from tests.support.console import NOW_NS, Console, listening, make_span
from vedette.costs.accounts import Charge
from vedette.costs.limits import limits_by
from vedette.model.tenant import Allowance, Limits, ScopedAllowance

PATH = "/api/v1/allowances"


def test_one_is_made_changed_and_deleted(console: Console) -> None:
    budget = {"limit_usd": 5, "window": "1d", "action": "reroute", "reroute_to": "small"}
    body = {"scope": "model", "name": "gpt-*", "budgets": [budget], "on_failure": "closed"}
    answer = console.client.post(PATH, json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["origin"], made["project"], made["on_failure"]) == ("managed", None, "closed")
    assert made["budgets"][0]["reroute_to"] == "small"
    place = answer.headers["location"]
    assert console.get(place) == made
    assert console.get(PATH)["items"] == [made]
    edited = console.client.patch(
        place, json={"together": True}, headers={"if-match": answer.headers["etag"]}
    ).json()
    assert (edited["together"], edited["budgets"]) == (True, made["budgets"])
    late = console.client.patch(place, json={}, headers={"if-match": answer.headers["etag"]})
    assert late.status_code == 412
    assert console.client.post(PATH, json=body).status_code == 409
    assert console.client.delete(place).status_code == 204
    assert console.problem(place, 404)["code"] == "not_found"


def test_what_is_wrong_is_named(console: Console) -> None:
    for body, field in (
        ({"scope": "colour"}, "scope"),
        ({"scope": "user", "on_failure": "ajar"}, "on_failure"),
        ({"scope": "user", "project": "none"}, "project"),
        ({"scope": "user", "budgets": [{"limit_usd": 1, "action": "sing"}]}, "budgets[0].action"),
        ({"name": "x"}, "scope"),
    ):
        answer = console.client.post(PATH, json=body)
        assert answer.status_code == 400
        assert [error["name"] for error in answer.json()["errors"]] == [field]


def test_those_of_the_configuration_come_first_and_count(console: Console) -> None:
    console.client.post(PATH, json={"scope": "tag", "name": "x", "limits": {"rpm": 3}})
    own = ScopedAllowance(scope="tag", name="x", allowance=Allowance(limits=Limits(rpm=1)))
    services = replace(console.services, rules=lambda: (own,))
    with listening(services) as port:
        url = f"http://127.0.0.1:{port}{PATH}"
        first, second = console.client.get(url).json()["items"]
        assert (first["origin"], first["id"], first["in_force"]) == ("file", None, True)
        assert (second["origin"], second["in_force"]) == ("managed", False)
        assert console.client.post(url, json={"scope": "tag", "name": "x"}).status_code == 409


def test_budgets_of_users_stand_in_the_list(console: Console) -> None:
    console.client.post(PATH, json={"scope": "user", "budgets": [{"limit_usd": 1}]})
    shared = {"scope": "tag", "name": "b*", "together": True, "budgets": [{"limit_usd": 9}]}
    console.client.post(PATH, json=shared)
    console.services.store.write_batch([make_span(1, user_id="ann")])
    items = console.get("/api/v1/budgets")["items"]
    assert [(one["scope"], one["name"], one["project"]) for one in items] == [
        ("user", "ann", "default"), ("tag", "", None),
    ]  # fmt: skip
    assert items[0]["budget"]["spent_usd"] == "0.001250"
    burn = console.get(f"/api/v1/budgets/{items[0]['id']}")
    assert burn["points"][-1]["spent_usd"] == "0.001250"
    assert burn["forecast"]["exhausted_at"] > burn["points"][-1]["time"]
    console.problem("/api/v1/budgets/none", 404)


def test_limits_in_force_say_what_is_used(console: Console) -> None:
    console.client.post(PATH, json={"scope": "user", "limits": {"rpm": 4, "usd_per_minute": 1}})
    console.services.store.write_batch([make_span(1, user_id="ann")])
    rule = console.services.access.allowances.list()[0][1].value  # type: ignore[union-attr]
    requests, _ = limits_by(rule, "ann", "default")
    console.parts.counters.reserve([Charge(requests.account, 0, 3)], NOW_NS)
    first, second = console.get("/api/v1/limits")["items"]
    assert (first["name"], first["unit"], first["limit"], first["used"]) == (
        "ann", "requests", "4", "3",
    )  # fmt: skip
    assert (second["unit"], second["limit"], second["used"]) == ("cost", "1.000000", "0.000000")
