"""What of the spans of other programs is let in."""

from typing import Annotated, Literal

from pydantic import Field

from vedette.config.values import Section

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


class IngestConfig(Section):
    """How much other programs may send."""

    quotas: tuple[QuotaConfig, ...] = ()
    """Limits for keys and projects. What is beyond them gets 429 and comes again later."""
