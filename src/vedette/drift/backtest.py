"""Replays calls from a file as if they came now: which alarms would have been raised, and when."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from vedette.drift.monitor import Monitor, MonitorSettings
from vedette.errors import BadRequest
from vedette.features.fingerprint import read_fingerprint
from vedette.features.hashing import TextHasher
from vedette.model.drift import Alarm, Observation

_LARGEST = 1e15


class BacktestRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the file; every field may be missing, null, or of a type that says nothing."""

    template: Any = None
    input: Any = None
    output: Any = None
    model: Any = None
    latency_ms: Any = None
    output_tokens: Any = None
    finish_reason: Any = None


class Suspicion(msgspec.Struct, frozen=True, kw_only=True):
    """How near the file came to an alarm that it did not raise."""

    row: int
    share: float
    """Of the evidence that raises an alarm."""


class BacktestSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The file in figures."""

    rows: int
    reference: int
    streams: int
    alarms: int
    threshold: float
    """Value of an e-detector that raises an alarm."""
    mode: str = "hash"
    first_alarm_row: int | None = None
    first_rows: dict[str, int] = {}
    """The first call of each context that an alarm names: what its template is can be seen there.
    """
    prompt_changes: tuple[int, ...] = ()
    """Rows at which prompts without a template had changed: their answers are no longer compared
    with those before."""
    nearest: Suspicion | None = None
    """The highest value that raised no alarm."""
    change_at: int | None = None
    alarms_before_change: int | None = None
    detected: bool | None = None
    delay: int | None = None
    """Calls from the change to the alarm, both counted: 1 is an alarm at the first changed call."""


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backtest prints."""

    alarms: tuple[Alarm, ...]
    summary: BacktestSummary


def read_rows(lines: Iterable[bytes], *, start: int = 1) -> Iterator[BacktestRow]:
    """The rows of a JSON Lines file; empty lines are passed over. Raises BadRequest with the line.

    Calls are numbered from 0 in the order of the rows that are left. `start` is the number of the
    first line.
    """
    decode = msgspec.json.Decoder(BacktestRow).decode
    for number, line in enumerate(lines, start):
        if not line.strip():
            continue
        try:
            yield decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield _read_loosely(line, f"Line {number} is no row: {error}")


def _read_loosely(line: bytes, problem: str) -> BacktestRow:
    """A row with NaN or Infinity in it, as some programs write what is missing."""
    try:
        return msgspec.convert(json.loads(line, parse_constant=_nothing), BacktestRow)
    except (ValueError, RecursionError):
        raise BadRequest(problem) from None


def _nothing(_: str) -> None:
    return None


def observe(row: BacktestRow, hasher: TextHasher) -> Observation:
    """The features of a row; what is not text is read as its JSON."""
    tokens = _figure(row.output_tokens)
    return Observation(
        fingerprint=read_fingerprint(
            hasher=hasher,
            template=_text(row.template),
            input=_text(row.input),
            answer=_text(row.output),
        ),
        model=_text(row.model) or "",
        latency_ms=_figure(row.latency_ms),
        output_tokens=None if tokens is None else round(tokens),
        finish_reason=_text(row.finish_reason) or "",
    )


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()


def _figure(value: Any) -> float | None:
    """A number, also one that is written as text; None for what is none or makes no sense."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 0 <= number < _LARGEST else None


def backtest(
    observations: Iterable[Observation],
    *,
    reference: int,
    settings: MonitorSettings | None = None,
    change_at: int | None = None,
) -> Backtest:
    """Take the first `reference` calls as the baseline and watch the rest.

    Raises BadRequest where there are fewer calls than that.
    """
    calls = iter(observations)
    baseline = list(islice(calls, reference))
    if len(baseline) < reference:
        raise BadRequest(f"The file has {len(baseline)} rows, fewer than --reference {reference}.")
    monitor = Monitor(baseline, settings)
    alarms: list[Alarm] = []
    nearest = Suspicion(row=reference, share=0.0)
    row = reference - 1
    for row, each in enumerate(calls, reference):
        if (alarm := monitor.take(row, each)) is not None:
            alarms.append(alarm)
        elif monitor.value > nearest.share:
            nearest = Suspicion(row=row, share=monitor.value)
    summary = BacktestSummary(
        rows=row + 1,
        reference=reference,
        streams=len(monitor.names),
        alarms=len(alarms),
        threshold=monitor.threshold,
        first_rows=_first_rows(monitor, alarms),
        prompt_changes=monitor.prompt_changes,
        first_alarm_row=alarms[0].row if alarms else None,
        nearest=nearest if nearest.share else None,
    )
    return Backtest(alarms=tuple(alarms), summary=_judge(summary, alarms, change_at))


def _first_rows(monitor: Monitor, alarms: Iterable[Alarm]) -> dict[str, int]:
    named = {name for alarm in alarms for name in (alarm.stream, *alarm.contexts)}
    return {name: monitor.first_rows[name] for name in sorted(named & monitor.first_rows.keys())}


def _judge(summary: BacktestSummary, alarms: list[Alarm], change_at: int | None) -> BacktestSummary:
    """With how soon a known change was seen."""
    if change_at is None:
        return summary
    after = [alarm.row for alarm in alarms if alarm.row >= change_at]
    return msgspec.structs.replace(
        summary,
        change_at=change_at,
        alarms_before_change=len(alarms) - len(after),
        detected=bool(after),
        delay=after[0] - change_at + 1 if after else None,
    )
