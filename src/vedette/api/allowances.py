"""Budgets and limits as the API writes them: money in USD, what is not limited is null."""

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from vedette.api.fields import invalid_field
from vedette.model.tenant import (
    Allowance,
    Budget,
    BudgetAction,
    BudgetWindow,
    Limits,
    OnFailure,
)

_MOST_USD = 10**9
_NOTHING = Allowance()
_EXPECTED = f"an amount in USD such as 12.50, from 0 to {_MOST_USD}, at most 9 decimals"

Usd = Annotated[
    Decimal,
    Meta(
        description="A number or a decimal string.",
        extra_json_schema={"type": ["string", "number"]},
    ),
]
Count = Annotated[int, Meta(ge=1, le=10**12)]


class BudgetBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that may be spent in a window."""

    limit_usd: Usd
    window: Annotated[
        BudgetWindow, Meta(description="`month` is the calendar's, the others roll.")
    ] = "total"
    action: Annotated[BudgetAction, Meta(description="What happens to calls when it is spent.")] = (
        "block"
    )
    soft: Annotated[
        tuple[float, ...], Meta(description="Shares that are told of.", max_length=10)
    ] = (0.8,)
    timezone: Annotated[str, Meta(description="Of the window `month`.", max_length=64)] = "UTC"
    reroute_to: Annotated[
        str,
        Meta(
            description="Model name that answers where the action is `reroute`; empty: the "
            "cheapest target of the route.",
            max_length=200,
        ),
    ] = ""


class LimitsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be asked in a minute, and at a time; null: anything."""

    rpm: Annotated[Count | None, Meta(description="Requests a minute.")] = None
    tpm: Annotated[Count | None, Meta(description="Tokens a minute, input and output.")] = None
    concurrency: Annotated[Count | None, Meta(description="Calls at a time.")] = None
    usd_per_minute: Usd | None = None


class BudgetShape(msgspec.Struct, frozen=True, kw_only=True):
    """A budget as it is kept."""

    limit_usd: str
    window: BudgetWindow
    action: BudgetAction
    soft: tuple[float, ...]
    timezone: str
    reroute_to: str


class LimitsShape(msgspec.Struct, frozen=True, kw_only=True):
    """Limits as they are kept; null: anything."""

    rpm: int | None
    tpm: int | None
    concurrency: int | None
    usd_per_minute: str | None


Budgets = Annotated[tuple[BudgetBody, ...], Meta(max_length=20)]
Failing = Annotated[
    OnFailure,
    Meta(description="Whether calls go on where what is used cannot be told, or get 503."),
]


class AllowanceFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody new may spend and ask."""

    budgets: Budgets | None = None
    limits: LimitsBody | None = None
    on_failure: Failing = "open"


class AllowanceChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody may spend and ask from now on; null: anything."""

    budgets: Budgets | UnsetType | None = UNSET
    limits: LimitsBody | UnsetType | None = UNSET
    on_failure: Failing | UnsetType = UNSET


def read_allowance(
    body: AllowanceFields | AllowanceChanges, given: Allowance = _NOTHING
) -> Allowance:
    """`given` with what was sent in its place; null is nothing. Raises InvalidFields."""
    if body.budgets is not UNSET:
        wanted = body.budgets or ()
        given = replace(given, budgets=tuple(map(_budget, range(len(wanted)), wanted)))
    if body.limits is not UNSET:
        given = replace(given, limits=_limits(body.limits or LimitsBody()))
    if body.on_failure is not UNSET:
        given = replace(given, on_failure=body.on_failure)
    return given


def budget_shapes(allowance: Allowance) -> tuple[BudgetShape, ...]:
    return tuple(
        BudgetShape(
            limit_usd=exact_usd(budget.limit_nano_usd),
            window=budget.window,
            action=budget.action,
            soft=budget.soft,
            timezone=budget.timezone,
            reroute_to=budget.reroute_to,
        )
        for budget in allowance.budgets
    )


def limits_shape(allowance: Allowance) -> LimitsShape:
    limits, cost = allowance.limits, allowance.limits.cost_per_minute_nano_usd
    return LimitsShape(
        rpm=limits.rpm,
        tpm=limits.tpm,
        concurrency=limits.concurrency,
        usd_per_minute=None if cost is None else exact_usd(cost),
    )


def _budget(index: int, body: BudgetBody) -> Budget:
    return Budget(
        limit_nano_usd=read_usd(body.limit_usd, f"budgets[{index}].limit_usd"),
        window=body.window, action=body.action, soft=body.soft, timezone=body.timezone,
        reroute_to=body.reroute_to,
    )  # fmt: skip


def _limits(body: LimitsBody) -> Limits:
    cost = body.usd_per_minute
    return Limits(
        rpm=body.rpm, tpm=body.tpm, concurrency=body.concurrency,
        cost_per_minute_nano_usd=(
            None if cost is None else read_usd(cost, "limits.usd_per_minute")
        ),
    )  # fmt: skip


def read_usd(amount: Decimal, name: str) -> int:
    """Nano-USD; raises InvalidFields."""
    # A text such as 1e-999999999 is finite and small, and not for arithmetic.
    if amount.is_finite() and 0 <= amount <= _MOST_USD:
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -9:
            return int(amount.scaleb(9))
    value = str(amount)[:80]
    message = f"{name} has the value {value!r}: need {_EXPECTED}."
    raise invalid_field(message, name, value, _EXPECTED)


def exact_usd(nano_usd: int) -> str:
    """A limit is shown as it was set: six decimals, more where they are needed."""
    whole, fraction = divmod(nano_usd, 10**9)
    digits = f"{fraction:09d}"
    return f"{whole}.{digits[:6]}{digits[6:].rstrip('0')}"
