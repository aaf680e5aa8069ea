"""What of the spans of other programs is let in, and what of all spans is kept."""

from fnmatch import fnmatchcase
from typing import Literal

import msgspec

from vedette.model.sampling import SamplingRule

QuotaScope = Literal["key", "project"]
QuotaUnit = Literal["spans_per_minute", "bytes_per_day"]


class IngestQuota(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How much each of a kind may send."""

    scope: QuotaScope
    name: str = "*"
    """Id or name, or a pattern (`*`, `?`)."""
    spans_per_minute: int | None = None
    """In any 60 seconds; None: any number."""
    bytes_per_day: int | None = None
    """Of unpacked bodies, in any 24 hours; None: any number."""

    def is_for(self, *names: str) -> bool:
        """Whether one who has these names is meant."""
        return any(fnmatchcase(name, self.name) for name in names)


class IngestSettings(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """In the order in which they are looked through: the first that fits counts."""

    quotas: tuple[IngestQuota, ...] = ()
    sampling: tuple[SamplingRule, ...] = ()
    counters_file: str = ""
    """Where what was sent is counted; empty: in memory."""


class QuotaUse(msgspec.Struct, frozen=True, kw_only=True):
    """One quota of one sender."""

    scope: QuotaScope
    name: str
    """Id of the project or the key; empty: all who show no virtual key."""
    unit: QuotaUnit
    limit: int
    used: int
    refused: int
    """Batches since the start."""
