"""What rules of the guard fired on, and what guarding cost."""

from typing import Protocol

from vedette.model.finding import (
    FindingCount,
    FindingDimension,
    FindingKey,
    FindingQuery,
    FindingRow,
    GuardedHour,
)


class Findings(Protocol):
    """Read only: findings are written with their spans and go with them.

    The methods may block; they are safe to call from several threads and raise `StoreError`.
    """

    def list(
        self, query: FindingQuery, *, after: tuple[int, FindingKey] | None, limit: int
    ) -> tuple[FindingRow, ...]:
        """The newest first, by time and id; `after` is the place of the last one seen."""
        ...

    def get(self, project_id: str, key: FindingKey) -> FindingRow | None:
        """One finding."""
        ...

    def counts(
        self, query: FindingQuery, by: tuple[FindingDimension, ...]
    ) -> tuple[FindingCount, ...]:
        """One for each combination of values, most findings first; at most 1000."""
        ...

    def guarded(self, project_id: str, *, from_ns: int, to_ns: int) -> tuple[GuardedHour, ...]:
        """What guarding cost, in whole hours, oldest first; an hour may come in parts."""
        ...
