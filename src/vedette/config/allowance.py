"""Budgets and limits by user, session, model, tag and the like."""

from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from vedette.config.values import Section

Usd = Annotated[Decimal, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]
Rate = Annotated[int, Field(ge=1, le=1_000_000_000_000)]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("expected a time zone such as UTC or Europe/Berlin") from None
    return name


class BudgetConfig(Section):
    """Money that may be spent in a window of time."""

    limit_usd: Usd
    """US dollars."""
    window: Literal["total", "1h", "1d", "30d", "month"] = "total"
    """`1h`, `1d` and `30d` roll; `month` is that of the calendar; `total` never ends."""
    action: Literal["block", "throttle", "reroute"] = "block"
    """When it is spent: `block` answers with 429 `insufficient_quota`, `throttle` lets 6 calls a
    minute through, `reroute` lets a cheaper model answer."""
    reroute_to: str = ""
    """Model name that answers then. Empty: the cheapest target of the route."""
    soft: tuple[Share, ...] = (0.8,)
    """Shares of the budget from which on answers, spans and the log warn."""
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """Time zone of the window `month`."""


class RatesConfig(Section):
    """What may be asked in a minute, and at a time. Empty: no limit."""

    rpm: Rate | None = None
    """Requests in any 60 seconds."""
    tpm: Rate | None = None
    """Tokens in any 60 seconds, input and output."""
    concurrency: Rate | None = None
    """Calls at a time."""
    usd_per_minute: Usd | None = None
    """US dollars in any 60 seconds."""


class AllowanceConfig(Section):
    """What all of a kind may spend and ask."""

    scope: Literal["organization", "project", "key", "user", "session", "model", "tag"]
    """What is counted."""
    name: Annotated[str, Field(min_length=1)] = "*"
    """Who is meant: a name or a pattern, `*` and `?` stand for any text and any character."""
    project: str = ""
    """Only calls of this project. Empty: of all."""
    together: bool = False
    """Whether all that match share the allowance. Else each name has its own."""
    budgets: tuple[BudgetConfig, ...] = ()
    """Money that may be spent."""
    limits: RatesConfig = RatesConfig()
    """What may be asked in a minute, and at a time."""
    on_failure: Literal["open", "closed"] = "open"
    """Whether calls go on (`open`) or are refused with 503 (`closed`) where what is used cannot
    be told, because of a fault of this machine or because the server of `redis.url` is away. With
    `open` each machine then holds the limit by itself."""
