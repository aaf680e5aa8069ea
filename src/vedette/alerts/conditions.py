"""Whether what a rule watches for is the case, for each group.

A threshold looks at the window up to this minute, so that it is seen at once; the others compare
whole windows that are over. An anomaly is measured in robust deviations: the distance from the
median of earlier windows over 1.4826 times their median absolute deviation (Leys et al. 2013),
which an outlier among them does not move.
"""

import operator
import statistics
from collections.abc import Callable, Mapping, Sequence

import msgspec

from vedette.alerts.readings import MINUTE_NS, Meter, Reading, Window
from vedette.model.alert import AlertRule, Comparison

_S = 10**9
_DAY_S = 86_400
_LEAST_PERIODS = 6
_LEAST_SPREAD = 0.02
"""Of the median: quieter series would make a mountain of every grain."""
_NORMAL = 1.4826
_UNITS = {"error_rate": " %", "cost_usd": " USD", "budget_used": " %"}

_COMPARE: dict[Comparison, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one group."""

    holds: bool
    value: float | None
    summary: str


def judge(rule: AlertRule, project_id: str, meter: Meter, now_ns: int) -> dict[str, Judged]:
    """By group; groups of which nothing can be said are left out. Raises StoreError."""
    return _JUDGES[rule.kind](_Look(rule, project_id, meter, now_ns))


class _Look:
    """One rule at one time."""

    def __init__(self, rule: AlertRule, project_id: str, meter: Meter, now_ns: int) -> None:
        self.rule = rule
        self._project_id = project_id
        self._meter = meter
        self._minute_ns = now_ns // MINUTE_NS * MINUTE_NS
        self.length_ns = rule.window_s * _S

    def now(self) -> Mapping[str, Reading]:
        """The window up to now: its last minute is not over."""
        to_ns = self._minute_ns + MINUTE_NS
        return self._read(self.rule.metric, to_ns - self.length_ns, to_ns)

    def before(self, back_ns: int) -> Mapping[str, Reading]:
        """A whole window that ended `back_ns` before this minute began."""
        to_ns = self._minute_ns - back_ns
        return self._read(self.rule.metric, to_ns - self.length_ns, to_ns)

    def calls(self, length_ns: int) -> Mapping[str, Reading]:
        """How many calls there were up to now."""
        to_ns = self._minute_ns + MINUTE_NS
        return self._read("requests", to_ns - length_ns, to_ns)

    def compares(self, value: float) -> bool:
        return _COMPARE[self.rule.op](value, self.rule.value)

    def _read(self, metric: str, from_ns: int, to_ns: int) -> Mapping[str, Reading]:
        rule = self.rule
        return self._meter.read(metric, Window(
            project_id=self._project_id, from_ns=max(0, from_ns), to_ns=to_ns, model=rule.model,
            provider=rule.provider, by=rule.by,
        ))  # fmt: skip


def _threshold(look: _Look) -> dict[str, Judged]:
    rule, found = look.rule, {}
    for group, reading in look.now().items():
        if reading.value is None or reading.calls < rule.least_calls:
            continue
        summary = f"{_is(rule, group)} {shown(rule.metric, reading.value)}" + _bound(rule)
        found[group] = Judged(
            holds=look.compares(reading.value), value=reading.value, summary=summary
        )
    return found


def _change(look: _Look) -> dict[str, Judged]:
    rule, found = look.rule, {}
    earlier = look.before((rule.compare_s or rule.window_s) * _S)
    for group, reading in look.before(0).items():
        other = earlier.get(group, Reading(None))
        if not _can_compare(rule, reading, other):
            continue
        percent = 100 * (reading.value - other.value) / abs(other.value)  # type: ignore[operator,arg-type]
        summary = (
            f"{_is(rule, group)} {shown(rule.metric, reading.value)}, {percent:+.0f} % against "
            f"{shown(rule.metric, other.value)}" + _bound(rule, " %")
        )
        found[group] = Judged(holds=look.compares(percent), value=percent, summary=summary)
    return found


def _can_compare(rule: AlertRule, reading: Reading, other: Reading) -> bool:
    least = rule.least_calls
    return (
        reading.value is not None and bool(other.value)
        and reading.calls >= least and other.calls >= least
    )  # fmt: skip


def _anomaly(look: _Look) -> dict[str, Judged]:
    rule, found = look.rule, {}
    history = [look.before(step * look.length_ns) for step in range(1, rule.periods + 1)]
    for group, reading in look.before(0).items():
        past = [window[group] for window in history if group in window]
        values = [
            one.value for one in past if one.value is not None and one.calls >= rule.least_calls
        ]
        is_known = reading.value is not None and reading.calls >= rule.least_calls
        if not is_known or len(values) < _LEAST_PERIODS:
            continue
        score, usual = deviation(reading.value or 0.0, values)
        summary = (
            f"{_is(rule, group)} {shown(rule.metric, reading.value)}, usually "
            f"{shown(rule.metric, usual)}: {score:+.1f} deviations" + _bound(rule)
        )
        found[group] = Judged(holds=look.compares(score), value=score, summary=summary)
    return found


def deviation(value: float, earlier: Sequence[float]) -> tuple[float, float]:
    """How many robust deviations `value` is from the median, and that median."""
    usual = statistics.median(earlier)
    spread = _NORMAL * statistics.median(abs(one - usual) for one in earlier)
    return (value - usual) / max(spread, _LEAST_SPREAD * abs(usual), 1e-9), usual


def _absence(look: _Look) -> dict[str, Judged]:
    rule, found = look.rule, {}
    here = look.calls(look.length_ns)
    for group, reading in look.calls((rule.compare_s or _DAY_S) * _S).items():
        if reading.calls < rule.least_calls:
            continue
        calls = here.get(group, Reading(0)).calls
        what = f" of {group}" if group else ""
        summary = f"{calls} calls{what} in {_span(rule.window_s)}; before: {reading.calls}"
        found[group] = Judged(holds=not calls, value=float(calls), summary=summary)
    return found


def _nothing(_look: _Look) -> dict[str, Judged]:
    return {}


_JUDGES: dict[str, Callable[[_Look], dict[str, Judged]]] = {
    "threshold": _threshold, "change": _change, "anomaly": _anomaly, "absence": _absence,
    "event": _nothing,
}  # fmt: skip


def shown(metric: str, value: float | None) -> str:
    """A value with its unit, as people read it."""
    if value is None:
        return "unknown"
    unit = " ms" if metric.endswith("_ms") else _UNITS.get(metric, "")
    number = f"{value:,.4f}" if metric == "cost_usd" and abs(value) < 10 else f"{value:,.2f}"
    return number.rstrip("0").rstrip(".") + unit


def _is(rule: AlertRule, group: str) -> str:
    of = group or rule.model or rule.provider
    return f"{rule.metric}{f' of {of}' if of else ''} is"


def _bound(rule: AlertRule, unit: str = "") -> str:
    value = f"{rule.value:g}{unit}" if unit or rule.kind == "anomaly" else shown(
        rule.metric, rule.value
    )  # fmt: skip
    return f" (limit: {rule.op} {value} in {_span(rule.window_s)})"


def _span(seconds: int) -> str:
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size} {name}"
    return f"{seconds} s"
