"""Which limits a call falls under: those of its key, project and organization, and the rules of
the configuration for users, sessions, models and tags.

Each limit is an account in the counters. Its name says whose it is and what it counts, but not how
much is allowed: a limit that is raised goes on from what is used.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from vedette.costs.accounts import Account, Taken
from vedette.costs.windows import Window
from vedette.model.budget import Scope, Unit
from vedette.model.tenant import (
    DEFAULT,
    Allowance,
    Budget,
    Organization,
    Project,
    ScopedAllowance,
    VirtualKey,
)

THROTTLED_RPM = 6
"""Calls a minute that a throttled budget still lets through."""
_MEMO_SIZE = 4096


_ONCE: dict[Unit, Callable[[Account], Taken]] = {
    "requests": lambda account: (account, 0, 1, True),
    "concurrency": lambda account: (account, 1, 0, True),
}


class Limit:
    """One limit of one scope."""

    __slots__ = (
        "account", "budget", "fails_closed", "least_soft", "line", "line_end", "line_second",
        "name", "once", "scope", "slow", "unit", "whole",
    )  # fmt: skip

    def __init__(
        self, scope: Scope, name: str, unit: Unit, account: Account, *,
        budget: Budget | None = None, fails_closed: bool = False,
    ) -> None:  # fmt: skip
        self.scope = scope
        self.name = name
        """Whose it is; empty where all that match a rule share it."""
        self.unit = unit
        self.account = account
        self.budget = budget
        self.fails_closed = fails_closed
        self.whole = account.limit or 1
        self.once: Taken | None = _ONCE[unit](account) if unit in _ONCE else None
        """What every call takes of it, where that is known beforehand."""
        self.line = b""
        """The beginning of its header lines, once they were written."""
        self.line_end, self.line_second = b"", -1
        """Their end, and in which second it was written."""
        self.least_soft = min(budget.soft, default=2.0) if budget is not None else 2.0
        """From which share on there is something to tell."""
        throttles = budget is not None and budget.action == "throttle"
        self.slow = (
            Account(f"{account.name}\0slow", THROTTLED_RPM, Window("1m"), closed=account.closed)
            if throttles
            else None
        )
        """Where a budget throttles: the calls it lets through when it is used up."""

    @property
    def window(self) -> Window:
        return self.account.window


class LimitSet(tuple[Limit, ...]):
    """The limits of a call, and what has to be known of it to hold them."""

    counts_tokens: bool
    counts_cost: bool

    def __new__(cls, limits: Iterable[Limit] = ()) -> "LimitSet":
        made = super().__new__(cls, limits)
        units = {limit.unit for limit in made}
        made.counts_tokens = "tokens" in units
        made.counts_cost = "cost" in units
        return made


class Spender(NamedTuple):
    """Whose call it is."""

    key: VirtualKey | None = None
    project_id: str = DEFAULT
    user: str = ""
    session: str = ""
    model: str = ""
    tags: tuple[str, ...] = ()


class LimitBook:
    """All limits of one state of keys and configuration."""

    def __init__(
        self, projects: Mapping[str, Project], organizations: Mapping[str, Organization],
        rules: Iterable[ScopedAllowance] = (),
    ) -> None:  # fmt: skip
        self._projects = projects
        self._organizations = organizations
        self._rules = tuple(rules)
        self.has_rules = bool(self._rules)
        self._of_key: dict[tuple[str, str], LimitSet] = {}
        self._of_rule: dict[tuple[int, str, str], tuple[Limit, ...]] = {}

    def of(self, spender: Spender) -> LimitSet:
        """Every limit that a call falls under."""
        found = self.of_tenant(spender.key, spender.project_id)
        return LimitSet((*found, *self._ruled(spender))) if self._rules else found

    def of_tenant(self, key: VirtualKey | None, project_id: str) -> LimitSet:
        """The limits of the key, its project and its organization."""
        place = (key.id if key is not None else "", project_id)
        found = self._of_key.get(place)
        if found is None:
            _make_room(self._of_key)
            found = self._of_key[place] = LimitSet(self._tenants(key, project_id))
        return found

    def organization_of(self, project_id: str) -> str:
        """To whom a project belongs."""
        project = self._projects.get(project_id)
        return project.organization_id if project is not None else DEFAULT

    def _tenants(self, key: VirtualKey | None, project_id: str) -> Iterator[Limit]:
        if key is not None:
            yield from limits_of("key", key.account_id, key.allowance)
        project = self._projects.get(project_id)
        if project is not None:
            yield from limits_of("project", project.id, project.allowance)
        organization = self._organizations.get(self.organization_of(project_id))
        if organization is not None:
            yield from limits_of("organization", organization.id, organization.allowance)

    def _ruled(self, spender: Spender) -> Iterator[Limit]:
        for number, rule in enumerate(self._rules):
            if rule.project and rule.project != spender.project_id:
                continue
            for name in self._names(rule.scope, spender):
                place = (number, spender.project_id, name)
                found = self._of_rule.get(place)
                if found is None:
                    _make_room(self._of_rule)
                    found = self._of_rule[place] = limits_by(rule, name, spender.project_id)
                yield from found

    def _names(self, scope: Scope, spender: Spender) -> tuple[str, ...]:
        if scope == "tag":
            return spender.tags
        if scope == "organization":
            return (self.organization_of(spender.project_id),)
        if scope == "key":
            return (spender.key.account_id,) if spender.key is not None else ()
        name = {
            "project": spender.project_id,
            "user": spender.user,
            "session": spender.session,
            "model": spender.model,
        }[scope]
        return (name,) if name else ()


def rules_in_force(
    own: Iterable[ScopedAllowance], made: Iterable[ScopedAllowance]
) -> tuple[ScopedAllowance, ...]:
    """The rules of the configuration, and those made in the console that it does not have."""
    mine = tuple(own)
    taken = {rule.place for rule in mine}
    return (*mine, *(rule for rule in made if rule.place not in taken))


def limits_by(rule: ScopedAllowance, name: str, project_id: str) -> tuple[Limit, ...]:
    """The limits of one who may fall under a rule; none where he does not."""
    if not fnmatchcase(name, rule.name):
        return ()
    # Two projects may each have a user of the same name.
    within = project_id if rule.scope in ("user", "session") else ""
    shown = "" if rule.together else name
    account = "\0".join(("rule", rule.project, rule.name, within, shown))
    return tuple(limits_of(rule.scope, shown, rule.allowance, account=account))


def limits_of(
    scope: Scope, name: str, allowance: Allowance, *, account: str = ""
) -> Iterator[Limit]:
    """The limits of one holder; the same names in every process and after every restart.

    `account` is what they are counted under where that is not `name`.
    """
    closed = allowance.on_failure == "closed"
    place = f"{scope}\0{account or name}"
    limits = allowance.limits
    rates: tuple[tuple[Unit, int | None, str], ...] = (
        ("requests", limits.rpm, "1m"),
        ("tokens", limits.tpm, "1m"),
        ("cost", limits.cost_per_minute_nano_usd, "1m"),
        ("concurrency", limits.concurrency, "total"),
    )
    for unit, amount, length in rates:
        if amount is not None:
            strict = unit in ("requests", "concurrency")
            held = Account(
                f"{place}\0rate\0{unit}", amount, Window(length), strict=strict, closed=closed
            )
            yield Limit(scope, name, unit, held, fails_closed=closed)
    for budget, order in _numbered(allowance.budgets):
        window = Window(budget.window, budget.timezone)
        named = f"{place}\0budget\0{budget.window}\0{budget.timezone}\0{order}"
        held = Account(named, budget.limit_nano_usd, window, strict=False, closed=closed)
        yield Limit(scope, name, "cost", held, budget=budget, fails_closed=closed)


def _numbered(budgets: tuple[Budget, ...]) -> Iterator[tuple[Budget, int]]:
    """Each budget with its place among those of the same window."""
    seen: dict[tuple[str, str], int] = {}
    for budget in budgets:
        kind = (budget.window, budget.timezone)
        yield budget, seen.get(kind, 0)
        seen[kind] = seen.get(kind, 0) + 1


def _make_room(memo: dict[Any, Any]) -> None:
    if len(memo) >= _MEMO_SIZE:
        memo.clear()
