"""When a probe is due: every so many minutes, or as cron says (five fields, UTC).

As in cron, where both day of the month and day of the week are narrowed, either will do.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from vedette.model.probe import Probe

_MINUTE_NS: Final = 60 * 10**9
_MOST_DAYS: Final = 366 * 8
"""A leap day comes again within eight years."""
_FIELDS: Final = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day", 1, 31),
    ("month", 1, 12),
    ("weekday", 0, 7),
)
_PART: Final = re.compile(r"(\*|\d{1,2}(?:-\d{1,2})?)(?:/(\d{1,2}))?", re.ASCII)


class Cron(NamedTuple):
    """What each field allows."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    """Sunday is 0."""
    either_day: bool


def read_cron(text: str) -> Cron:
    """Raises ValueError that says what is needed."""
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise ValueError("need five fields, such as `*/15 * * * *`")
    read = [
        _field(field, name, low, high)
        for field, (name, low, high) in zip(fields, _FIELDS, strict=True)
    ]
    weekdays = frozenset(day % 7 for day in read[4])
    return Cron(
        read[0], read[1], read[2], read[3], weekdays, "*" not in (fields[2][:1], fields[4][:1])
    )


def next_due_ns(probe: Probe, after_ns: int, chance: float) -> int:
    """The next time after that one; `chance` in [0, 1) draws the jitter."""
    late_ns = int(chance * probe.jitter_s * 10**9)
    if not probe.cron:
        return after_ns + probe.every_minutes * _MINUTE_NS + late_ns
    return _next(read_cron(probe.cron), after_ns) + late_ns


def _next(cron: Cron, after_ns: int) -> int:
    at = datetime.fromtimestamp(after_ns // 10**9, UTC).replace(second=0) + timedelta(minutes=1)
    for _ in range(_MOST_DAYS):
        if at.month in cron.months and _is_day(cron, at):
            for hour in sorted(cron.hours):
                for minute in sorted(cron.minutes):
                    if (hour, minute) >= (at.hour, at.minute):
                        found = at.replace(hour=hour, minute=minute)
                        return int(found.timestamp()) * 10**9
        at = at.replace(hour=0, minute=0) + timedelta(days=1)
    raise ValueError("need a day that comes")


def check_cron(text: str) -> None:
    """Raises ValueError for what is no time, or one that never comes."""
    _next(read_cron(text), 0)


def _is_day(cron: Cron, at: datetime) -> bool:
    day, weekday = at.day in cron.days, at.isoweekday() % 7 in cron.weekdays
    return (day or weekday) if cron.either_day else (day and weekday)


def _field(text: str, name: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{name}: need numbers, ranges and steps from {low} to {high}")
        first, last = low, high
        if match[1] != "*":
            start, _, end = match[1].partition("-")
            first = int(start)
            last = int(end) if end else (high if match[2] else first)
        step = int(match[2] or 1)
        if not low <= first <= last <= high or step < 1:
            raise ValueError(f"{name}: need numbers, ranges and steps from {low} to {high}")
        found.update(range(first, last + 1, step))
    return frozenset(found)
