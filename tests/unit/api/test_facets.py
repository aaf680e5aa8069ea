"""Counts and totals as a client sees them."""

from tests.support.console import Console, make_span


def test_counts_follow_the_filter(console: Console) -> None:
    console.services.store.write_batch([make_span(1, model="a"), make_span(2, model="b")])
    found = console.get("/api/v1/facet-counts", field="model", filter="model:a or cost > 100")
    assert found["items"][0]["values"][0]["value"] == "a"
    assert (found["traces"], found["complete"]) == (1, True)
    everything = console.get("/api/v1/facet-counts")
    assert [each["field"] for each in everything["items"]][:2] == ["status", "kind"]


def test_an_unknown_field_is_refused(console: Console) -> None:
    answer = console.client.get("/api/v1/facet-counts", params={"field": "colour"})
    assert answer.status_code == 400


def test_totals_follow_the_filter(console: Console) -> None:
    console.services.store.write_batch([make_span(1), make_span(2, status="error")])
    assert console.get("/api/v1/traces-summary", status="error")["traces"] == 1


def test_series_by_any_dimension(console: Console) -> None:
    console.services.store.write_batch([make_span(1, user_id="ada"), make_span(2, user_id="bob")])
    found = console.get("/api/v1/metrics/series", metric="requests", group_by="user")
    assert {line["group"] for line in found["series"]} == {"ada", "bob"}
    one = console.get("/api/v1/metrics/series", metric="requests", filter="user:ada")
    assert [line["group"] for line in one["series"]] == [None]
    assert sum(value for _, value in one["series"][0]["points"]) == 1
