"""What a client is told of its limits: header lines, and the errors of who is over one.

`x-vedette-limit` names the limit that is nearest, `x-vedette-remaining` what is left of it after
this call, `x-vedette-reset` the seconds after which all that is used now is forgotten. Money is in
US dollars.
"""

from vedette.costs.accounts import Refused
from vedette.costs.limits import Limit
from vedette.costs.windows import RING
from vedette.errors import VedetteError
from vedette.gateway.directory import header_value

_S = 1_000_000_000
_LONGEST_WAIT_S = 31 * 86_400


class RateLimited(VedetteError):
    """More than a limit allows in a minute, or at a time."""

    code = "rate_limit_exceeded"
    status = 429

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BudgetSpent(VedetteError):
    """The money is spent; calling again soon does not help."""

    code = "insufficient_quota"
    status = 429
    kind = "insufficient_quota"

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class LimitsUnavailable(VedetteError):
    """A limit that fails closed cannot be looked at."""

    code = "limits_unavailable"
    status = 503
    retry_after_s = 1.0


def limit_lines(limit: Limit, left: int, now_ns: int) -> bytes:
    """The header lines of an answer that went through."""
    line = limit.line
    if not line:
        line = limit.line = _LIMIT % (_amount(limit, limit.account.limit), _named(limit))
    told = b"%d" % left if limit.unit != "cost" and left > 0 else _amount(limit, left)
    second = now_ns // _S
    if limit.line_second != second:
        # Windows end with a second, so until the next one the line stays.
        limit.line_second, limit.line_end = second, _reset_line(limit, now_ns)
    return b"%b%b%b" % (line, told, limit.line_end)


def _reset_line(limit: Limit, now_ns: int) -> bytes:
    window = limit.account.window
    piece = window.piece_ns
    end = (now_ns // piece + RING) * piece if piece else window.end_ns(now_ns)
    return b"\r\n" if end is None else b"\r\nx-vedette-reset: %d\r\n" % -(-(end - now_ns) // _S)


_LIMIT = b"x-vedette-limit: %b;%b\r\nx-vedette-remaining: "
_LINES = _LIMIT + b"%b\r\n"


def soft_lines(limit: Limit, share: float) -> bytes:
    """The header line of a budget that is nearly used up."""
    return b"x-vedette-budget: %b;used=%.3f\r\n" % (_named(limit), share)


def refusal(
    limit: Limit, refused: Refused, frees_at_ns: int | None, now_ns: int
) -> tuple[VedetteError, bytes]:
    """The error of a call that a limit refuses, and its header lines."""
    wait_s = None if frees_at_ns is None else max(1, -(-(frees_at_ns - now_ns) // _S))
    whose = f"{limit.scope} {limit.name!r}" if limit.name else limit.scope
    account = limit.account
    lines = _LINES % (_amount(limit, account.limit), _named(limit), _amount(limit, refused.left))
    if limit.unit == "concurrency":
        return RateLimited(f"The {whose} has {account.limit} calls under way already.", 1.0), lines
    if wait_s is not None:
        lines += b"x-vedette-reset: %d\r\n" % wait_s
    if limit.budget is None or refused.account is limit.slow:
        return RateLimited(_too_much(limit, whose, refused), float(wait_s or 60)), lines
    budget = f"{_amount(limit, account.limit).decode()} USD ({limit.window.name})"
    if refused.may_free:
        message = f"Calls under way hold the rest of the budget of the {whose}: {budget}."
        return RateLimited(message, 1.0), lines
    lines += b"x-should-retry: false\r\n"
    after = min(wait_s, _LONGEST_WAIT_S) if wait_s is not None else None
    return BudgetSpent(f"The budget of the {whose} is spent: {budget}.", after), lines


def _too_much(limit: Limit, whose: str, refused: Refused) -> str:
    if refused.account is limit.slow:
        return f"The budget of the {whose} is spent: only {refused.account.limit} calls a minute."
    allowed = _amount(limit, limit.account.limit).decode()
    unit = "USD" if limit.unit == "cost" else limit.unit
    return f"The {whose} may use {allowed} {unit} a minute; that is used up."


def _named(limit: Limit) -> bytes:
    return b"scope=%b;unit=%b;window=%b" % (
        header_value(limit.scope),
        b"usd" if limit.unit == "cost" else limit.unit.encode(),
        b"now" if limit.unit == "concurrency" else limit.window.name.encode(),
    )


def _amount(limit: Limit, amount: int) -> bytes:
    """A count, or dollars to the micro-dollar; never below 0."""
    if amount < 0:
        amount = 0
    if limit.unit != "cost":
        return b"%d" % amount
    return b"%d.%06d" % divmod(amount // 1000, 1_000_000)
