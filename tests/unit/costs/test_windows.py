from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.costs.windows import PIECES, RING, Window

S = 1_000_000_000


def at(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * S  # type: ignore[arg-type,misc]


@given(st.sampled_from(["1m", "1h", "1d", "30d"]), st.integers(0, 4_000_000_000 * S))
def test_what_counts_began_a_window_ago_and_at_most_a_piece_before(name: str, now_ns: int) -> None:
    window = Window(name)
    counted_ns = now_ns - window.start_ns(now_ns)
    assert window.length_ns <= counted_ns < window.length_ns + window.piece_ns
    assert window.mark(now_ns) - window.mark(window.start_ns(now_ns)) == PIECES == RING - 1


def test_a_month_is_that_of_the_calendar() -> None:
    month = Window("month")
    assert month.mark(at(2026, 1, 31, 23, 59)) < month.mark(at(2026, 2, 1))
    assert month.mark(at(2026, 2, 1)) == month.mark(at(2026, 2, 28, 23, 59))
    assert month.start_ns(at(2026, 2, 14)) == at(2026, 2, 1)
    assert month.end_ns(at(2026, 2, 14)) == at(2026, 3, 1)
    assert Window("month").end_ns(at(2026, 12, 31)) == at(2027, 1, 1)


def test_a_month_begins_when_it_begins_in_its_time_zone() -> None:
    tokyo = Window("month", "Asia/Tokyo")
    assert tokyo.start_ns(at(2026, 2, 1)) == at(2026, 1, 31, 15)
    assert tokyo.end_ns(at(2026, 2, 1)) == at(2026, 2, 28, 15)
    # Summer time begins in between: the month is an hour short.
    berlin = Window("month", "Europe/Berlin")
    assert berlin.start_ns(at(2026, 3, 15)) == at(2026, 2, 28, 23)
    assert berlin.end_ns(at(2026, 3, 15)) == at(2026, 3, 31, 22)


@pytest.mark.parametrize("name", ["total", "1h"])
def test_only_a_month_has_an_end(name: str) -> None:
    assert Window(name).end_ns(at(2026, 1, 1)) is None


def test_the_total_never_ends() -> None:
    total = Window("total")
    assert total.mark(0) == total.mark(at(2200, 1, 1)) == 0
    assert total.start_ns(at(2026, 1, 1)) == 0
    assert not total.is_rolling
