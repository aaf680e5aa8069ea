"""Usage and budgets as the API shows them."""

import msgspec

from vedette.costs.spending import BudgetState, KeySpending
from vedette.model.ledger import LedgerSum
from vedette.model.tenant import BudgetAction, BudgetWindow
from vedette.model.usage import Usage
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


class BudgetUsage(msgspec.Struct, frozen=True, kw_only=True):
    """A budget and what is left of it."""

    limit_usd: str
    spent_usd: str
    reserved_usd: str
    """Held by calls under way."""
    window: BudgetWindow
    action: BudgetAction
    resets_at: Time | None
    """When all that is spent now is forgotten; null: never, or nothing is spent."""


class KeyUsage(msgspec.Struct, frozen=True, kw_only=True):
    """What a key used since it was made, its rotations included."""

    requests: int
    errors: int
    unpriced_requests: int
    """Requests whose price is not known; they are not in `cost_usd`."""
    estimated_requests: int
    """Requests whose tokens are an estimate."""
    cost_usd: str
    reserved_usd: str
    saved_usd: str
    """What the cache saved."""
    tokens: TokenShape
    budgets: tuple[BudgetUsage, ...]


class UsageRow(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of one value of each dimension."""

    by: dict[str, str]
    requests: int
    errors: int
    unpriced_requests: int
    estimated_requests: int
    cost_usd: str
    saved_usd: str
    tokens: TokenShape


class UsageReport(msgspec.Struct, frozen=True, kw_only=True):
    """Usage, the dearest first."""

    from_time: Time
    to_time: Time
    items: tuple[UsageRow, ...]
    total: UsageRow


class HeldBudget(msgspec.Struct, frozen=True, kw_only=True):
    """A budget, whose it is, and what is left of it."""

    scope: str
    name: str
    budget: BudgetUsage


class BudgetList(msgspec.Struct, frozen=True, kw_only=True):
    """All budgets, the fullest first."""

    items: tuple[HeldBudget, ...]


SHAPES: tuple[type, ...] = (KeyUsage, UsageReport, BudgetList)


def usd(nano_usd: int) -> str:
    """Dollars to the micro-dollar."""
    return format_usd(nano_usd) or "0.000000"


def token_shape(usage: Usage) -> TokenShape:
    counts = {name: getattr(usage, name) for name in Usage.__struct_fields__[:-1]}
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
        budgets=tuple(map(budget_usage, found.budgets)),
    )


def usage_row(found: LedgerSum, by: tuple[str, ...]) -> UsageRow:
    return UsageRow(
        by=dict(zip(by, found.names, strict=True)),
        requests=found.requests,
        errors=found.errors,
        unpriced_requests=found.unpriced,
        estimated_requests=found.estimated,
        cost_usd=usd(found.cost_nano_usd),
        saved_usd=usd(found.saved_nano_usd),
        tokens=token_shape(found.usage),
    )


def held_budget(state: BudgetState) -> HeldBudget:
    return HeldBudget(scope=state.scope, name=state.name, budget=budget_usage(state))
