"""The inbox over HTTP."""

from msgspec.structs import replace

from tests.support.alerting import alert
from tests.support.console import Console
from vedette.alerts.book import Book


def fill(console: Console, count: int, *, is_over: bool = False, at: int = 0) -> list[str]:
    """Alerts with ids from `at`; the smallest is the newest."""
    book = Book(console.services.records, console.parts.clock)
    ids = [f"{number:018x}" for number in range(at, at + count)]
    for id in ids:
        one = alert(id=id, owed=(), rule="even" if int(id, 16) % 2 == 0 else "odd")
        book.write(replace(one, resolved_ns=2 * 10**18 if is_over else None), version=0)
    return ids


def test_open_ones_come_first_page_by_page(console: Console) -> None:
    past = fill(console, 5, is_over=True)
    firing = fill(console, 4, at=100)
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = console.get("/api/v1/alerts", limit="2", **({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert seen == [*firing, *past]


def test_filters(console: Console) -> None:
    past = fill(console, 5, is_over=True)
    firing = fill(console, 4, at=100)
    assert ids(console, state="firing") == firing
    assert ids(console, state="resolved") == past
    assert ids(console, rule="even", state="resolved") == past[::2]
    assert ids(console, severity="critical") == []
    assert console.problem("/api/v1/alerts", 400, state="burning")["code"]


def ids(console: Console, **parameters: str) -> list[str]:
    return [one["id"] for one in console.get("/api/v1/alerts", **parameters)["items"]]


def test_an_alert_is_acknowledged_and_resolved(console: Console) -> None:
    (id,) = fill(console, 1)
    path = f"/api/v1/alerts/{id}"
    assert console.get(path)["state"] == "firing"
    taken = console.client.post(f"{path}/acknowledge", json={"by": "ada", "note": "on it"})
    assert taken.json()["acknowledged_by"] == "ada"
    assert console.client.post(f"{path}/resolve", json={}).json()["state"] == "resolved"
    assert console.client.post(f"{path}/resolve", json={}).status_code == 409
    assert console.client.post(f"{path}/resolve", json={"by": "a\nb"}).status_code == 400


def test_no_project_sees_the_alerts_of_another(console: Console) -> None:
    (id,) = fill(console, 1)
    assert console.problem(f"/api/v1/alerts/{id}", 404, project="other")["code"] == "not_found"
    assert console.get("/api/v1/alerts", project="other")["items"] == []
    answer = console.client.post(f"/api/v1/alerts/{id}/resolve?project=other", json={})
    assert answer.status_code == 404
