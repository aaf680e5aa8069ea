"""`/guard/findings` and `/guard/overview` as a client sees them."""

from typing import Any

from tests.support.console import NOW_NS, Console
from tests.support.guarded_spans import MAIL, guarded, hit
from vedette.api.findings import DEFAULT_NS

PATH = "/api/v1/guard/findings"


def filled(console: Console, count: int = 3) -> None:
    spans = [guarded(n, hit(), start_ns=NOW_NS - n * 10**9) for n in range(count)]
    console.services.store.write_batch(spans)


def ask(console: Console, method: str, path: str, status: int = 200, **body: Any) -> Any:
    answer = console.client.request(method, path, json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def test_findings_are_listed_page_by_page(console: Console) -> None:
    filled(console)
    page = console.get(PATH, limit="2")
    assert [item["kind"] for item in page["items"]] == ["email", "email"]
    rest = console.get(PATH, limit="2", cursor=page["next_cursor"])
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    assert console.get(PATH, detector="secrets")["items"] == []
    assert console.get(PATH, project="other")["items"] == []
    assert console.get(PATH, to="2000-01-01T00:00:00Z")["items"] == []


def test_what_means_nothing_is_refused(console: Console) -> None:
    for name, value in (("cursor", "x"), ("action", "x"), ("mode", "x"),
                        ("limit", "0"), ("trace_id", "zz"), ("min_score", "-1")):  # fmt: skip
        assert console.problem(PATH, 400, **{name: value})["code"] == "invalid_parameter"
    assert console.problem(PATH, 400, odd="1")["code"] == "unknown_parameter"
    assert console.problem(f"{PATH}/x", 404)
    assert console.problem(f"{PATH}/{'ab' * 16}-{'cd' * 8}-0", 404)
    assert console.problem(f"{PATH}/counts", 400, by="odd")


def test_a_finding_is_shown_in_its_text_and_judged(console: Console) -> None:
    filled(console, 1)
    id = console.get(PATH)["items"][0]["id"]
    shown = console.get(f"{PATH}/{id}")
    excerpt = shown["excerpt"]
    assert excerpt["text"][excerpt["start"] : excerpt["end"]] == MAIL
    assert shown["finding"]["said"] is None
    ask(console, "POST", f"{PATH}/{id}/feedback", is_true=False, note="ours")
    assert console.get(PATH)["items"][0]["said"] is False
    assert console.get(f"{PATH}/{id}")["note"] == "ours"
    ask(console, "DELETE", f"{PATH}/{id}/feedback", 204)
    ask(console, "DELETE", f"{PATH}/{id}/feedback", 404)
    ask(console, "POST", f"{PATH}/{id}/feedback", 400, is_true="maybe")
    ask(console, "POST", f"{PATH}/{id}/feedback?project=other", 404, is_true=True)


def test_findings_are_counted_by_what_they_are(console: Console) -> None:
    filled(console)
    found = console.get(f"{PATH}/counts", by="rule,kind")
    assert found["items"] == [
        {"values": {"rule": "personal", "kind": "email"}, "findings": 3, "calls": 3}
    ]


def test_all_of_the_overview_is_of_the_same_full_hours(console: Console) -> None:
    """A range within an hour once had its calls and none of its findings."""
    filled(console)
    found = console.get("/api/v1/guard/overview", **{"from": "now-1m"})
    hours = [found["start_time"], found["end_time"]]
    assert all(time.endswith(":00:00.000000Z") for time in hours)
    calls = found["totals"]["flagged"]
    assert calls > 0
    assert calls == sum(one["calls"] for one in found["triggers"])


def test_the_overview_tells_all_of_a_range(console: Console) -> None:
    filled(console)
    found = console.get("/api/v1/guard/overview")
    assert (found["totals"]["calls"], found["totals"]["flagged"]) == (3, 3)
    assert found["totals"]["cost_usd"] == "0.000006"
    assert found["triggers"][0]["rule"] == "personal"
    assert found["step_s"] == 86_400
    assert DEFAULT_NS == 7 * 86_400 * 10**9
    empty = console.get("/api/v1/guard/overview", to="2000-01-02T00:00:00Z")
    assert (empty["totals"]["calls"], empty["steps"]) == (0, [])
