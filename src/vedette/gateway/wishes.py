"""What a caller wants of one call, by header."""

from vedette.errors import BadRequest
from vedette.gateway.directory import Plan, narrowed
from vedette.http1.request import Request

TIMEOUT, RETRIES = b"x-vedette-timeout-s", b"x-vedette-retries"
POLICY = b"x-vedette-policy"


def as_wished(plan: Plan, request: Request) -> Plan:
    """The plan with the caller's own deadline and number of attempts. Raises BadRequest."""
    timeout, retries = request.header(TIMEOUT), request.header(RETRIES)
    if timeout is None and retries is None:
        return plan
    return narrowed(plan, timeout_s=_seconds(timeout), retries=_count(retries))


def _seconds(value: bytes | None) -> float | None:
    """Raises BadRequest for what is no time."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= 86_400.0:
        raise BadRequest("x-vedette-timeout-s is no number of seconds above 0.")
    return seconds


def _count(value: bytes | None) -> int | None:
    """Raises BadRequest for what is no count."""
    if value is None:
        return None
    if not (value.isdigit() and len(value) <= 3):
        raise BadRequest("x-vedette-retries is no number of attempts.")
    return int(value)
