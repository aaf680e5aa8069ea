"""The ledger: what every call used and cost, in rows that are never changed."""

from typing import Literal

import msgspec

from vedette.model.usage import Usage

Dimension = Literal[
    "organization", "project", "key", "user", "session", "model", "provider", "route", "tag",
    "hour", "day", "month",
]  # fmt: skip
DIMENSIONS: tuple[Dimension, ...] = (
    "organization", "project", "key", "user", "session", "model", "provider", "route", "tag",
    "hour", "day", "month",
)  # fmt: skip


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One call."""

    trace_id: str
    span_id: str
    at_ns: int
    """When it began."""
    end_ns: int
    project_id: str
    organization_id: str
    key_id: str = ""
    """The first key of a row of rotations."""
    user_id: str = ""
    session_id: str = ""
    route: str = ""
    provider: str = ""
    model: str = ""
    tags: tuple[str, ...] = ()
    is_error: bool = False
    usage: Usage = Usage()
    cost_nano_usd: int | None = None
    """None where no price is known: never zero for that."""
    price_version: str = ""
    saved_nano_usd: int = 0
    """What the call would have cost had its answer not been in the cache."""
    is_partial: bool = False
    """Whether something that was used has no known price and is not in the cost."""


OTHERS = "\x00others"
"""The name of values that were added up together; nothing else can be named so."""


class LedgerQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows; what is empty or None does not restrict them."""

    project_id: str | None = None
    organization_id: str | None = None
    key_id: str | None = None
    user_id: str | None = None
    session_id: str | None = None
    model: str | None = None
    provider: str | None = None
    route: str | None = None
    tag: str | None = None
    from_ns: int = 0
    to_ns: int = 2**63 - 1
    """Calls that began in [from_ns, to_ns)."""
    by: tuple[Dimension, ...] = ()
    """What to sum by. By tag, a call with several tags counts for each of them."""
    top: int = 0
    """So many values of the first dimension alone, those that cost most; the others are one value,
    `OTHERS`. 0: all."""


class LedgerSum(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one value of each dimension, added up."""

    names: tuple[str, ...] = ()
    """In the order of `by`; times as `2026-01`, `2026-01-31` or `2026-01-31T13:00:00Z`."""
    values: int = 1
    """Of how many values of the first dimension it is the sum."""
    requests: int = 0
    errors: int = 0
    unpriced: int = 0
    """Calls that used something, the price of which is not known, or not of all of it."""
    estimated: int = 0
    """Calls whose tokens are an estimate."""
    cached: int = 0
    """Calls that the cache answered, as far as their price is known."""
    usage: Usage = Usage()
    cost_nano_usd: int = 0
    """Of the calls whose price is known."""
    saved_nano_usd: int = 0
