"""Letting go of a context where a framework may end a run elsewhere than it began it."""

from typing import Any

from opentelemetry.context import _RUNTIME_CONTEXT


def let_go(token: Any) -> None:
    """As `detach`, and silent where the token is of another context: there is nothing to undo."""
    if token is not None:
        try:
            _RUNTIME_CONTEXT.detach(token)
        except (ValueError, RuntimeError):
            pass
