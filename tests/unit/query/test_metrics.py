"""Ranges, buckets and totals."""

from collections.abc import Iterable

import pytest

from vedette.model.query import Series, SeriesQuery
from vedette.query.metrics import (
    MAX_BUCKETS,
    METRICS,
    SERIES_PARAMETERS,
    Scope,
    choose_bucket_s,
    read_series,
    series_answer,
    summary_answer,
    total_queries,
)
from vedette.query.parameters import ParameterError, Parameters

NOW_NS = 1_700_000_000_000_000_000
DAY_S = 86_400


def query(*pairs: tuple[str, str]) -> SeriesQuery:
    parameters = Parameters(pairs, SERIES_PARAMETERS)
    return read_series(parameters, project_id="p", now_ns=NOW_NS).query


def test_without_parameters_it_is_everything_of_the_last_day() -> None:
    asked = query()
    assert asked.metrics == METRICS
    assert asked.to_ns == NOW_NS
    assert asked.from_ns == NOW_NS - DAY_S * 10**9
    assert asked.bucket_s == 900
    assert asked.project_id == "p"


def test_metrics_repeat_and_groups_are_named() -> None:
    asked = query(("metric", "errors"), ("metric", "requests"), ("group_by", "model"))
    assert asked.metrics == ("requests", "errors")
    assert asked.group_by == "model"


@pytest.mark.parametrize(
    "range_s", [1, 60, 3_600, DAY_S, 30 * DAY_S, 365 * DAY_S, 200 * 365 * DAY_S]
)
def test_automatic_buckets_are_round_and_not_too_many(range_s: int) -> None:
    bucket_s = choose_bucket_s(range_s)
    assert bucket_s % 60 == 0
    assert range_s / bucket_s <= 120


@pytest.mark.parametrize("bucket_s", ["59", "61", "0", "x", "60"])
def test_buckets_that_do_not_fit_say_which_would(bucket_s: str) -> None:
    with pytest.raises(ParameterError) as caught:
        query(("bucket_s", bucket_s), ("from", "now-30d"))
    assert caught.value.name == "bucket_s"
    if bucket_s in ("60", "61"):
        assert "at least 1740" in caught.value.expected
        assert 30 * DAY_S / 1_740 <= MAX_BUCKETS


def test_an_unknown_metric_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="latency_p95_ms"):
        query(("metric", "latency"))


def test_series_say_their_unit_and_group() -> None:
    asked = query(("metric", "cost_usd"), ("group_by", "model"))
    line = Series(metric="cost_usd", group="m", points=((NOW_NS, 0.5),))
    answer = series_answer(asked, [line], is_grouped=True)
    [shown] = answer.series
    assert (shown.unit, shown.group) == ("usd", "m")
    assert shown.points == (("2023-11-14T22:13:20.000000Z", 0.5),)


def totals_of(from_ns: int, to_ns: int) -> tuple[SeriesQuery, SeriesQuery]:
    return total_queries(Scope(project_id="p", from_ns=from_ns, to_ns=to_ns))


def test_the_range_before_is_as_long_and_touches() -> None:
    for from_s, to_s, before_s in ((600, 1_200, 0), (7_200 * 9, 7_200 * 18, 0)):
        current, previous = totals_of(from_s * 10**9, to_s * 10**9)
        assert current.whole
        assert previous.whole
        assert (current.from_ns, current.to_ns) == (from_s * 10**9, to_s * 10**9)
        assert (previous.from_ns, previous.to_ns) == (before_s, from_s * 10**9)


def test_odd_ranges_start_with_a_minute_or_an_hour() -> None:
    current, previous = totals_of(NOW_NS - 3_600 * 10**9 + 1, NOW_NS + 1)
    assert current.from_ns % (60 * 10**9) == previous.from_ns % (60 * 10**9) == 0
    assert current.from_ns <= NOW_NS - 3_600 * 10**9 < current.from_ns + 60 * 10**9
    current, previous = totals_of(NOW_NS - DAY_S * 10**9, NOW_NS)
    assert current.from_ns % (3_600 * 10**9) == previous.from_ns % (3_600 * 10**9) == 0


def lines(values: Iterable[tuple[str, float]]) -> list[Series]:
    known = {metric: metric for metric in METRICS}
    return [Series(metric=known[name], points=((0, value),)) for name, value in values]  # type: ignore[index]


def test_totals_are_compared_with_the_range_before() -> None:
    queries = totals_of(NOW_NS, NOW_NS + 1)
    now = lines([("requests", 4.0), ("errors", 1.0), ("cost_usd", 0.00125)])
    answer = summary_answer(queries, now, [])
    assert (answer.current.requests, answer.current.error_rate) == (4, 0.25)
    assert answer.current.cost_usd == "0.001250"
    assert answer.current.latency_p95_ms is None
    assert (answer.previous.requests, answer.previous.error_rate) == (0, None)
    assert answer.previous.cost_usd == "0.000000"


def test_calls_without_a_price_have_an_unknown_cost() -> None:
    answer = summary_answer(totals_of(NOW_NS, NOW_NS + 1), lines([("requests", 4.0)]), [])
    assert answer.current.cost_usd is None
