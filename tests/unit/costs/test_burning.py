"""How budgets are used up, and what is to be expected."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from vedette.costs.burning import burn, history_from_ns, step_of
from vedette.costs.windows import Window

S = 1_000_000_000
HOUR, DAY = 3_600 * S, 86_400 * S
NOW = int(datetime(2026, 6, 16, tzinfo=UTC).timestamp()) * S


def hourly(*costs_by_hours_ago: tuple[int, int]) -> dict[int, int]:
    return {(NOW - ago * HOUR) // HOUR: cost for ago, cost in costs_by_hours_ago}


def test_a_month_is_added_up_and_drawn_on_to_its_end() -> None:
    """15 days of 2 a day, 15 days to go."""
    costs = hourly(*((24 * day, 2 * S) for day in range(1, 16)))
    found = burn(Window("month"), 100 * S, costs, NOW)
    assert found.points[-1] == (NOW, 30 * S)
    assert [spent for _, spent in found.points] == sorted(spent for _, spent in found.points)
    forecast = found.forecast
    assert forecast.rate_nano_usd_per_day == 2 * S
    assert forecast.until_ns == NOW + 15 * DAY
    assert forecast.end_nano_usd == 60 * S
    assert forecast.exhausted_at_ns is None
    tight = burn(Window("month"), 40 * S, costs, NOW).forecast
    assert tight.exhausted_at_ns == NOW + 5 * DAY


def test_what_is_exhausted_already_is_not_foretold() -> None:
    forecast = burn(Window("month"), 10 * S, hourly((5, 20 * S)), NOW).forecast
    assert forecast.exhausted_at_ns is None
    assert forecast.end_nano_usd > 20 * S


def test_a_rolling_window_forgets() -> None:
    """24 an hour ago 20 hours: it has left in 4 hours, and nothing was spent lately."""
    costs = hourly((20, 24 * S), (30, 1000 * S))
    found = burn(Window("1d"), 30 * S, costs, NOW)
    assert found.points[-1] == (NOW, 24 * S)
    assert found.points[0][1] == 1000 * S
    forecast = found.forecast
    assert forecast.rate_nano_usd_per_day == 0
    assert (forecast.exhausted_at_ns, forecast.end_nano_usd) == (None, 0)


def test_steady_spending_settles() -> None:
    costs = hourly(*((ago, S) for ago in range(1, 49)))
    found = burn(Window("1d"), 1000 * S, costs, NOW)
    assert found.forecast.rate_nano_usd_per_day == 24 * S
    assert abs(found.forecast.end_nano_usd - 24 * S) <= S
    full = burn(Window("1d"), 20 * S, hourly((1, 5 * S)), NOW).forecast
    assert full.exhausted_at_ns is not None
    assert NOW < full.exhausted_at_ns < NOW + 6 * HOUR


def test_without_a_window_the_question_is_when_the_money_is_gone() -> None:
    costs = hourly(*((24 * day, S) for day in range(1, 8)))
    found = burn(Window("total"), 120 * S, costs, NOW, before=13 * S)
    assert found.points[-1] == (NOW, 20 * S)
    assert found.forecast.exhausted_at_ns == NOW + 100 * DAY
    assert burn(Window("total"), 5, {}, NOW).forecast.exhausted_at_ns is None


def test_an_hour_is_counted_by_the_minute() -> None:
    window = Window("1h")
    assert step_of(window) == 60 * S
    assert history_from_ns(window, NOW) == NOW - 2 * HOUR
    costs = {(NOW - 5 * 60 * S) // (60 * S): 7}
    assert burn(window, 100, costs, NOW).points[-1] == (NOW, 7)


@given(
    st.sampled_from(["1h", "1d", "30d", "month", "total"]),
    st.dictionaries(st.integers(0, 1500), st.integers(0, 10**12), max_size=30),
    st.integers(0, 10**13),
)
def test_any_history_gives_a_curve(name: str, ago: dict[int, int], limit: int) -> None:
    window = Window(name)
    step = step_of(window)
    costs = {NOW // step - steps: cost for steps, cost in ago.items()}
    from_ns = history_from_ns(window, NOW)
    late = {at: cost for at, cost in costs.items() if at * step >= from_ns}
    found = burn(window, limit, late, NOW)
    times = [at for at, _ in found.points]
    assert times == sorted(times)
    assert all(spent >= 0 for _, spent in found.points)
    begin = NOW - window.length_ns if window.is_rolling else from_ns
    assert found.points[-1][1] == sum(
        cost for at, cost in late.items() if at * step > begin or not window.is_rolling
    )
    forecast = found.forecast
    assert forecast.points[0] == found.points[-1]
    if forecast.exhausted_at_ns is not None:
        assert NOW <= forecast.exhausted_at_ns <= forecast.until_ns
