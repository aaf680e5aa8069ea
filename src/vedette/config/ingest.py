"""What of the spans of other programs is let in."""

from typing import Annotated, Literal

from pydantic import Field

from vedette.config.allowance import Usd
from vedette.config.values import Section

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=1, le=1_000_000_000_000_000)]


class QuotaConfig(Section):
    """How much each of a kind may send. Of those for keys, and of those for projects, the first
    that fits counts."""

    scope: Literal["key", "project"] = "key"
    """Who is counted. All who show no virtual key are counted together, as one key."""
    name: Annotated[str, Field(min_length=1, max_length=200)] = "*"
    """Who is meant, each by himself: an id or a name, where `*` and `?` stand for anything."""
    spans_per_minute: Number | None = None
    """Spans in any 60 seconds. Empty: any number."""
    bytes_per_day: Number | None = None
    """Size of bodies, unpacked, in any 24 hours. Empty: any size."""


class SamplingConfig(Section):
    """Which traces of a project are kept. Of several entries the first that fits counts."""

    project: Annotated[str, Field(min_length=1, max_length=200)] = "*"
    """Project, by id or name, where `*` and `?` stand for anything."""
    head: Share = 1.0
    """Share of the traces that are kept at all, chosen by their id alone: errors go as well."""
    tail: Share = 1.0
    """Share that is kept of the traces that nothing speaks for. Those with an error, a finding of
    the guard, a score or another note, or that were slow or costly, are kept besides."""
    slow_ms: Annotated[float, Field(gt=0, le=86_400_000)] | None = None
    """Milliseconds from which on a trace is slow. Empty: none is."""
    costly_usd: Usd | None = None
    """US dollars from which on a trace is costly. Empty: none is."""
    gateway: bool = False
    """Whether traces with calls through the gateway take part. They are all kept otherwise."""
    quiet_s: Annotated[float, Field(ge=1, le=3_600)] = 30.0
    """Seconds without a new span after which a trace is looked at."""
    deadline_s: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    """Seconds after its first span after which it is looked at in any case."""


class IngestConfig(Section):
    """How much other programs may send, and which traces are kept."""

    quotas: tuple[QuotaConfig, ...] = ()
    """Limits for keys and projects. What is beyond them gets 429 and comes again later."""
    sampling: tuple[SamplingConfig, ...] = ()
    """Projects of which not all traces are kept."""
