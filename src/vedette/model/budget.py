"""Whose budgets and limits there are, and what they count."""

from typing import Literal

Scope = Literal["organization", "project", "key", "user", "session", "model", "tag"]
SCOPES: tuple[Scope, ...] = (
    "organization", "project", "key", "user", "session", "model", "tag",
)  # fmt: skip

Unit = Literal["requests", "tokens", "concurrency", "cost"]
