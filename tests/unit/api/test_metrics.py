"""Metrics over HTTP."""

import pytest

from tests.support.console import Console, make_span


def test_series_have_the_documented_shape(console: Console) -> None:
    console.services.store.write_batch([make_span(1), make_span(2, status="error")])
    answer = console.get("/api/v1/metrics/series", metric="requests", bucket_s="3600")
    assert answer == {
        "bucket_s": 3_600,
        "from": "2023-11-13T22:13:20.000000Z",
        "to": "2023-11-14T22:13:20.000000Z",
        "series": [
            {
                "metric": "requests", "group": None, "unit": "count",
                "points": [["2023-11-14T22:00:00.000000Z", 2.0]],
            }
        ],
    }  # fmt: skip


def test_series_are_grouped(console: Console) -> None:
    console.services.store.write_batch([make_span(1), make_span(2, model="m2")])
    parameters = "metric=cost_usd&metric=requests&group_by=model"
    answer = console.client.get("/api/v1/metrics/series", params=parameters).json()
    found = {(line["metric"], line["group"]) for line in answer["series"]}
    assert found == {
        ("cost_usd", "gpt-5"), ("cost_usd", "m2"), ("requests", "gpt-5"), ("requests", "m2"),
    }  # fmt: skip


def test_the_summary_compares_with_the_range_before(console: Console) -> None:
    spans = [make_span(1), make_span(2, status="error"), make_span(90_000)]
    console.services.store.write_batch(spans)
    summary = console.get("/api/v1/metrics/summary")
    assert summary["current"]["requests"] == 2
    assert summary["current"]["error_rate"] == 0.5
    assert summary["current"]["cost_usd"] == "0.002500"
    assert summary["current"]["latency_p95_ms"] == pytest.approx(250, rel=0.01)
    assert summary["previous"]["requests"] == 1
    assert summary["from"] == "2023-11-13T22:00:00.000000Z"
    assert summary["previous_from"] == "2023-11-12T22:00:00.000000Z"
    minute = console.get("/api/v1/metrics/summary", **{"from": "now-60s"})
    assert (minute["current"]["requests"], minute["previous"]["requests"]) == (2, 0)


def test_bad_parameters_are_named(console: Console) -> None:
    problem = console.problem("/api/v1/metrics/series", 400, metric="speed")
    assert problem["errors"][0]["name"] == "metric"
    problem = console.problem("/api/v1/metrics/summary", 400, bucket_s="60")
    assert problem["code"] == "unknown_parameter"
