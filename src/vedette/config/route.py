"""Routes: a model name for clients, and who answers to it."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from vedette.config.provider import TimeoutsConfig
from vedette.config.values import CaptureMode, Names, RouteName, Seconds, Section

Capability = Literal["tools", "images", "audio", "files", "json", "reasoning", "stream"]
Tokens = Annotated[int, Field(ge=1, le=1_000_000_000)]


def _dashes(value: Any) -> Any:
    return value.replace("_", "-") if isinstance(value, str) else value


def _session_for_true(value: Any) -> Any:
    """`sticky: true` means by session; as text too, as environment variables have it."""
    if value is True or value == "true":
        return "session"
    return None if value is False or value == "false" else value


def _list(value: Any) -> Any:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


class WhenConfig(Section):
    """What a call must be like for a target to be meant; all that is set must hold."""

    model: Names = ()
    """Patterns (`*`, `?`) of which the name the client used matches one."""
    tags: Names = ()
    """Tags of which the call carries one."""
    min_input_tokens: Tokens | None = None
    """Least size of the request, estimated from its bytes."""
    max_input_tokens: Tokens | None = None
    """Largest size of the request, estimated from its bytes."""
    capability: Annotated[tuple[Capability, ...], BeforeValidator(_list)] = ()
    """What the call makes use of, all of it: tools, images, audio, files, json, reasoning,
    stream."""


class TargetConfig(Section):
    """Where a route may send a call."""

    provider: str
    """Name of a provider."""
    model: str = ""
    """Model to ask for there. Empty: the one the client named."""
    weight: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] = 1.0
    """Share of the calls with strategy `weighted`; need not sum to 1. 0: only as a fallback."""
    when: WhenConfig | None = None
    """What calls must be like to go there (strategy `conditional`). Empty: any call."""


class RouteConfig(Section):
    """A model name for clients, and who answers to it."""

    model: RouteName
    """Name that clients use; unique. With `*` or `?` it stands for all names that match and that
    no other route has."""
    strategy: Annotated[
        Literal["fallback", "weighted", "least-latency", "round-robin", "conditional"],
        BeforeValidator(_dashes),
    ] = "fallback"
    """Who is asked first. `fallback`: the first target that works, in order. `weighted`: by lot,
    by weight. `least-latency`: the quicker of two drawn by lot. `round-robin`: in turn.
    `conditional`: the first whose `when` holds. The others follow when it fails."""
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    """Further attempts after the first, over all targets."""
    targets: Annotated[tuple[TargetConfig, ...], Field(min_length=1)]
    """Where calls go, in order of preference."""
    timeouts: TimeoutsConfig | None = None
    """Deadlines for this route instead of those of the providers."""
    on_break: Literal["error", "continue", "restart"] = "error"
    """What becomes of a stream that breaks off after its first output. `error`: it ends in an
    error event. `continue`: the next target goes on from what was delivered. `restart`: the next
    target answers anew, and of that answer what was delivered already is held back."""
    cooldown_s: Seconds = 10.0
    """Seconds that a target which keeps failing is left alone; longer each time it fails again."""
    hedge_after_s: Seconds | None = None
    """Seconds without output after which the next target is asked as well; the first to answer
    is taken. Empty: never, since both may be billed."""
    sticky: Annotated[Literal["session", "user"] | None, BeforeValidator(_session_for_true)] = None
    """Keeps the calls of one `session` or `user` at one target while it works. `true`: session."""
    on_context_window: Literal["error", "next"] = "error"
    """What to do when a target says that the request is too long for it. `next`: ask the next."""
    on_content_filter: Literal["error", "next"] = "error"
    """What to do when a target's filter refuses the request with an error. `next`: ask the next."""
    capture: CaptureMode | None = None
    """What is recorded on this route. Empty: as under `capture`."""
