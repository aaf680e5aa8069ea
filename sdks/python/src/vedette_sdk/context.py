"""Whose calls these are: session, user, tags, metadata, prompt; inherited by all that runs inside.

Kept in OpenTelemetry's context, so they follow tasks of asyncio and everything that carries a
context on.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from opentelemetry.context import attach, detach, get_value, set_value

_KEY = "vedette_sdk.scope"
_MAX = 512


@dataclass(frozen=True, slots=True)
class Scope:
    """What `context` says."""

    session: str = ""
    user: str = ""
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    prompt_name: str = ""
    prompt_version: str = ""


NOBODY = Scope()


def scope() -> Scope:
    """The scope of the running code."""
    found = get_value(_KEY)
    return found if isinstance(found, Scope) else NOBODY


@contextmanager
def context(
    *, session: Any = None, user: Any = None, tags: Sequence[str] = (),
    metadata: Mapping[str, Any] | None = None, prompt: Any = None,
) -> Iterator[None]:  # fmt: skip
    """Say whose calls those inside are.

    What is not given comes from around; tags and metadata add up.

    `prompt` is a `Prompt`, or the name of one.
    """
    outer = scope()
    inner = replace(
        outer,
        session=outer.session if session is None else str(session)[:_MAX],
        user=outer.user if user is None else str(user)[:_MAX],
        tags=tuple(dict.fromkeys((*outer.tags, *(str(tag)[:_MAX] for tag in _listed(tags))))),
        metadata={**outer.metadata, **(metadata or {})},
        prompt_name=outer.prompt_name if prompt is None else str(getattr(prompt, "name", prompt)),
        prompt_version=(
            outer.prompt_version if prompt is None else str(getattr(prompt, "version", ""))
        ),
    )
    token = attach(set_value(_KEY, inner))
    try:
        yield
    finally:
        detach(token)


def _listed(tags: Sequence[str]) -> Sequence[str]:
    return (tags,) if isinstance(tags, str) else tags


def scope_attributes(scope: Scope, user: str) -> dict[str, Any]:
    """A scope as attributes; `user` as the privacy mode keeps it."""
    found: dict[str, Any] = {}
    if scope.session:
        found["gen_ai.conversation.id"] = found["session.id"] = scope.session
    if user:
        found["user.id"] = user
    if scope.tags:
        found["vedette.tags"] = scope.tags
    if scope.prompt_name:
        found["gen_ai.prompt.name"] = scope.prompt_name
        if scope.prompt_version:
            found["gen_ai.prompt.version"] = scope.prompt_version
    for name, value in scope.metadata.items():
        plain = isinstance(value, bool | int | float | str)
        found[f"vedette.metadata.{name}"] = value if plain else str(value)[:_MAX]
    return found
