"""The grid of a series query; the contract suite compares values with brute force."""

import pytest

from tests.support.span_stores import DAY, NOW, S, span
from vedette.clock import FakeClock
from vedette.errors import BadRequest, StoreError
from vedette.model.query import SeriesQuery
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.series import Grid, series


def query(from_s: int, to_s: int, bucket_s: int) -> SeriesQuery:
    return SeriesQuery(from_ns=from_s * S, to_ns=to_s * S, bucket_s=bucket_s, metrics=("requests",))


@pytest.mark.parametrize(
    ("asked", "grid"),
    [
        (query(0, 120, 60), (0, 120, 60, 60)),
        (query(59, 61, 60), (0, 120, 60, 60)),
        (query(3599, 3601, 3600), (0, 7200, 3600, 3600)),
        (query(90, 100, 5400), (0, 5400, 5400, 60)),
        (query(-50, 60, 60), (0, 60, 60, 60)),
    ],
)
def test_a_query_is_widened_to_whole_buckets(asked: SeriesQuery, grid: tuple[int, ...]) -> None:
    assert Grid.of(asked, 0)[:4] == grid


def test_too_many_buckets_are_refused() -> None:
    with pytest.raises(BadRequest, match="buckets"):
        Grid.of(query(0, 10**9, 60), 0)


@pytest.mark.parametrize(
    ("ago_s", "length_s", "unit_s"),
    [(600, 600, 60), (86_400, 86_400, 60), (90 * 86_400, 3600, 60), (90 * 86_400, 86_400, 3600)],
)
def test_the_whole_range_is_one_point_as_fine_as_can_be(
    ago_s: int, length_s: int, unit_s: int
) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    from_ns = NOW - ago_s * S
    inside = [from_ns, from_ns + (length_s - 1) * S]
    outside = [from_ns - unit_s * S, from_ns + (length_s + unit_s) * S]
    store.write_batch(
        [span(n, start_ns=at, end_ns=at) for n, at in enumerate(inside + outside, start=1)]
    )
    asked = SeriesQuery(
        from_ns=from_ns,
        to_ns=from_ns + length_s * S,
        bucket_s=0,
        metrics=("requests",),
        whole=True,
    )
    (line,) = store.series(asked)
    assert line.points == ((from_ns // (unit_s * S) * unit_s * S, 2.0),)
    store.close()


def test_old_minutes_of_too_many_spans_are_refused() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n, start_ns=NOW - 9 * DAY + n, end_ns=NOW) for n in range(20)])
    old = SeriesQuery(from_ns=NOW - 10 * DAY, to_ns=NOW, bucket_s=60, metrics=("requests",))
    files = store._months.newest_first()
    assert len(series(files, old, now_ns=NOW, raw_spans=20)[0].points) == 1
    with pytest.raises(StoreError, match="3600"):
        series(files, old, now_ns=NOW, raw_spans=19)
    store.close()


def test_a_query_without_answer_still_names_its_lines() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    (line,) = store.series(query(NOW // S - 100, NOW // S, 60))
    assert (line.metric, line.group, line.points) == ("requests", "", ())
    store.close()
