"""Drift in tables: reports, comparisons, alarms, the history of an input."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from vedette.drift.changepoints import sparkline
from vedette.drift.consistency import Consistency
from vedette.drift.history import History, HistoryEntry
from vedette.drift.periods import PeriodsReport, SignalComparison
from vedette.drift.reporting import GroupReport
from vedette.drift.shelf import Raised
from vedette.model.document import Document, Table

_REPORT = (
    "MODEL", "TEMPLATE", "CALLS>", "ERRORS>", "WORDS>", "TOKENS>", "MS>", "REFUSED>", "TREND",
    "DRIFT", "SIGNAL", "SINCE", "SHIFT",
)  # fmt: skip
_CONSISTENCY = (
    "INPUT", "ANSWERS>", "SCORE>", "EXACT>", "LEXICAL>", "VERDICT>", "ENTROPY>", "REFUSED>",
)  # fmt: skip
_HISTORY = (
    "TIME", "TRACE", "MODEL", "VERDICT", "LAYOUT", "REFUSED", "WORDS>", "TOKENS>", "MS>",
    "TO FIRST", "LEXICAL>", "MEANING>", "DIFFERS IN",
)  # fmt: skip
_ALARMS = ("RAISED", "SINCE", "BASELINE", "MODEL", "SEVERITY", "SIGNAL", "E>", "VERSIONS", "TRACE")
_PERIODS = ("SIGNAL", "BEFORE>", "AFTER>", "MEDIAN", "EFFECT>", "P>", "PSI>", "DRIFT")
_SHOWN_HASH = 8


def report_table(groups: Iterable[GroupReport]) -> Table:
    """One row for each model and template."""
    return Table(
        title="Models and templates", columns=_REPORT, rows=tuple(map(_report_row, groups))
    )


def consistency_table(found: Iterable[Consistency]) -> Table:
    """One row for each repeated input."""
    return Table(
        title="Repeated inputs", columns=_CONSISTENCY, rows=tuple(map(_consistency_row, found))
    )


def history_document(history: History) -> Document:
    """Every answer to one input."""
    verdicts = ", ".join(f"{name} {count}" for name, count in history.verdicts.items())
    lines = [
        f"{len(history.entries)} answers by {', '.join(history.models) or '-'}",
        f"verdicts: {verdicts or '-'}",
    ]
    if (scores := history.consistency) is not None:
        entropy = "" if scores.entropy_bits is None else f", entropy {scores.entropy_bits:.2f} bits"
        lines.append(f"consistency {scores.score:.2f}, exact {scores.exact:.2f}{entropy}")
    rows = tuple(map(_history_row, history.entries))
    return Document(
        title=f"Input {history.input_hash}", lines=tuple(lines),
        tables=(Table(title="Answers", columns=_HISTORY, rows=rows),),
    )  # fmt: skip


def alarms_table(alarms: Sequence[Raised]) -> Table:
    """One row for each alarm."""
    return Table(title="Alarms", columns=_ALARMS, rows=tuple(map(_alarm_row, alarms)))


def comparison_document(report: PeriodsReport) -> Document:
    """Two sets of calls, signal by signal."""
    before, after = report.calls
    lines = [f"{before} calls before, {after} after: {report.severity}"]
    if any(report.versions):
        told = " then ".join(", ".join(side) or "-" for side in report.versions)
        lines.append(f"answered as {told}")
    rows = tuple(map(_signal_row, report.signals))
    return Document(
        title="Two sets of calls compared", lines=tuple(lines),
        tables=(Table(title="Signals", columns=_PERIODS, rows=rows),),
    )  # fmt: skip


def _report_row(group: GroupReport) -> tuple[str, ...]:
    worst = next((one for one in group.alarms if one.severity == group.severity), None)
    return (
        group.model, group.template[:_SHOWN_HASH] or "-", str(group.calls), str(group.errors),
        _rounded(group.words), _rounded(group.tokens), _rounded(group.latency_ms),
        "-" if group.refusals is None else f"{group.refusals:.1%}", sparkline(group.trend),
        group.severity or "-", worst.signal if worst else "",
        _minute(worst.since_ns) if worst else "",
        "yes" if group.periods and group.periods.is_different else "",
    )  # fmt: skip


def _consistency_row(one: Consistency) -> tuple[str, ...]:
    figures = (
        one.score, one.exact, one.lexical, one.verdict, one.entropy_bits, one.refusals,
    )  # fmt: skip
    return (one.input_hash, str(one.answers), *map(_figure, figures))


def _history_row(entry: HistoryEntry) -> tuple[str, ...]:
    answer, first = entry.answer, entry.to_first
    differs = [name for name, agrees in first.components.items() if not agrees] if first else []
    return (
        _second(entry.start_ns), entry.trace_id, entry.version or entry.model,
        answer.verdict or "-", answer.layout, "yes" if answer.refusal else "no",
        str(answer.words), "-" if entry.output_tokens is None else str(entry.output_tokens),
        _rounded(entry.latency_ms), first.alike if first else "-",
        _figure(first.lexical if first else None), _figure(first.semantic if first else None),
        ", ".join(differs),
    )  # fmt: skip


def _alarm_row(raised: Raised) -> tuple[str, ...]:
    alarm = raised.alarm
    return (
        _minute(alarm.raised_ns), _minute(alarm.since_ns), alarm.baseline, alarm.model,
        alarm.severity, alarm.signal, f"{alarm.alarm.e:.3g}", ", ".join(alarm.versions),
        alarm.trace_id,
    )  # fmt: skip


def _signal_row(one: SignalComparison) -> tuple[str, ...]:
    median = "" if one.median is None else f"{one.median[0]:.4g} to {one.median[1]:.4g}"
    return (
        one.signal, str(one.calls[0]), str(one.calls[1]), median, f"{one.effect:.2f}",
        f"{one.p:.2g}", "-" if one.psi is None else f"{one.psi:.2f}",
        one.severity if one.is_different else "",
    )  # fmt: skip


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _rounded(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _minute(at_ns: int) -> str:
    return _second(at_ns)[:16]


def _second(at_ns: int) -> str:
    return datetime.fromtimestamp(at_ns // 10**9, UTC).strftime("%Y-%m-%d %H:%M:%S")
