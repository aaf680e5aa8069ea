"""How providers and their targets do, as the console API tells it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from vedette.query.shapes import Time

State = Literal["closed", "open", "half_open", "unknown"]
"""Of a target: asked; left alone; tried with one call at a time; nobody has asked it yet."""


class StateSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in which a target was in one state."""

    state: State
    start_time: Time
    end_time: Time


class OutcomeCount(msgspec.Struct, frozen=True, kw_only=True):
    """Attempts that ended alike."""

    outcome: Annotated[str, Meta(description="`ok`, or the code of the error.")]
    attempts: int


class CallFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How calls went since the core's start; latencies over the latest 512."""

    requests: int = 0
    errors: int = 0
    last_error: str | None = None
    last_error_time: Time | None = None
    last_success_time: Time | None = None
    latency_p50_ms: float | None = None
    latency_p95_ms: float | None = None
    ttft_p50_ms: float | None = None


class QuotaStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider said of its own limits for one of its keys."""

    key: Annotated[int, Meta(description="Which of the provider's keys; the first is 0.")]
    left: Annotated[float, Meta(description="Share of the tightest limit that is left.")]
    rests_s: float
    """For how many seconds calls go elsewhere or wait; 0: not at all."""
    full_s: float
    """Seconds until all of it is back."""


class TargetStatus(CallFigures, frozen=True, kw_only=True):
    """One model at a provider: what routes choose between."""

    provider: str
    model: Annotated[str, Meta(description="Empty: calls that name no model.")]
    routes: tuple[str, ...] = ()
    """Names of the routes that lead there."""
    state: State = "unknown"
    since: Time | None = None
    """Since when it is in this state, as far as the core has seen it."""
    cooldown_left_s: float | None = None
    in_flight: int = 0
    expected_ms: float | None = None
    """What `least-latency` goes by: time to the first output, else of a whole answer."""
    quotas: tuple[QuotaStatus, ...] = ()
    """What is left of the provider's own limits, as it said last."""
    timeline: tuple[StateSpan, ...] = ()
    """Its states over the last hour, oldest first; only where one provider is asked for."""


class ProviderStatus(CallFigures, frozen=True, kw_only=True):
    """A configured provider and how its calls went since the start."""

    name: str
    kind: str
    base_url: Annotated[str, Meta(description="Without credentials.")]
    has_key: Annotated[bool, Meta(description="False: the client's own credential is forwarded.")]
    simulated: bool = False
    models: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ()
    """What it speaks, the best first."""
    state: State = "unknown"
    """That of its worst target; one that nobody asked yet says nothing of being well."""
    outcomes: tuple[OutcomeCount, ...] = ()
    """The most frequent first."""
    targets: tuple[TargetStatus, ...] = ()
    in_flight: int = 0
    places: int | None = None
    """Calls it may get at a time, over all workers; null: no limit."""
    waiting: int = 0
    """Calls that wait for a place."""


class ProviderList(msgspec.Struct, frozen=True):
    """The configured providers, in the order of the configuration."""

    items: tuple[ProviderStatus, ...]


class HistoryPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The attempts that began in one step of time."""

    time: Time
    attempts: int
    errors: int
    latency_p50_ms: float | None = None
    latency_p95_ms: float | None = None
    ttft_p50_ms: float | None = None


class ProviderDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A provider, its targets with their states over time, and its last hour."""

    provider: ProviderStatus
    start_time: Time
    end_time: Time
    step_s: int
    history: tuple[HistoryPoint, ...]
    """Oldest first; steps without attempts are left out."""


SHAPES: tuple[type, ...] = (ProviderList, ProviderDetail)
"""What the OpenAPI document describes of this resource."""
