"""Budgets and limits that the configuration sets, beside those of keys, projects and tenants."""

from typing import Literal

import msgspec

from vedette.model.tenant import Allowance

Scope = Literal["organization", "project", "key", "user", "session", "model", "tag"]
SCOPES: tuple[Scope, ...] = (
    "organization", "project", "key", "user", "session", "model", "tag",
)  # fmt: skip

Unit = Literal["requests", "tokens", "concurrency", "cost"]


class ScopedAllowance(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What all of a kind may spend and ask, each counted by itself."""

    scope: Scope
    name: str = "*"
    """Who is meant: a name or a pattern (`*`, `?`)."""
    project: str = ""
    """Only within this project; empty: in all."""
    together: bool = False
    """Whether all that match share the allowance."""
    allowance: Allowance = Allowance()
