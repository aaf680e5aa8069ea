"""Usage and budgets as the API shows them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.costs.burning import Burn, Point
from vedette.costs.savings import Saving, SavingKind
from vedette.costs.spending import BudgetState, KeySpending, LimitState
from vedette.model.budget import Scope, Unit
from vedette.model.ledger import LedgerSum
from vedette.model.tenant import BudgetAction, BudgetWindow, OnFailure
from vedette.model.usage import TOKENS, Usage
from vedette.query.money import format_usd
from vedette.query.shapes import Time
from vedette.query.times import format_time


class TokenShape(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens by class; each stands in one class only."""

    total: int
    input: int
    output: int
    input_uncached: int
    cache_read: int
    cache_write: int
    cache_write_1h: int
    audio_input: int
    image_input: int
    output_text: int
    reasoning: int
    audio_output: int
    image_output: int
    cache_read_audio: int
    cache_read_image: int


class BudgetUsage(msgspec.Struct, frozen=True, kw_only=True):
    """A budget and what is left of it."""

    limit_usd: str
    spent_usd: str
    reserved_usd: str
    """Held by calls under way."""
    window: BudgetWindow
    action: BudgetAction
    reroute_to: str
    soft: tuple[float, ...]
    timezone: str
    resets_at: Time | None
    """When all that is spent now is forgotten; null: never, or nothing is spent."""


class KeyUsage(msgspec.Struct, frozen=True, kw_only=True):
    """What a key used since it was made, its rotations included."""

    requests: int
    errors: int
    unpriced_requests: int
    """Requests whose price is not known, or not all of it; what is not known is not in
    `cost_usd`."""
    estimated_requests: int
    """Requests whose tokens are an estimate."""
    cost_usd: str
    reserved_usd: str
    saved_usd: str
    """What the cache saved."""
    tokens: TokenShape
    web_searches: int
    """Searches of the web that providers ran."""
    file_searches: int
    budgets: tuple[BudgetUsage, ...]


class UsageRow(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of one value of each dimension."""

    by: dict[str, str]
    requests: int
    errors: int
    unpriced_requests: int
    estimated_requests: int
    cached_requests: Annotated[
        int, Meta(description="Answered from the cache, as far as their price is known.")
    ]
    cost_usd: str
    saved_usd: str
    tokens: TokenShape
    web_searches: Annotated[int, Meta(description="Searches of the web that providers ran.")]
    file_searches: Annotated[int, Meta(description="The same in files that providers keep.")]


class UsageReport(msgspec.Struct, frozen=True, kw_only=True):
    """Usage, the dearest first."""

    from_time: Time
    to_time: Time
    items: tuple[UsageRow, ...]
    total: UsageRow
    others: Annotated[int, Meta(description="Values of the first dimension beyond `top`.")]
    rest: Annotated[
        tuple[UsageRow, ...],
        Meta(description="What those cost together, by the other dimensions."),
    ]


class HeldBudget(msgspec.Struct, frozen=True, kw_only=True):
    """A budget, whose it is, and what is left of it."""

    id: str
    scope: Scope
    name: Annotated[str, Meta(description="Empty where all that match share it.")]
    project: Annotated[str | None, Meta(description="Within which it is; null: in all.")]
    budget: BudgetUsage


class BudgetList(msgspec.Struct, frozen=True, kw_only=True):
    """All budgets, the fullest first."""

    items: tuple[HeldBudget, ...]


class BurnPoint(msgspec.Struct, frozen=True, kw_only=True):
    """What is spent in the window at a time."""

    time: Time
    spent_usd: str


class BudgetForecast(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be expected if spending goes on as it did lately."""

    usd_per_day: str
    exhausted_at: Annotated[
        Time | None, Meta(description="Null: not until `end_time`, or it is exhausted already.")
    ]
    end_time: Time
    end_usd: Annotated[str, Meta(description="What will be spent in the window then.")]
    points: tuple[BurnPoint, ...]


class BudgetBurn(msgspec.Struct, frozen=True, kw_only=True):
    """A budget over time, from the ledger."""

    id: str
    scope: Scope
    name: str
    project: str | None
    budget: BudgetUsage
    step_s: int
    points: tuple[BurnPoint, ...]
    forecast: BudgetForecast


class HeldLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A limit, whose it is, and what is used of it."""

    scope: Scope
    name: Annotated[str, Meta(description="Empty where all that match share it.")]
    project: str | None
    unit: Unit
    limit: Annotated[str, Meta(description="A count; dollars where the unit is `cost`.")]
    used: Annotated[str, Meta(description="In the last minute; of `concurrency`, now.")]
    on_failure: OnFailure


class LimitList(msgspec.Struct, frozen=True, kw_only=True):
    """All limits, the fullest first."""

    items: tuple[HeldLimit, ...]


class SavingShape(msgspec.Struct, frozen=True, kw_only=True):
    """A recommendation, and the figures behind it."""

    kind: SavingKind
    provider: str
    model: str
    other: Annotated[str | None, Meta(description="The model or provider that costs less.")]
    requests: int
    cost_usd: Annotated[str, Meta(description="By the list, or what was paid if that is less.")]
    saves_usd: str
    is_upper_bound: Annotated[bool, Meta(description="Whether it is the most that can be saved.")]
    advice: str


class SavingsReport(msgspec.Struct, frozen=True, kw_only=True):
    """Recommendations, the largest first. They overlap: their sum is not to be had."""

    from_time: Time
    to_time: Time
    cost_usd: str
    saved_by_cache_usd: Annotated[str, Meta(description="What the cache saved already.")]
    items: tuple[SavingShape, ...]


SHAPES: tuple[type, ...] = (
    KeyUsage, UsageReport, BudgetList, BudgetBurn, LimitList, SavingsReport,
)  # fmt: skip


def usd(nano_usd: int) -> str:
    """Dollars to the micro-dollar."""
    return format_usd(nano_usd) or "0.000000"


def token_shape(usage: Usage) -> TokenShape:
    counts = {name: getattr(usage, name) for name in TOKENS}
    given, made = usage.input_total, usage.output_total
    return TokenShape(total=given + made, input=given, output=made, **counts)


def budget_usage(state: BudgetState) -> BudgetUsage:
    """The state of a limit that is a budget."""
    budget = state.limit.budget
    assert budget is not None
    return BudgetUsage(
        limit_usd=usd(budget.limit_nano_usd),
        spent_usd=usd(state.spent_nano_usd),
        reserved_usd=usd(state.held_nano_usd),
        window=budget.window,
        action=budget.action,
        reroute_to=budget.reroute_to,
        soft=budget.soft,
        timezone=budget.timezone,
        resets_at=None if state.resets_at_ns is None else format_time(state.resets_at_ns),
    )


def key_usage(found: KeySpending) -> KeyUsage:
    total = found.total
    return KeyUsage(
        requests=total.requests,
        errors=total.errors,
        unpriced_requests=total.unpriced,
        estimated_requests=total.estimated,
        cost_usd=usd(total.cost_nano_usd),
        reserved_usd=usd(found.held_nano_usd),
        saved_usd=usd(total.saved_nano_usd),
        tokens=token_shape(total.usage),
        web_searches=total.usage.web_searches,
        file_searches=total.usage.file_searches,
        budgets=tuple(map(budget_usage, found.budgets)),
    )


def usage_row(found: LedgerSum, by: tuple[str, ...]) -> UsageRow:
    return UsageRow(
        by=dict(zip(by, found.names, strict=True)),
        requests=found.requests,
        errors=found.errors,
        unpriced_requests=found.unpriced,
        estimated_requests=found.estimated,
        cached_requests=found.cached,
        cost_usd=usd(found.cost_nano_usd),
        saved_usd=usd(found.saved_nano_usd),
        tokens=token_shape(found.usage),
        web_searches=found.usage.web_searches,
        file_searches=found.usage.file_searches,
    )


def held_budget(state: BudgetState) -> HeldBudget:
    return HeldBudget(
        id=state.id, scope=state.scope, name=state.name, project=state.project_id or None,
        budget=budget_usage(state),
    )  # fmt: skip


def budget_burn(state: BudgetState, found: Burn) -> BudgetBurn:
    forecast = found.forecast
    exhausted = forecast.exhausted_at_ns
    return BudgetBurn(
        id=state.id,
        scope=state.scope,
        name=state.name,
        project=state.project_id or None,
        budget=budget_usage(state),
        step_s=found.step_ns // 1_000_000_000,
        points=tuple(map(_burn_point, found.points)),
        forecast=BudgetForecast(
            usd_per_day=usd(forecast.rate_nano_usd_per_day),
            exhausted_at=None if exhausted is None else format_time(exhausted),
            end_time=format_time(forecast.until_ns),
            end_usd=usd(forecast.end_nano_usd),
            points=tuple(map(_burn_point, forecast.points)),
        ),
    )


def held_limit(state: LimitState) -> HeldLimit:
    limit = state.limit
    amount = usd if limit.unit == "cost" else str
    return HeldLimit(
        scope=limit.scope, name=limit.name, project=state.project_id or None, unit=limit.unit,
        limit=amount(limit.account.limit), used=amount(state.used),
        on_failure="closed" if limit.fails_closed else "open",
    )  # fmt: skip


def saving_shape(found: Saving) -> SavingShape:
    return SavingShape(
        kind=found.kind,
        provider=found.provider,
        model=found.model,
        other=found.other or None,
        requests=found.requests,
        cost_usd=usd(found.cost_nano_usd),
        saves_usd=usd(found.saves_nano_usd),
        is_upper_bound=found.is_upper_bound,
        advice=found.advice,
    )


def _burn_point(point: Point) -> BurnPoint:
    at_ns, spent = point
    return BurnPoint(time=format_time(at_ns), spent_usd=usd(spent))
