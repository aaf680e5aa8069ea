"""`/traces` as a client sees it."""

from tests.support.console import NOW_NS, Console, make_span

CONTRACT = {
    "trace_id", "name", "start_time", "duration_ms", "status", "span_count", "models",
    "providers", "session_id", "user_id", "tags", "usage", "cost_usd", "ttft_ms",
}  # fmt: skip


def test_an_empty_store_lists_no_trace(console: Console) -> None:
    assert console.get("/api/v1/traces") == {"items": [], "next_cursor": None}


def test_a_listed_trace_has_the_fields_of_the_contract(console: Console) -> None:
    console.services.store.write_batch([make_span(5)])
    [item] = console.get("/api/v1/traces")["items"]
    assert item.keys() >= CONTRACT
    assert item["trace_id"] == f"{5:032x}"
    assert item["start_time"] == "2023-11-14T22:13:15.000000Z"
    assert item["duration_ms"] == 250.0
    assert item["cost_usd"] == "0.001250"
    assert item["models"] == ["gpt-5"]


def test_pages_follow_each_other_without_gap_or_double(console: Console) -> None:
    console.services.store.write_batch([make_span(number) for number in range(1, 8)])
    seen: list[str] = []
    cursor = ""
    for _ in range(4):
        page = console.get("/api/v1/traces", limit="2", cursor=cursor)
        seen += [item["trace_id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"{number:032x}" for number in range(1, 8)]
    assert cursor is None


def test_filters_reach_the_store(console: Console) -> None:
    console.services.store.write_batch(
        [
            make_span(1),
            make_span(2, model="m2", provider="other", status="error", tags=("red",)),
            make_span(3, session_id="s3", user_id="u3", cost_nano_usd=5_000_000_000),
            make_span(4, end_ns=NOW_NS + 60_000_000_000, kind="embedding"),
        ]
    )

    while console.services.store.maintain():
        pass

    def found(**filters: str) -> list[int]:
        items = console.get("/api/v1/traces", **filters)["items"]
        return [int(item["trace_id"], 16) for item in items]

    assert found() == [1, 2, 3, 4]
    assert found(model="m2") == [2]
    assert found(provider="other") == [2]
    assert found(status="error") == [2]
    assert found(tag="red") == [2]
    assert found(session="s3") == [3]
    assert found(user="u3") == [3]
    assert found(min_cost="4.999999") == [3]
    assert found(min_latency_ms="30000") == [4]
    assert found(kind="embedding") == [4]
    assert found(q="question 3") == [3]
    assert found(**{"from": "2023-11-14T22:13:17Z", "to": "2023-11-14T22:13:19Z"}) == [2, 3]
    assert found(**{"from": "now-3s", "to": "now-1s"}) == [2, 3]


def test_a_mistyped_filter_is_refused_with_the_known_ones(console: Console) -> None:
    problem = console.problem("/api/v1/traces", 400, modle="gpt-5")
    assert problem["code"] == "unknown_parameter"
    assert "'modle'" in problem["detail"]
    assert "min_latency_ms" in problem["detail"]


def test_a_bad_value_names_parameter_value_and_expectation(console: Console) -> None:
    problem = console.problem("/api/v1/traces", 400, limit="1001")
    assert problem["code"] == "invalid_parameter"
    [error] = problem["errors"]
    assert error == {"name": "limit", "value": "1001", "expected": "a whole number from 1 to 1000"}


def test_a_trace_comes_with_its_spans_oldest_first(console: Console) -> None:
    trace_id = "ab" * 16
    child = make_span(1, trace_id=trace_id, parent_span_id=f"{2:016x}", kind="tool")
    console.services.store.write_batch([child, make_span(2, trace_id=trace_id)])
    trace = console.get(f"/api/v1/traces/{trace_id}")
    assert trace["span_count"] == 2
    assert trace["spans_truncated"] is False
    parent, shown = trace["spans"]
    assert parent["parent_span_id"] is None
    assert shown["parent_span_id"] == parent["span_id"]
    assert parent["input"] == [
        {"role": "user", "parts": [{"type": "text", "content": "question 2"}]}
    ]
    assert parent["raw_request"] is None


def test_a_trace_without_payload_is_a_skeleton(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    [span] = console.get(f"/api/v1/traces/{1:032x}", payload="false")["spans"]
    assert span["payload_included"] is False
    assert span["input"] is None
    assert span["attributes"] == {}


def test_one_span_comes_with_its_raw_bodies(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    span = console.get(f"/api/v1/traces/{1:032x}/spans/{1:016x}")
    assert span["raw_request"] == '{"model":"gpt-5"}'
    assert span["attempts"][0]["provider"] == "openai"


def test_upper_case_ids_find_their_trace(console: Console) -> None:
    console.services.store.write_batch([make_span(1, trace_id="ab" * 16)])
    assert console.get(f"/api/v1/traces/{'AB' * 16}")["trace_id"] == "ab" * 16


def test_what_is_not_there_is_not_found(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    assert console.problem(f"/api/v1/traces/{2:032x}", 404)["code"] == "not_found"
    assert console.problem(f"/api/v1/traces/{1:032x}/spans/{2:016x}", 404)["code"] == "not_found"


def test_a_malformed_id_is_a_bad_request(console: Console) -> None:
    assert console.problem("/api/v1/traces/nonsense", 400)["errors"][0]["name"] == "trace_id"
    bad = console.problem(f"/api/v1/traces/{1:032x}/spans/x", 400)
    assert bad["errors"][0]["name"] == "span_id"


def test_facets_list_what_was_seen(console: Console) -> None:
    console.services.store.write_batch([make_span(1), make_span(2, model="m2", tags=("red",))])
    facets = console.get("/api/v1/facets")
    assert facets == {
        "models": ["gpt-5", "m2"], "providers": ["openai"], "tags": ["blue", "red"],
    }  # fmt: skip


def test_the_grammar_of_filters_is_understood_and_its_errors_tell_the_place(
    console: Console,
) -> None:
    console.services.store.write_batch([make_span(1, tags=("a",)), make_span(2, tags=("b",))])
    [item] = console.get("/api/v1/traces", filter="tag:a or tag:zzz")["items"]
    assert item["trace_id"] == f"{1:032x}"
    answer = console.client.get("/api/v1/traces", params={"filter": "tag = a and cost > much"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "invalid_filter")
    assert problem["errors"][0]["name"] == "filter"
    assert "character 20" in problem["detail"]


def test_fields_of_filters_are_told(console: Console) -> None:
    fields = {field["name"]: field for field in console.get("/api/v1/filter-fields")["items"]}
    assert fields["status"]["choices"] == ["ok", "error", "unset"]
    assert fields["attributes"]["keyed"]
