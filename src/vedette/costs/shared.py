"""What machines together have spent and hold, for those who only look: the core."""

from collections.abc import Iterable

from vedette.costs.accounts import Account, Balance
from vedette.costs.counters import Busy
from vedette.ports.leases import LeasesAway, LeaseView

_MS = 1_000_000
_FIRST_CALLS_NS = 30_000_000_000


class SharedBalances:
    """`spending.Balances` over a store of leases."""

    def __init__(self, view: LeaseView) -> None:
        self._view = view

    @property
    def born_ns(self) -> int:
        """Nobody says: whatever is not there may have been lost."""
        return 0

    def life(self) -> str:
        """Another text when everything was lost. Raises Busy."""
        try:
            return self._view.life()
        except LeasesAway as error:
            raise Busy(error.message) from None

    def balance(self, account: Account, now_ns: int) -> Balance:
        """What is used and held; all zero for an account that nobody used yet. Raises Busy."""
        try:
            said = self._view.standing(account.key, _piece_ns(account), _mark(account, now_ns))
        except LeasesAway as error:
            raise Busy(error.message) from None
        return Balance(said.spent, said.held, said.born_ms * _MS, said.is_seeded)

    def open(self, account: Account, now_ns: int) -> Balance:
        """The same; an account that is not there counts as made now.

        It is made when the first calls ask for it: what began shortly before is among them.
        """
        found = self.balance(account, now_ns)
        made_ns = (found.made_ns or now_ns) - _FIRST_CALLS_NS
        return found._replace(made_ns=made_ns)

    def seed(self, account: Account, spent: Iterable[tuple[int, int]], now_ns: int) -> None:
        """Add what was spent before the account was there, as `(when, how much)`; once."""
        try:
            self._view.seed(account.key, _piece_ns(account), _mark(account, now_ns), sorted(spent))
        except LeasesAway as error:
            raise Busy(error.message) from None

    def frees_at_ns(self, account: Account, wanted: int, now_ns: int) -> int | None:
        """When all that is used now is forgotten; None: never."""
        window = account.window
        if not window.is_rolling:
            return window.end_ns(now_ns)
        try:
            said = self._view.standing(account.key, window.piece_ns, 0)
        except LeasesAway as error:
            raise Busy(error.message) from None
        return now_ns + said.frees_in_ms * _MS if said.frees_in_ms >= 0 else now_ns


def _piece_ns(account: Account) -> int:
    return -1 if account.window.name == "month" else account.window.piece_ns


def _mark(account: Account, now_ns: int) -> int:
    return account.window.mark(now_ns)
