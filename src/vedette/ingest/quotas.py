"""How much each key and each project may send: spans in a minute, bytes in a day.

Both windows roll. A batch that comes while something is left is taken whole, so that one larger
than a quota can be sent at all; what it took beyond has to run off before the next. What a batch
takes is held while it is written and counted when it is durable: one that is turned away by the
store and comes again counts once. The counters are in a file and outlive a restart, and a `kill`.
Where they cannot be used spans are let in.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from vedette.clock import Clock
from vedette.costs.accounts import Account, Refused
from vedette.costs.counters import Busy, Counters
from vedette.costs.windows import Window
from vedette.errors import Overloaded
from vedette.ingest.admission import Sender
from vedette.model.ingest import IngestQuota, QuotaScope, QuotaUnit, QuotaUse

log = logging.getLogger(__name__)

_WINDOWS: dict[QuotaUnit, str] = {"spans_per_minute": "1m", "bytes_per_day": "1d"}
_MOST_SENDERS = 4_096


class QuotaExceeded(Overloaded):
    """Who sends has sent enough for now."""

    code = "ingest_quota_exceeded"


class _Quota:
    def __init__(self, scope: QuotaScope, name: str, unit: QuotaUnit, limit: int) -> None:
        self.scope = scope
        self.name = name
        self.unit: QuotaUnit = unit
        self.refused = 0
        self.account = Account(
            "\0".join(("ingest", scope, name, unit)), limit, Window(_WINDOWS[unit]), strict=False
        )


class _Charge(NamedTuple):
    account: Account
    held: int
    size: int
    """What is counted in the end."""


class Quotas:
    """Thread-safe; does not block for long."""

    def __init__(
        self, open_counters: Callable[[], Counters], clock: Clock,
        rules: tuple[IngestQuota, ...] = (),
    ) -> None:  # fmt: skip
        """The counters are opened with the first rule."""
        self._open_counters = open_counters
        self._opened: Counters | None = None
        self._clock = clock
        self._lock = threading.Lock()
        self._rules = rules
        self._of: dict[Sender, tuple[_Quota, ...]] = {}
        self._shared: dict[tuple[QuotaScope, str, QuotaUnit], _Quota] = {}
        self.refused: dict[QuotaScope, int] = {"key": 0, "project": 0}
        """Batches since the start."""

    @property
    def _counters(self) -> Counters:
        if self._opened is None:
            self._opened = self._open_counters()
        return self._opened

    def close(self) -> None:
        """Let go of the counters."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def configure(self, rules: tuple[IngestQuota, ...]) -> None:
        """Other limits; what was sent stays counted."""
        with self._lock:
            self._rules = rules
            self._of.clear()
            self._shared.clear()

    def check(self, sender: Sender) -> None:
        """Whether anything may be sent at all. Raises QuotaExceeded."""
        with self.holding(sender, spans=0, body_bytes=0):
            pass

    @contextmanager
    def holding(self, sender: Sender, *, spans: int, body_bytes: int) -> Iterator[None]:
        """Count a batch if the block ends well. Raises QuotaExceeded."""
        if not self._rules:
            yield
            return
        sizes: dict[QuotaUnit, int] = {"spans_per_minute": spans, "bytes_per_day": body_bytes}
        with self._lock:
            quotas = self._quotas(sender)
            charges = [_Charge(q.account, max(1, sizes[q.unit]), sizes[q.unit]) for q in quotas]
            charges = self._take(quotas, charges)
        is_written = False
        try:
            yield
            is_written = True
        finally:
            with self._lock:
                self._settle(charges, is_written=is_written)

    def uses(self, project_id: str) -> list[QuotaUse]:
        """Of a project and of those of its keys that sent something since the start."""
        found: dict[tuple[QuotaScope, str, QuotaUnit], QuotaUse] = {}
        now_ns = self._clock.now_ns()
        with self._lock:
            asked = [one for one in self._of if one.project_id == project_id]
            for sender in (*asked, Sender(project_id)):
                for quota in self._quotas(sender):
                    if quota.scope == "key" and sender not in asked:
                        continue
                    found[quota.scope, quota.name, quota.unit] = self._use(quota, now_ns)
        return [found[place] for place in sorted(found)]

    def _use(self, quota: _Quota, now_ns: int) -> QuotaUse:
        try:
            spent = self._counters.balance(quota.account, now_ns).spent
        except Busy:
            spent = 0
        return QuotaUse(
            scope=quota.scope, name=quota.name, unit=quota.unit, limit=quota.account.limit,
            used=spent, refused=quota.refused,
        )  # fmt: skip

    def _take(self, quotas: tuple[_Quota, ...], charges: list[_Charge]) -> list[_Charge]:
        """What is held now. Raises QuotaExceeded."""
        now_ns = self._clock.now_ns()
        taken = [(one.account, one.held, 0, True) for one in charges]
        try:
            refused = self._counters.reserve(taken, now_ns)
            if not isinstance(refused, Refused):
                return charges
            frees_ns = self._counters.frees_at_ns(refused.account, 1, now_ns) or now_ns
        except Busy as error:
            log.warning("quotas of the intake cannot be counted: %s", error.message)
            return []
        quota = next(one for one in quotas if one.account is refused.account)
        quota.refused += 1
        self.refused[quota.scope] += 1
        whose = f"the {quota.scope} {quota.name!r}" if quota.name else "senders without a key"
        raise QuotaExceeded(
            f"The quota of {whose} is used up: {quota.account.limit} "
            f"{quota.unit.replace('_', ' ')}. Nothing of this was taken.",
            retry_after_s=1.0 if refused.may_free else max(1.0, (frees_ns - now_ns) / 1e9),
        )

    def _settle(self, charges: list[_Charge], *, is_written: bool) -> None:
        used = [(one.account, one.held, one.size if is_written else 0) for one in charges]
        if not used:
            return
        try:
            self._counters.settle(used, self._clock.now_ns())
        except Busy as error:
            log.warning("quotas of the intake cannot be counted: %s", error.message)

    def _quotas(self, sender: Sender) -> tuple[_Quota, ...]:
        found = self._of.get(sender)
        if found is None:
            if len(self._of) >= _MOST_SENDERS:
                self._of.clear()
                self._shared.clear()
            found = self._of[sender] = tuple(self._made(sender))
        return found

    def _made(self, sender: Sender) -> Iterator[_Quota]:
        owners: tuple[tuple[QuotaScope, str, tuple[str, ...]], ...] = (
            ("key", sender.account_id, (sender.key_id, sender.account_id, sender.key_name)),
            ("project", sender.project_id, (sender.project_id, sender.project_name)),
        )
        for scope, name, names in owners:
            rule = next((r for r in self._rules if r.scope == scope and r.is_for(*names)), None)
            limits: tuple[tuple[QuotaUnit, int | None], ...] = (
                ("spans_per_minute", rule.spans_per_minute if rule else None),
                ("bytes_per_day", rule.bytes_per_day if rule else None),
            )
            for unit, limit in limits:
                if limit is not None:
                    place = (scope, name, unit)
                    yield self._shared.setdefault(place, _Quota(*place, limit))
