"""What calls used and cost."""

from collections.abc import Iterator
from typing import Protocol

from vedette.model.ledger import LedgerQuery, LedgerRow, LedgerSum


class Ledger(Protocol):
    """Read only: rows are written with their spans, and stay when these are deleted.

    The methods may block; they are safe to call from several threads and raise `StoreError`.
    """

    def sums(self, query: LedgerQuery) -> tuple[LedgerSum, ...]:
        """One for each combination of values of `query.by`, the dearest first; without `by`
        exactly one."""
        ...

    def rows(self, query: LedgerQuery) -> Iterator[LedgerRow]:
        """All matching rows, month by month, newest month first, in constant memory."""
        ...
