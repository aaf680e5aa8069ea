"""Routes, and where a request would go, as the console API tells it."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from vedette.api.provider_shapes import State
from vedette.query.shapes import Time

Strategy = Literal["fallback", "weighted", "least-latency", "round-robin", "conditional"]
Capability = Literal["tools", "images", "audio", "files", "json", "reasoning", "stream"]
OnBreak = Literal["error", "continue", "restart"]
OnRefusal = Literal["error", "next"]
CaptureMode = Literal["full", "redacted", "hash", "none"]
Client = Literal[
    "openai_chat", "openai_responses", "openai_completions", "openai_embeddings", "anthropic",
    "gemini", "bedrock", "ollama_chat",
]  # fmt: skip
"""In whose dialect a request comes."""


class WhenBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a call must be like; all that is set must hold."""

    model: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    min_input_tokens: int | None = None
    max_input_tokens: int | None = None
    capability: tuple[Capability, ...] = ()


class TargetBody(msgspec.Struct, frozen=True, kw_only=True):
    """Where a route may send a call."""

    provider: str
    model: Annotated[str, Meta(description="Empty: the one the client named.")] = ""
    weight: float = 1.0
    when: WhenBody | None = None


class TimeoutsBody(msgspec.Struct, frozen=True, kw_only=True):
    """Deadlines of one attempt, seconds."""

    connect_s: float = 3.0
    first_byte_s: float = 30.0
    first_token_s: float = 60.0
    idle_s: float = 30.0
    total_s: float = 600.0
    websocket_idle_s: float = 600.0
    websocket_total_s: float = 7200.0


class RouteBody(msgspec.Struct, frozen=True, kw_only=True):
    """A route as `routes[]` of the configuration has it, with the same rules."""

    model: Annotated[str, Meta(description="Name that clients use; `*` and `?` make a pattern.")]
    targets: Annotated[tuple[TargetBody, ...], Meta(min_length=1)]
    strategy: Strategy = "fallback"
    retries: int = 2
    timeouts: TimeoutsBody | None = None
    on_break: OnBreak = "error"
    cooldown_s: float = 10.0
    hedge_after_s: float | None = None
    sticky: Literal["session", "user"] | None = None
    on_context_window: OnRefusal = "error"
    on_content_filter: OnRefusal = "error"
    capture: CaptureMode | None = None


class TargetHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How a target is doing at the moment, as the workers share it."""

    state: State
    since: Time | None = None
    cooldown_left_s: float | None = None
    last_error: str | None = None
    in_flight: int = 0
    expected_ms: float | None = None


class RouteShape(msgspec.Struct, frozen=True, kw_only=True):
    """A route and where it comes from."""

    origin: Literal["file", "managed"]
    """`file`: from the configuration, to be changed there. `managed`: made through this API."""
    place: str | None
    """File and line of a route of the configuration."""
    version: int | None
    """Of a managed route; also its ETag."""
    updated_time: Time | None
    problem: str | None
    """Why a managed route has no effect at the moment."""
    route: RouteBody
    health: tuple[TargetHealth, ...]
    """Of its targets, in their order."""


class RouteList(msgspec.Struct, frozen=True):
    """Those of the configuration, then the managed ones, in the order of look-up."""

    items: tuple[RouteShape, ...]


class ExplainBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request to ask about; nothing is sent to anybody."""

    model: Annotated[str, Meta(min_length=1, max_length=500)]
    client: Client = "openai_chat"
    tags: Annotated[tuple[str, ...], Meta(max_length=32)] = ()
    session: Annotated[str, Meta(max_length=200)] = ""
    user: Annotated[str, Meta(max_length=200)] = ""
    input_tokens: Annotated[int, Meta(ge=1, le=1_000_000_000)] = 100
    capabilities: Annotated[tuple[Capability, ...], Meta(max_length=7)] = ()
    stream: bool = False
    priority: Literal["interactive", "batch"] = "interactive"
    draft: Annotated[
        dict[str, Any] | None,
        Meta(description="A route that is not kept yet, as RouteBody: it stands first."),
    ] = None


class ResolutionStep(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that a model name is held against, in order; the first that matches counts."""

    rule: Literal["route", "provider", "pattern", "models", "default"]
    matched: bool
    text: str


class ExplainedTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A target of the plan, and what would become of it."""

    provider: str
    kind: str
    model: str
    weight: float
    fits: bool
    why_not: str | None
    """The condition of its `when` that does not hold."""
    position: int | None
    """When it would be asked, from 1; null: not at all."""
    first_share: float
    """How often it is the one that is asked first, in [0, 1]: from draws of the gateway's lot."""
    health: TargetHealth
    dialect: str | None
    """In which it would be asked; null: it cannot answer such a call."""
    translated: bool
    note: str | None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request would go, and why."""

    model: str
    resolution: tuple[ResolutionStep, ...]
    error: str | None
    """What the client would be told where nobody can be asked."""
    route: str | None
    origin: Literal["file", "managed"] | None
    strategy: Strategy | None
    reason: str
    """How the first target is chosen, in words."""
    attempts: int
    """How many there may be."""
    on_break: OnBreak | None
    hedge_after_s: float | None
    sticky: Annotated[str | None, Meta(description="The key that keeps the call at one target.")]
    targets: tuple[ExplainedTarget, ...]
    """In the order in which they would be asked, then those that would not."""


SHAPES: tuple[type, ...] = (RouteBody, RouteShape, RouteList, ExplainBody, Explanation)
"""What the OpenAPI document describes of this resource."""
