"""How long a provider asks to wait, in all the forms that providers use."""

from email.utils import parsedate_to_datetime

Headers = list[tuple[bytes, bytes]]

UNHEALTHY = frozenset({408, 429, 500, 502, 503, 504, 529})
"""Statuses that say something of the provider rather than of the request."""


def header(headers: Headers, wanted: bytes) -> bytes | None:
    """The first value of a header."""
    return next((value for name, value in headers if name == wanted), None)


def retry_after(headers: Headers, now_s: float) -> float | None:
    """Seconds a provider asks to wait, in any of its forms; None where it does not."""
    for name in (b"retry-after-ms", b"x-ms-retry-after-ms"):
        seconds = _number(header(headers, name))
        if seconds is not None:
            return seconds / 1e3
    value = header(headers, b"retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(value.decode("latin-1")).timestamp() - now_s)
    except ValueError:
        return None


def _number(value: bytes | None) -> float | None:
    try:
        seconds = float(value) if value is not None else -1.0
    except ValueError:
        return None
    return seconds if 0.0 <= seconds < 1e9 else None
