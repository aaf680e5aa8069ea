"""The audit log as those see it who write and read it.

Implementation: `stores/records/audit.py`. The methods may block on the disk and raise StoreError;
they are safe to call from several threads and processes.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Protocol

from vedette.model.audit import (
    SYSTEM,
    Actor,
    AuditEntry,
    AuditEvent,
    AuditHead,
    AuditPosition,
    AuditQuery,
    Personal,
)

acting: ContextVar[Actor] = ContextVar("acting", default=SYSTEM)
"""Who acts in this context: the console sets it for each request, a command for itself.

It travels with the call into threads, so that a change deep in a store is known by its author.
"""


class AuditStore(Protocol):
    """One log per organization: numbered from 1 without a gap, each entry chained to the last."""

    def append(self, events: Sequence[AuditEvent]) -> int:
        """Log the events in one transaction, in order; return how many were new.

        Idempotent by `source`.
        """
        ...

    def heads(self) -> tuple[AuditHead, ...]:
        """Where each log ends, by organization."""
        ...

    def organizations(self) -> tuple[str, ...]:
        """Names of all logs that have entries or a head, in order."""
        ...

    def entries(
        self, organization: str, *, after_seq: int = 0, limit: int = 1000
    ) -> tuple[AuditEntry, ...]:
        """A log in its order, from behind `after_seq`."""
        ...

    def hashes(self, organization: str, *, upto_seq: int) -> list[bytes]:
        """The leaf hashes of the first entries, in their order."""
        ...

    def find(
        self, query: AuditQuery, *, before: AuditPosition | None = None, limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        """Newest first, those before a position."""
        ...

    def get(self, organization: str, seq: int) -> AuditEntry | None: ...

    def personal(self, organization: str, seqs: Sequence[int]) -> tuple[Personal, ...]:
        """The values beside some entries, at most 10,000."""
        ...

    def erase(self, value: str, *, organization: str = "") -> int:
        """Erase personal values that are this text or contain it as a whole value.

        In one transaction with an entry `personal.erased` in each log that had some, which names
        the entries and not the text. Returns how many values.
        """
        ...
