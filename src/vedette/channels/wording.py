"""Notices in words: titles, lines, and the fields of an alert."""

from datetime import UTC, datetime
from typing import Any

from vedette.model.alert import LEVELS, Happening, Level, Line, Notice

HAPPENED: dict[Happening, str] = {
    "opened": "New",
    "worsened": "Worse",
    "repeated": "Still there",
    "escalated": "Nobody has acknowledged",
    "resolved": "Over",
    "test": "Test",
}


def time_of(at_ns: int) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return datetime.fromtimestamp(at_ns // 10**9, UTC).isoformat().replace("+00:00", "Z")


def title_of(notice: Notice) -> str:
    """One line for a subject or a heading."""
    first = notice.lines[0]
    more = len(notice.lines) + notice.left_out - 1
    rest = f" and {more} more" if more else ""
    happened = HAPPENED[first.happening]
    return f"{happened}: {first.alert.rule}{rest} ({worst_of(notice)})"


def text_of(line: Line) -> str:
    """One alert in one or two lines."""
    return f"{HAPPENED[line.happening]}: {line.text}"


def worst_of(notice: Notice) -> Level:
    """The worst severity in the notice."""
    return max((line.alert.severity for line in notice.lines), key=LEVELS.index)


def fields_of(line: Line) -> dict[str, Any]:
    """One alert for programs."""
    alert = line.alert
    return {
        "id": alert.id, "happening": line.happening, "rule": alert.rule, "group": alert.group,
        "severity": alert.severity, "metric": alert.metric, "value": alert.value,
        "summary": alert.summary, "text": line.text, "labels": alert.labels, "link": alert.link,
        "started_time": time_of(alert.started_ns),
        "resolved_time": time_of(alert.resolved_ns) if alert.resolved_ns else None,
        "acknowledged_by": alert.acknowledged_by,
    }  # fmt: skip
