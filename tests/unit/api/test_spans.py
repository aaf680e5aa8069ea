"""`/spans` as a client sees it."""

from tests.support.console import Console, make_span


def test_spans_of_a_trace_come_with_payload(console: Console) -> None:
    trace_id = "ab" * 16
    spans = [make_span(n, trace_id=trace_id) for n in (1, 2)]
    console.services.store.write_batch([*spans, make_span(3)])
    items = console.get("/api/v1/spans", trace_id=trace_id)["items"]
    assert [item["span_id"] for item in items] == [f"{1:016x}", f"{2:016x}"]
    assert items[0]["input"][0]["parts"][0]["content"] == "question 1"
    assert items[0]["attempts"][0]["duration_ms"] == 250.0


def test_spans_without_payload_are_light(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    [item] = console.get("/api/v1/spans", payload="false")["items"]
    assert item["input"] is None
    assert item["tool_calls"][0]["name"] == "look"


def test_spans_are_paged_and_filtered(console: Console) -> None:
    spans = [make_span(n, status="error" if n % 2 else "ok") for n in range(1, 8)]
    console.services.store.write_batch(spans)
    first = console.get("/api/v1/spans", status="error", limit="3")
    rest = console.get("/api/v1/spans", status="error", limit="3", cursor=first["next_cursor"])
    assert [int(item["span_id"], 16) for item in first["items"] + rest["items"]] == [1, 3, 5, 7]
    assert rest["next_cursor"] is None
