"""What is spent of every budget, for people; and what was spent before a budget was counted.

The counters of the workers have the last word on budgets: they know what is held now. The ledger
says who spent it on what, a moment later. A budget that is new to the counters (it was just made,
or their file was lost) gets from the ledger what was spent in its window before (`seed`).
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.costs.accounts import Balance
from vedette.costs.counters import Busy, Counters
from vedette.costs.limits import Limit, limits_by, limits_of
from vedette.model.budget import Scope, ScopedAllowance
from vedette.model.ledger import Dimension, LedgerQuery, LedgerSum
from vedette.model.tenant import AccessSnapshot, VirtualKey
from vedette.ports.ledger import Ledger

_S = 1_000_000_000
_HOUR_NS = 3_600 * _S
_NEW_NS = 10 * _S
"""A holder that is younger than this when its budget is first counted has spent nothing before."""


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


class KeySpending(NamedTuple):
    """One key since it was made, its rotations included."""

    total: LedgerSum
    held_nano_usd: int
    budgets: tuple[BudgetState, ...]


class _Holder(NamedTuple):
    """Who has budgets, and which rows of the ledger are his."""

    limits: tuple[Limit, ...]
    queries: tuple[LedgerQuery, ...]
    created_ns: int = 0


class Spending:
    """Thread-safe; all methods may block."""

    def __init__(
        self, counters: Counters | None, ledger: Ledger, clock: Clock, *,
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

    def of_key(self, key: VirtualKey) -> KeySpending:
        """What a key used, and what is left to it. Raises StoreError."""
        query = LedgerQuery(key_id=key.account_id)
        (total,) = self._ledger.sums(query)
        limits = tuple(limits_of("key", key.account_id, key.allowance))
        budgets = tuple(self._states(_Holder(limits, (query,))))
        return KeySpending(total, max((one.held_nano_usd for one in budgets), default=0), budgets)

    def budgets(self) -> tuple[BudgetState, ...]:
        """Every budget, the fullest first. Raises StoreError."""
        states = [state for holder in self._holders() for state in self._states(holder)]
        return tuple(sorted(states, key=_share, reverse=True))

    def seed(self) -> int:
        """Tell the counters what was spent of budgets before they knew of them; how many they were.

        Raises StoreError.
        """
        if self._counters is None:
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

    def _seed(self, counters: Counters, holder: _Holder, limit: Limit) -> bool | None:
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
        self, holder: _Holder, limit: Limit, to_ns: int
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

    def _cost(self, holder: _Holder, from_ns: int, to_ns: int) -> int:
        queries = [_within(query, from_ns, to_ns) for query in holder.queries]
        return sum(self._ledger.sums(query)[0].cost_nano_usd for query in queries)

    def _states(self, holder: _Holder) -> Iterator[BudgetState]:
        for limit in _budgets(holder.limits):
            now_ns = self._clock.now_ns()
            balance, resets_at = self._balance(limit, now_ns)
            if balance is None:
                balance = Balance(self._cost(holder, limit.window.start_ns(now_ns), 2**63 - 1))
                resets_at = limit.window.end_ns(now_ns)
            yield BudgetState(
                limit.scope, limit.name, limit, balance.spent, balance.held,
                resets_at if balance.spent else limit.window.end_ns(now_ns),
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

    def _holders(self) -> Iterator[_Holder]:
        snapshot = self._snapshot()
        for organization in snapshot.organizations:
            limits = tuple(limits_of("organization", organization.id, organization.allowance))
            query = LedgerQuery(organization_id=organization.id)
            yield _Holder(limits, (query,), organization.created_ns)
        for project in snapshot.projects:
            limits = tuple(limits_of("project", project.id, project.allowance))
            yield _Holder(limits, (LedgerQuery(project_id=project.id),), project.created_ns)
        for key in snapshot.keys:
            limits = tuple(limits_of("key", key.account_id, key.allowance))
            created_ns = 0 if key.replaces else key.created_ns
            yield _Holder(limits, (LedgerQuery(key_id=key.account_id),), created_ns)
        for rule in self._rules():
            if rule.allowance.budgets and rule.scope in _DIMENSIONS:
                yield from self._ruled(rule)

    def _ruled(self, rule: ScopedAllowance) -> Iterator[_Holder]:
        """Those that the ledger knows; who has spent nothing yet has nothing to be told of."""
        asked = LedgerQuery(
            by=("project", _DIMENSIONS[rule.scope]), project_id=rule.project or None
        )
        found: dict[int, tuple[tuple[Limit, ...], list[LedgerQuery]]] = {}
        for one in self._ledger.sums(asked):
            project_id, name = one.names
            limits = limits_by(rule, name, project_id) if name else ()
            if limits:
                _, queries = found.setdefault(limits[0].account.key, (limits, []))
                queries.append(_named(rule.scope, name, project_id))
        for limits, queries in found.values():
            yield _Holder(limits, tuple(queries))


# Models are counted by the name that the client wrote, which the ledger does not know.
_DIMENSIONS: dict[Scope, Dimension] = {
    "organization": "organization",
    "project": "project",
    "key": "key",
    "user": "user",
    "session": "session",
    "tag": "tag",
}


def _named(scope: Scope, name: str, project_id: str) -> LedgerQuery:
    """The rows of one user, session, ... of a project."""
    query = LedgerQuery(project_id=project_id)
    match scope:
        case "key":
            return replace(query, key_id=name)
        case "user":
            return replace(query, user_id=name)
        case "session":
            return replace(query, session_id=name)
        case "tag":
            return replace(query, tag=name)
        case _:
            return query


def _within(query: LedgerQuery, from_ns: int, to_ns: int) -> LedgerQuery:
    return replace(query, from_ns=from_ns, to_ns=to_ns)


def _budgets(limits: Iterable[Limit]) -> Iterator[Limit]:
    return (limit for limit in limits if limit.budget is not None)


def _share(state: BudgetState) -> float:
    return (state.spent_nano_usd + state.held_nano_usd) / (state.limit.account.limit or 1)
