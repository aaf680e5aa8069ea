"""Kept answers as the API tells of them."""

from typing import Annotated, Protocol

import msgspec
from msgspec import Meta

from vedette.model.purge import Purge
from vedette.query.shapes import Time


class CacheStats(msgspec.Struct, frozen=True, kw_only=True):
    """What the workers of this machine have kept, and what it was good for since the start."""

    enabled: bool
    hits: int
    misses: int
    saved_usd: Annotated[str, Meta(description="Cost of the calls that were not made.")]
    answers: Annotated[int, Meta(description="In the memory of the workers.")]
    bytes: int
    shared_answers: Annotated[int | None, Meta(description="Null: machines share none.")]
    shared_bytes: int | None


class PurgeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which answers to forget: those that match all that is set. Something must be."""

    project: Annotated[str, Meta(description="Id or name.", max_length=200)] = ""
    model: Annotated[str, Meta(description="As clients name it.", max_length=200)] = ""
    tag: Annotated[str, Meta(max_length=200)] = ""
    key: Annotated[
        str, Meta(description="One answer: its `x-vedette-cache-key`.", pattern="^([0-9a-f]{64})?$")
    ] = ""
    everything: Annotated[bool, Meta(description="All answers of all projects.")] = False


class PurgeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What was done. Workers forget theirs within two seconds."""

    purged_before: Time
    """Answers that were kept later stay."""
    shared_answers: Annotated[
        int | None, Meta(description="How many of those that machines share; null: they do not.")
    ]


class CacheKeeper(Protocol):
    """Who looks after kept answers; thread-safe, may block. Both raise StoreError."""

    def stats(self) -> CacheStats: ...

    def purge(self, purge: Purge) -> int | None: ...


SHAPES: tuple[type, ...] = (CacheStats, PurgeBody, PurgeAnswer)
"""What the OpenAPI document describes of this resource."""
