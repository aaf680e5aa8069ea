"""Evidence that stands in the audit log itself."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from vedette.audit.desk import AuditDesk, Shown
from vedette.model.audit import INSTALLATION, AuditQuery
from vedette.model.compliance import EvidenceSection, EvidenceTable, Fact

MOST_ROWS = 200
"""Of one table; the audit log has them all."""

_ACCESS = (
    "organization.", "project.", "key.", "keys_in_use.", "user.", "membership.", "invitation.",
    "session.", "credential.",
)  # fmt: skip
_CONFIGURATION = (
    "configuration.", "policy.", "policy_version.", "guard_allowed.", "guard_threshold.",
    "route.", "allowance.",
)  # fmt: skip
_DELETIONS = ("spans.deleted", "personal.erased", "user_data.")
_FOUND = re.compile(r"([^,\s][^,]*?) x(\d+)")
"""`pii:card x2`, as the gateway notes findings."""


class Period:
    """A time, of one organization or of all, in which something stands in the log."""

    def __init__(
        self, desk: AuditDesk, *, organization: str, from_ns: int, to_ns: int, alone: bool = False
    ) -> None:
        """`alone`: without what the log of the installation says."""
        self._desk = desk
        self._named: tuple[str, ...] = ()
        if organization:
            self._named = (organization,) if alone else (organization, INSTALLATION)
        self._alone = alone
        self._from_ns = from_ns
        self._to_ns = to_ns

    def entries(self, actions: Sequence[str]) -> Iterator[Shown]:
        """Newest first of each kind of action."""
        for action in actions:
            yield from self._desk.export(AuditQuery(
                organizations=self._named, action=action, from_ns=self._from_ns, to_ns=self._to_ns
            ))  # fmt: skip

    def access(self) -> EvidenceSection:
        """Who was let in, and what was changed about it."""
        counts, table = self._listed("Changes of access, newest first", _ACCESS)
        refused = counts["session.refused"]
        return EvidenceSection(
            id="access", title="Access", tables=(_counts("By action", counts), table),
            summary=f"{sum(counts.values())} changes and log-ins are recorded.",
            facts=(
                Fact("Log-ins", str(counts["session.opened"])),
                Fact("Log-ins refused", str(refused)),
                Fact("Keys made", str(counts["key.created"])),
                Fact("Keys deleted", str(counts["key.deleted"])),
            ),
        )  # fmt: skip

    def configuration(self, kept: EvidenceTable) -> EvidenceSection:
        """What was configured and which policies were in force; `kept` are those of the console
        that hold now (`KEPT_COLUMNS`)."""
        counts, table = self._listed("Changes, newest first", _CONFIGURATION)
        policies: dict[tuple[str, ...], str] = {}
        for shown in (*self.entries(("configuration.",)), *self._configured_before()):
            row = _policy_row(shown.details.get("policy"))
            policies.setdefault(row, _time(shown))
        in_force = EvidenceTable(
            title="Policies that the configuration put in force",
            columns=("Policy", "Version", "Rules", "Enforced", "Digest", "Last seen"),
            rows=tuple((*row, time) for row, time in policies.items())[:MOST_ROWS],
        )
        return EvidenceSection(
            id="configuration", title="Configuration and policies",
            gaps=_policy_gaps(policies, kept.rows),
            summary=f"{sum(counts.values())} loads and changes are recorded.",
            tables=(in_force, kept, _counts("By action", counts), table),
        )  # fmt: skip

    def settings(self, name: str) -> tuple[str, ...]:
        """What a setting of the configuration was in this time, each value once."""
        loaded = (*self._configured_before(), *self.entries(("configuration.",)))
        told = (shown.details.get(name) for shown in loaded if name in shown.details)
        return tuple(sorted({"none" if value is None else str(value) for value in told}))

    def findings(self) -> EvidenceSection:
        """What the guard found and did, by kind; never a text."""
        calls: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        kinds: Counter[tuple[str, str]] = Counter()
        unseen = 0
        for shown in self.entries(("guard.",)):
            action = shown.entry.action.removeprefix("guard.")
            (asked if shown.entry.target_kind == "evaluation" else calls)[action] += 1
            unseen += bool(shown.details.get("bypassed")) and action != "block"
            for kind, count in _found(shown.details.get("findings")):
                kinds[kind, action] += count
        rows = tuple((kind, action, str(count)) for (kind, action), count in kinds.most_common())
        others = f", and so had {asked.total()} texts that were evaluated" if asked else ""
        return EvidenceSection(
            id="findings", title="Findings of the guard",
            summary=f"{calls.total()} calls had a verdict other than allow, or a look that did "
            f"not happen{others}. What rules in shadow found in other calls is not in the log.",
            tables=(
                _counts("Calls by action", calls),
                _counts("Evaluated texts by action", asked),
                EvidenceTable(
                    title="Findings by kind", columns=("Kind", "Action", "Findings"),
                    rows=rows[:MOST_ROWS], left_out=max(0, len(rows) - MOST_ROWS),
                ),
            ),
            gaps=(f"{unseen} passed without a look that was due.",) if unseen else (),
        )  # fmt: skip

    def deletions(self) -> EvidenceSection:
        """What was deleted and erased."""
        counts, table = self._listed("Deletions, newest first", _DELETIONS)
        spans = sum(
            _number(shown.details.get("count")) for shown in self.entries(("spans.deleted",))
        )
        values = sum(
            len(shown.details.get("erased", ())) for shown in self.entries(("personal.erased",))
        )
        return EvidenceSection(
            id="deletions", title="Deletions and erasures", tables=(table,),
            summary=f"Recorded deletions: {sum(counts.values())}.",
            facts=(
                Fact("Spans deleted", str(spans)),
                Fact("Personal values erased from the audit log", str(values)),
            ),
        )  # fmt: skip

    def integrity(self, now_ns: int | None = None) -> EvidenceSection:
        """Whether the log that all of this is taken from is what was signed."""
        logs = set(self._desk.store.organizations())
        named = [name for name in self._named if name in logs]
        report = self._desk.verify(named, now_ns=now_ns)
        rows = tuple(
            (log.organization, str(log.entries), str(log.signed), str(log.checkpoints),
             log.state, log.root)
            for log in report.logs
        )  # fmt: skip
        problems = tuple(
            f"{one.organization}:{one.seq} {one.fault}: {one.message}"
            for log in report.logs for one in log.problems
        )  # fmt: skip
        restored = tuple(
            f"{log.organization}:{one.seq} restored: {one.time[:19]}, {one.by}: {one.reason}. Of "
            f"entries {one.first} to {one.last}, what was signed before is gone or replaced."
            for log in report.logs for one in log.restored
        )  # fmt: skip
        gaps = (*problems, *restored, *report.unreadable)
        return EvidenceSection(
            id="integrity", title="Integrity of the audit log",
            summary="The log is what was signed." if report.ok else "The log is NOT what it was.",
            facts=(Fact("Public key", report.key or "none"),),
            tables=(EvidenceTable(
                title="Logs",
                columns=("Log", "Entries", "Signed", "Checkpoints", "State", "Merkle root"),
                rows=rows,
            ),),
            gaps=gaps if report.key else (*gaps, "There is no signing key."),
        )  # fmt: skip

    def _configured_before(self) -> Sequence[Shown]:
        """What was in force when the time began."""
        if self._alone:
            return ()
        before = AuditQuery(
            organizations=(INSTALLATION,), action="configuration.", to_ns=self._from_ns
        )
        return self._desk.find(before, limit=1)

    def _listed(self, title: str, actions: Sequence[str]) -> tuple[Counter[str], EvidenceTable]:
        """How often each happened, and the newest of them."""
        counts: Counter[str] = Counter()
        newest: list[Shown] = []
        for shown in self.entries(actions):
            counts[shown.entry.action] += 1
            newest.append(shown)
            if len(newest) >= 2 * MOST_ROWS:
                newest = _newest(newest)
        rows = tuple(
            (_time(one), one.entry.id, one.entry.action, one.entry.outcome, one.entry.actor,
             f"{one.entry.target_kind} {one.entry.target_id}".strip())
            for one in _newest(newest)
        )  # fmt: skip
        columns = ("Time", "Entry", "Action", "Outcome", "Actor", "Target")
        left_out = counts.total() - len(rows)
        return counts, EvidenceTable(title=title, columns=columns, rows=rows, left_out=left_out)


def _newest(found: Sequence[Shown]) -> list[Shown]:
    return sorted(found, key=lambda one: one.entry.time_ns, reverse=True)[:MOST_ROWS]


def _counts(title: str, counts: Counter[str]) -> EvidenceTable:
    rows = tuple((name, str(count)) for name, count in sorted(counts.items()))
    return EvidenceTable(title=title, columns=("Action", "Times"), rows=rows)


_NO_POLICY = ("none", "", "", "", "")
KEPT_COLUMNS = ("Policy", "Version", "Rules", "Enforced", "Calls", "For")


def _policy_gaps(
    configured: Collection[tuple[str, ...]], kept: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """What an auditor asks about: nothing holds, or nothing is enforced."""
    found = {row for row in configured if row != _NO_POLICY}
    if not found and not kept:
        return ("No policy was in force.",) if configured else ()
    enforced = [row[3] for row in (*found, *kept)]
    if all(count == "0" for count in enforced):
        return ("Every rule of the policies is in shadow: it reports, and stops nothing.",)
    return ()


def _found(findings: Any) -> Iterator[tuple[str, int]]:
    """Kinds and how often, as calls note them and as evaluations do."""
    if isinstance(findings, dict):
        yield from ((kind, _number(count)) for kind, count in findings.items())
    else:
        yield from ((kind, int(count)) for kind, count in _FOUND.findall(str(findings or "")))


def _policy_row(policy: Any) -> tuple[str, ...]:
    if not isinstance(policy, dict):
        return _NO_POLICY
    fields = ("name", "version", "rules", "enforced", "digest")
    return tuple(str(policy.get(field, "")) for field in fields)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _time(shown: Shown) -> str:
    return datetime.fromtimestamp(shown.entry.time_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
