"""What is spent of every budget, for people; and what was spent before a budget was counted.

The counters of the workers have the last word on budgets: they know what is held now. The ledger
says who spent it on what, a moment later. A budget that is new to the counters (it was just made,
or their file was lost) gets from the ledger what was spent in its window before (`seed`).
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.costs.accounts import Account, Balance
from vedette.costs.burning import Burn, burn, history_from_ns, step_of
from vedette.costs.counters import Busy
from vedette.costs.holders import Holder, holders
from vedette.costs.limits import Limit, limits_of
from vedette.errors import NotFound
from vedette.model.budget import Scope
from vedette.model.ledger import LedgerQuery, LedgerSum
from vedette.model.tenant import AccessSnapshot, ScopedAllowance, VirtualKey
from vedette.ports.ledger import Ledger

_S = 1_000_000_000
_HOUR_NS = 3_600 * _S
_NEW_NS = 10 * _S
"""A holder that is younger than this when its budget is first counted has spent nothing before."""


class Balances(Protocol):
    """What was counted: of the workers of a machine, or of all machines. All raise Busy."""

    @property
    def born_ns(self) -> int:
        """When counting began; 0 where nobody said."""
        ...

    def life(self) -> str:
        """Another text when everything that was counted was lost."""
        ...

    def balance(self, account: Account, now_ns: int) -> Balance: ...

    def open(self, account: Account, now_ns: int) -> Balance: ...

    def seed(self, account: Account, spent: Iterable[tuple[int, int]], now_ns: int) -> None: ...

    def frees_at_ns(self, account: Account, wanted: int, now_ns: int) -> int | None: ...


class BudgetState(NamedTuple):
    """One budget of one holder."""

    scope: Scope
    name: str
    """Whose it is; empty where all that match a rule share it."""
    limit: Limit
    spent_nano_usd: int
    held_nano_usd: int
    resets_at_ns: int | None
    """When all that is spent now is forgotten; None: never, or nothing is spent."""
    project_id: str = ""
    """Of a user or a session: whose names are those of a project."""

    @property
    def id(self) -> str:
        """The same as long as the budget is for the same and of the same window."""
        return budget_id(self.limit)


class LimitState(NamedTuple):
    """One limit of one holder that is no budget."""

    limit: Limit
    used: int
    """In the last minute, or now."""
    project_id: str = ""


class KeySpending(NamedTuple):
    """One key since it was made, its rotations included."""

    total: LedgerSum
    held_nano_usd: int
    budgets: tuple[BudgetState, ...]


class Spending:
    """Thread-safe; all methods may block."""

    def __init__(
        self, counters: Balances | None, ledger: Ledger, clock: Clock, *,
        snapshot: Callable[[], AccessSnapshot],
        rules: Callable[[], Iterable[ScopedAllowance]] = tuple,
    ) -> None:  # fmt: skip
        """`counters` are those of the workers, without a place of one's own."""
        self._counters = counters
        self._ledger = ledger
        self._clock = clock
        self._snapshot = snapshot
        self._rules = rules
        self._lock = threading.Lock()
        self._seeded: set[int] = set()
        self._life = ""

    def of_key(self, key: VirtualKey) -> KeySpending:
        """What a key used, and what is left to it. Raises StoreError."""
        query = LedgerQuery(key_id=key.account_id)
        (total,) = self._ledger.sums(query)
        limits = tuple(limits_of("key", key.account_id, key.allowance))
        budgets = tuple(self._states(Holder(limits, (query,))))
        return KeySpending(total, max((one.held_nano_usd for one in budgets), default=0), budgets)

    def budgets(self) -> tuple[BudgetState, ...]:
        """Every budget, the fullest first. Raises StoreError."""
        states = [state for holder in self._holders() for state in self._states(holder)]
        once = {_identity(state.limit): state for state in states}
        return tuple(sorted(once.values(), key=_share, reverse=True))

    def limits(self) -> tuple[LimitState, ...]:
        """Every limit that is no budget, the fullest first. Raises StoreError."""
        now_ns = self._clock.now_ns()
        states = [
            LimitState(limit, self._used(limit, now_ns), holder.project_id)
            for holder in self._holders(now_ns - _HOUR_NS)
            for limit in holder.limits
            if limit.budget is None
        ]
        once = {_identity(state.limit): state for state in states}
        return tuple(sorted(once.values(), key=_fullness, reverse=True))

    def burn(self, id: str) -> tuple[BudgetState, Burn]:
        """One budget over time. Raises NotFound or StoreError."""
        for holder in self._holders():
            for limit in _budgets(holder.limits):
                if budget_id(limit) == id:
                    only = holder._replace(limits=(limit,))
                    return next(self._states(only)), self._burn(only, limit)
        raise NotFound(f"There is no budget {id[:80]!r}.")

    def _burn(self, holder: Holder, limit: Limit) -> Burn:
        now_ns, window = self._clock.now_ns(), limit.window
        from_ns, step_ns = history_from_ns(window, now_ns), step_of(window)
        costs: dict[int, int] = {}
        for query in holder.queries:
            late = _within(query, from_ns, now_ns + 1)
            for at_ns, cost in self._spent_at(late, step_ns):
                costs[at_ns // step_ns] = costs.get(at_ns // step_ns, 0) + cost
        start_ns = window.start_ns(now_ns)
        before = self._cost(holder, 0, from_ns) if not window.is_rolling and not start_ns else 0
        return burn(window, limit.account.limit, costs, now_ns, before)

    def _spent_at(self, query: LedgerQuery, step_ns: int) -> Iterator[tuple[int, int]]:
        if step_ns < _HOUR_NS:
            yield from ((row.at_ns, row.cost_nano_usd or 0) for row in self._ledger.rows(query))
            return
        for one in self._ledger.sums(replace(query, by=("hour",))):
            at_s = datetime.fromisoformat(one.names[0]).timestamp()
            yield int(at_s) * _S, one.cost_nano_usd

    def _used(self, limit: Limit, now_ns: int) -> int:
        if self._counters is None:
            return 0
        try:
            with self._lock:
                balance = self._counters.balance(limit.account, now_ns)
        except Busy:
            return 0
        return balance.spent + balance.held

    def seed(self) -> int:
        """Tell the counters what was spent of budgets before they knew of them; how many they were.

        Raises StoreError.
        """
        if self._counters is None or not self._is_there(self._counters):
            return 0
        done = 0
        for holder in self._holders():
            for limit in _budgets(holder.limits):
                if limit.account.key in self._seeded:
                    continue
                told = self._seed(self._counters, holder, limit)
                if told is not None:
                    done += told
                    self._seeded.add(limit.account.key)
        return done

    def _is_there(self, counters: Balances) -> bool:
        """Whether it can be told now; what has lost everything is told all of it again."""
        try:
            with self._lock:
                life = counters.life()
        except Busy:
            return False
        if life != self._life:
            self._life = life
            self._seeded.clear()
        return True

    def _seed(self, counters: Balances, holder: Holder, limit: Limit) -> bool | None:
        """Whether there was something to tell; None where that has to wait."""
        now_ns = self._clock.now_ns()
        try:
            with self._lock:
                balance = counters.open(limit.account, now_ns)
            if balance.is_seeded:
                return False
            # In a file that is younger than its holder, an earlier row may have been lost.
            created_ns = holder.created_ns
            is_new = created_ns > counters.born_ns and created_ns > balance.made_ns - _NEW_NS
            spent = () if is_new else self._spent_before(holder, limit, balance.made_ns)
            with self._lock:
                counters.seed(limit.account, spent, now_ns)
        except Busy:
            return None
        return not is_new

    def _spent_before(
        self, holder: Holder, limit: Limit, to_ns: int
    ) -> tuple[tuple[int, int], ...]:
        """`(when, nano-USD)` of the running window up to a time; never earlier than it was."""
        window = limit.window
        from_ns = window.start_ns(self._clock.now_ns())
        if not window.is_rolling:
            return ((to_ns, self._cost(holder, from_ns, to_ns)),)
        if window.length_ns <= _HOUR_NS:
            queries = [_within(query, from_ns, to_ns) for query in holder.queries]
            rows = (row for query in queries for row in self._ledger.rows(query))
            return tuple((row.at_ns, row.cost_nano_usd or 0) for row in rows)
        hours = range(from_ns // _HOUR_NS, to_ns // _HOUR_NS + 1)
        bounds = [
            (max(from_ns, hour * _HOUR_NS), min(to_ns, (hour + 1) * _HOUR_NS)) for hour in hours
        ]
        return tuple((end - 1, self._cost(holder, start, end)) for start, end in bounds)

    def _cost(self, holder: Holder, from_ns: int, to_ns: int) -> int:
        queries = [_within(query, from_ns, to_ns) for query in holder.queries]
        return sum(self._ledger.sums(query)[0].cost_nano_usd for query in queries)

    def _states(self, holder: Holder) -> Iterator[BudgetState]:
        for limit in _budgets(holder.limits):
            now_ns = self._clock.now_ns()
            balance, resets_at = self._balance(limit, now_ns)
            if balance is None:
                balance = Balance(self._cost(holder, limit.window.start_ns(now_ns), 2**63 - 1))
                resets_at = limit.window.end_ns(now_ns)
            yield BudgetState(
                limit.scope, limit.name, limit, balance.spent, balance.held,
                resets_at if balance.spent else limit.window.end_ns(now_ns), holder.project_id,
            )  # fmt: skip

    def _balance(self, limit: Limit, now_ns: int) -> tuple[Balance | None, int | None]:
        """None where the counters cannot say."""
        if self._counters is None:
            return None, None
        try:
            with self._lock:
                balance = self._counters.balance(limit.account, now_ns)
                if not balance.made_ns:
                    return None, None
                frees = self._counters.frees_at_ns(limit.account, limit.account.limit, now_ns)
        except Busy:
            return None, None
        return balance, frees

    def _holders(self, since_ns: int = 0) -> Iterator[Holder]:
        return holders(self._ledger, self._snapshot(), tuple(self._rules()), since_ns)


def budget_id(limit: Limit) -> str:
    return f"{limit.account.key:016x}"


def _identity(limit: Limit) -> tuple[int, int]:
    """A rotated key and the one in its place have the same limits."""
    return limit.account.key, limit.account.limit


def _within(query: LedgerQuery, from_ns: int, to_ns: int) -> LedgerQuery:
    return replace(query, from_ns=from_ns, to_ns=to_ns)


def _budgets(limits: Iterable[Limit]) -> Iterator[Limit]:
    return (limit for limit in limits if limit.budget is not None)


def _fullness(state: LimitState) -> float:
    return state.used / (state.limit.account.limit or 1)


def _share(state: BudgetState) -> float:
    return (state.spent_nano_usd + state.held_nano_usd) / (state.limit.account.limit or 1)
