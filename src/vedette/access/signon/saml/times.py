"""When assertions begin and end; clocks may differ by a minute."""

import re
from datetime import datetime

from vedette.access.signon.refusals import SignOnRefused

SKEW_S = 60

_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII
)  # fmt: skip


def time_of(text: str) -> float:
    """Seconds since the epoch of an `xs:dateTime` with its zone. Raises SignOnRefused."""
    if not _TIME.fullmatch(text):
        raise SignOnRefused("The assertion does not say how long it counts.")
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise SignOnRefused("The assertion does not say how long it counts.") from None


def check_span(begins_s: float, ends_s: float, now_s: float) -> None:
    """Raises SignOnRefused unless now lies between the two."""
    if begins_s > now_s + SKEW_S:
        raise SignOnRefused("The assertion is of a time to come. Is the clock right?")
    check_end(ends_s, now_s)


def check_end(ends_s: float, now_s: float) -> None:
    """Raises SignOnRefused from then on."""
    if ends_s + SKEW_S <= now_s:
        raise SignOnRefused("The assertion is too old.")
