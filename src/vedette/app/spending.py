"""What is spent of budgets, as the core knows it: from the workers' counters and the ledger."""

import logging
from collections.abc import Callable, Sequence

from vedette.access.book import Book
from vedette.clock import Clock
from vedette.costs.counters import Busy, Counters
from vedette.costs.price_files import load_prices
from vedette.costs.savings import Saving, savings
from vedette.costs.shared import SharedBalances
from vedette.costs.spending import Balances, Spending
from vedette.model.ledger import LedgerSum
from vedette.model.settings import CoreSettings
from vedette.model.tenant import AccessSnapshot
from vedette.ports.ledger import Ledger

log = logging.getLogger(__name__)


def open_spending(
    ledger: Ledger, book: Book, settings: Callable[[], CoreSettings], clock: Clock
) -> Spending:
    """Where the counters cannot be read, what is spent is said by the ledger alone."""

    def snapshot() -> AccessSnapshot:
        with book.reading() as open_book:
            return open_book.snapshot()

    return Spending(
        _balances(settings(), clock.now_ns()), ledger, clock,
        snapshot=snapshot, rules=lambda: settings().routing.allowances,
    )  # fmt: skip


class SavingsFinder:
    """Recommendations by the prices in force. Thread-safe."""

    def __init__(self, settings: Callable[[], CoreSettings], clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def __call__(self, sums: Sequence[LedgerSum]) -> Sequence[Saving]:
        routing = self._settings().routing
        ids = {one.name: one.price_provider for one in routing.providers}
        return savings(sums, load_prices(routing.prices_file), ids, self._clock.now_ns())


def _balances(settings: CoreSettings, now_ns: int) -> Balances | None:
    if settings.redis is not None:
        # Only who wants it needs its client.
        from vedette.stores.leases.redis import RedisLeaseView

        return SharedBalances(RedisLeaseView(settings.redis))
    path = settings.routing.counters_file
    if not path:
        return None
    try:
        return Counters.at(path, now_ns)
    except (OSError, Busy) as error:
        log.warning("the counters of budgets cannot be read: %s", error)
        return None


def seed(spending: Spending) -> None:
    """Tell the counters of what was spent before they knew of a budget. Raises StoreError."""
    found = spending.seed()
    if found:
        log.info("counted what was spent before of %d budgets", found)
