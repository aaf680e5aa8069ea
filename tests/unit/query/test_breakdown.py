"""Metrics by any dimension."""

import pytest

from tests.support.span_stores import NOW, S, span
from vedette.clock import FakeClock
from vedette.model.query import Filter, SeriesQuery
from vedette.model.usage import Usage
from vedette.query.breakdown import OTHERS, quantile, series_of_spans
from vedette.query.metrics import METRICS
from vedette.stores.spans.sqlite import SqliteSpanStore

FROM = NOW // (3600 * S) * 3600 * S - 3600 * S


def query(**fields: object) -> SeriesQuery:
    values: dict[str, object] = {
        "from_ns": FROM, "to_ns": FROM + 7200 * S, "bucket_s": 300, "metrics": METRICS,
    }  # fmt: skip
    return SeriesQuery(**(values | fields))  # type: ignore[arg-type]


def filled() -> SqliteSpanStore:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(
            n, model=f"m{n % 3}", status="error" if n % 5 == 0 else "ok", user_id=f"u{n % 30}",
            kind="tool" if n % 7 == 0 else "llm", usage=Usage(n, output_text=2),
            cost_nano_usd=n * 10**6 if n % 2 else None, ttft_ms=float(n),
        )
        for n in range(1, 200)
    ])  # fmt: skip
    return store


def test_spans_say_what_the_roll_ups_say() -> None:
    store, asked = filled(), query(group_by="model")
    rolled = {(line.metric, line.group): line.points for line in store.series(asked)}
    filter = Filter(from_ns=asked.from_ns, to_ns=asked.to_ns)
    lines = series_of_spans(store, asked, filter, "model")
    assert {(line.metric, line.group) for line in lines} == set(rolled)
    for line in lines:
        for (at, value), (at_rolled, value_rolled) in zip(
            line.points, rolled[line.metric, line.group], strict=True
        ):
            assert at == at_rolled
            assert value == pytest.approx(value_rolled, rel=0.011)
    store.close()


def test_many_groups_end_in_one_line_of_others() -> None:
    store, asked = filled(), query(metrics=("requests",))
    lines = series_of_spans(store, asked, Filter(), "user")
    assert len(lines) == 20
    assert OTHERS in {line.group for line in lines}
    assert sum(value for line in lines for _, value in line.points) == 199 - 199 // 7
    store.close()


def test_quantiles_are_values_that_occur() -> None:
    assert quantile([], 0.5) is None
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0], 0.99) == 3.0
