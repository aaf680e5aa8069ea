"""How a budget is used up: what was spent in its window at each moment, and what is to be expected.

The forecast takes what was spent lately for what will be spent: over the last quarter of a rolling
window, or the last week (since the first cent, where that is shorter). In a rolling window what was
spent long ago is forgotten as time goes on, so a budget may run full or settle below its limit; in
the calendar's month the question is where it ends; without a window, when the money is gone.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vedette.costs.windows import Window

_S = 1_000_000_000
_MINUTE_NS, _HOUR_NS, _DAY_NS = 60 * _S, 3_600 * _S, 86_400 * _S
_LOOKBACK_NS = 7 * _DAY_NS
_SHOWN_NS = 30 * _DAY_NS
_LONGEST_NS = 365 * _DAY_NS
_MOST_POINTS = 400

Point = tuple[int, int]
"""When, and nano-USD spent in the window until then."""


class Forecast(NamedTuple):
    """What is to be expected if spending goes on as it did lately."""

    rate_nano_usd_per_day: int
    exhausted_at_ns: int | None
    """When the limit is reached; None: not until `until_ns`, or already."""
    until_ns: int
    end_nano_usd: int
    """What will be spent in the window at `until_ns`."""
    points: tuple[Point, ...]


class Burn(NamedTuple):
    """One budget over time."""

    step_ns: int
    points: tuple[Point, ...]
    forecast: Forecast


def step_of(window: Window) -> int:
    """How finely what was spent must be known."""
    return _MINUTE_NS if window.is_rolling and window.length_ns <= _HOUR_NS else _HOUR_NS


def history_from_ns(window: Window, now_ns: int) -> int:
    """From when on it must be known."""
    if window.is_rolling:
        return now_ns - 2 * window.length_ns
    start_ns = window.start_ns(now_ns)
    return start_ns if start_ns > 0 else now_ns - _SHOWN_NS


def burn(
    window: Window, limit_nano_usd: int, costs: Mapping[int, int], now_ns: int, before: int = 0
) -> Burn:
    """`costs` are nano-USD by the step in which they were spent (time // step); `before` is what
    was spent in the window before the first of them that is asked for."""
    step_ns = step_of(window)
    first, last = history_from_ns(window, now_ns) // step_ns, now_ns // step_ns
    length = window.length_ns // step_ns if window.is_rolling else 0
    spent, points = before, []
    shown = last - length if length else first
    for step in range(first, last + 1):
        spent += costs.get(step, 0)
        if length:
            spent -= costs.get(step - length, 0) if step - length >= first else 0
        if step >= shown:
            points.append((min((step + 1) * step_ns, now_ns), spent))
    rate = _rate(window, costs, now_ns, step_ns)
    forecast = _forecast(window, limit_nano_usd, costs, now_ns, (spent, rate))
    return Burn(step_ns, _thinned(points), forecast)


def _rate(window: Window, costs: Mapping[int, int], now_ns: int, step_ns: int) -> float:
    """Nano-USD a nanosecond."""
    lookback_ns = min(_LOOKBACK_NS, window.length_ns // 4) if window.is_rolling else _LOOKBACK_NS
    from_ns = max(now_ns - lookback_ns, history_from_ns(window, now_ns))
    late = {step: cost for step, cost in costs.items() if (step + 1) * step_ns > from_ns and cost}
    if not late:
        return 0.0
    since_ns = max(from_ns, min(late) * step_ns)
    return sum(late.values()) / max(now_ns - since_ns, step_ns)


def _forecast(
    window: Window, limit: int, costs: Mapping[int, int], now_ns: int, now: tuple[int, float]
) -> Forecast:
    spent, rate = now
    until_ns = _until_ns(window, now_ns, limit - spent, rate)
    step_ns = max(step_of(window), (until_ns - now_ns) // _MOST_POINTS)
    forgotten = _forgetting(window, costs, now_ns)
    points, exhausted, at_ns = [(now_ns, spent)], None, now_ns
    while at_ns < until_ns:
        at_ns = min(at_ns + step_ns, until_ns)
        expected = round(spent - forgotten(at_ns) + rate * (at_ns - now_ns))
        if exhausted is None and spent < limit <= expected:
            exhausted = _crossing(points[-1], (at_ns, expected), limit)
        points.append((at_ns, expected))
    return Forecast(round(rate * _DAY_NS), exhausted, until_ns, points[-1][1], tuple(points))


def _until_ns(window: Window, now_ns: int, left: int, rate: float) -> int:
    if window.is_rolling:
        return now_ns + window.length_ns
    end_ns = window.end_ns(now_ns)
    if end_ns is not None:
        return end_ns
    # Without a window: a little beyond the end of the money.
    lasts = left / rate * 1.1 if rate > 0 and left > 0 else 0.0
    return now_ns + round(min(max(lasts, _SHOWN_NS), _LONGEST_NS))


def _forgetting(window: Window, costs: Mapping[int, int], now_ns: int) -> Callable[[int], int]:
    """What of the past has left a rolling window at a time."""
    if not window.is_rolling:
        return lambda _at_ns: 0
    length_ns, step_ns = window.length_ns, step_of(window)
    inside = [
        ((step + 1) * step_ns, cost)
        for step, cost in costs.items()
        if step * step_ns > now_ns - length_ns
    ]
    return lambda at_ns: sum(cost for end, cost in inside if end <= at_ns - length_ns)


def _crossing(before: Point, after: Point, limit: int) -> int:
    (from_ns, low), (to_ns, high) = before, after
    return from_ns + round((to_ns - from_ns) * (limit - low) / (high - low))


def _thinned(points: list[Point]) -> tuple[Point, ...]:
    """Every n-th, and the last."""
    every = -(-len(points) // _MOST_POINTS) or 1
    return tuple(points[(len(points) - 1) % every :: every])
