"""Times as people and programs write them: RFC 3339 in UTC, or relative to now."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EXPECTED = "an RFC 3339 time such as 2026-11-05T12:00:00Z, or now, now-15m, now-24h, now-7d"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LIMIT_NS = 2**63 - 1
_RELATIVE = re.compile(r"now(?:-(\d{1,9})(s|m|h|d|w))?")
_UNIT_S = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_ABSOLUTE = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+\- ]\d\d:\d\d)",
    re.ASCII,
)


def format_time(time_ns: int) -> str:
    """RFC 3339 in UTC with microseconds; what is finer is cut, so it never lies in the future."""
    micros = max(-_LIMIT_NS, min(time_ns, _LIMIT_NS)) // 1_000
    seconds, micros = divmod(micros, 1_000_000)
    return f"{_format_second(seconds)}.{micros:06d}Z"


@lru_cache(maxsize=1_024)
def _format_second(seconds: int) -> str:
    """Spans of a trace begin and end within the same few."""
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")


def parse_time(text: str, *, now_ns: int) -> int:
    """Nanoseconds since the epoch.

    The `+` of an offset may arrive as a blank (an unescaped URL). Raises ValueError, whose
    message is `EXPECTED`.
    """
    text = text.strip()
    if (relative := _RELATIVE.fullmatch(text)) is not None:
        count, unit = relative.groups()
        moved = now_ns - (int(count) * _UNIT_S[unit] * 1_000_000_000 if count else 0)
        return max(moved, 0)
    if (absolute := _ABSOLUTE.fullmatch(text)) is None:
        raise ValueError(EXPECTED)
    day, clock, fraction, zone = absolute.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{_offset(zone)}")
        seconds = (moment - _EPOCH) // timedelta(seconds=1)
    except (ValueError, OverflowError):
        raise ValueError(EXPECTED) from None
    time_ns = seconds * 1_000_000_000 + int((fraction or "0").ljust(9, "0"))
    if not -_LIMIT_NS <= time_ns <= _LIMIT_NS:
        raise ValueError(EXPECTED)
    return time_ns


def _offset(zone: str) -> str:
    if zone in "Zz":
        return "+00:00"
    return zone.replace(" ", "+")
