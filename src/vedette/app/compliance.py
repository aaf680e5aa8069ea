"""Compliance reports from what this installation has: its log, its keys, its settings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from vedette import __version__
from vedette.access.book import Entry
from vedette.access.desk import AccessDesk
from vedette.access.keys import KeyQuery
from vedette.access.vault import Vault
from vedette.app.audit import AuditBeside
from vedette.app.managed import merged
from vedette.app.policies import in_force
from vedette.app.retention import own_days
from vedette.app.snapshot import ROUTES_FILE, core_settings
from vedette.app.spans import open_ledger
from vedette.app.vault import open_vault
from vedette.audit.desk import AuditDesk
from vedette.audit.evidence import KEPT_COLUMNS, MOST_ROWS, Period
from vedette.audit.frameworks import CONTROLS, NOTICE, TITLES
from vedette.clock import Clock
from vedette.config.schema import Config
from vedette.errors import NotFound
from vedette.model.compliance import (
    ComplianceReport,
    EvidenceSection,
    EvidenceTable,
    Fact,
    Framework,
)
from vedette.model.governance import LivePolicy, PolicySnapshot
from vedette.model.ledger import LedgerQuery
from vedette.model.policy import Policy, Scope
from vedette.model.settings import CoreSettings
from vedette.model.tenant import Project, VirtualKey
from vedette.ports.ledger import Ledger
from vedette.query.times import format_time

OLD_NS = 90 * 86_400 * 10**9
"""A key that is older has not been rotated for long."""

MOST_NAMED = 5

_CAPTURED = {
    "full": "messages as they are",
    "redacted": "messages with secrets and personal data masked",
    "hash": "digests of messages only",
    "none": "no content, only figures",
}


class Compliance:
    """Makes reports. All methods may block and raise StoreError."""

    def __init__(
        self, *, settings: Callable[[], CoreSettings], audit: AuditDesk, access: AccessDesk,
        ledger: Ledger, vault: Vault, clock: Clock,
        in_force: Callable[[], PolicySnapshot],
    ) -> None:  # fmt: skip
        """`in_force` are the policies of the console and the exceptions that hold."""
        self._settings = settings
        self._in_force = in_force
        self._audit = audit
        self._access = access
        self._ledger = ledger
        self._vault = vault
        self._clock = clock

    def report(
        self, framework: Framework, *, from_ns: int, to_ns: int, organization: str = "",
        alone: bool = False,
    ) -> ComplianceReport:  # fmt: skip
        """The evidence of [from, to) for a framework, of one organization or of all.

        `alone`: for people of the organization, who are told nothing of what the log says of the
        whole installation. Raises NotFound for an organization that never was.
        """
        self._check(organization)
        period = Period(
            self._audit, organization=organization, from_ns=from_ns, to_ns=to_ns, alone=alone
        )
        calls = LedgerQuery(
            organization_id=organization or None, from_ns=from_ns, to_ns=to_ns, by=("provider",)
        )
        sections = (
            period.access(),
            self._keys(organization),
            self._configuration(period, organization),
            period.findings(),
            self._retention(organization, period),
            period.deletions(),
            self._providers(calls),
            self._encryption(alone=alone),
            period.integrity(self._clock.now_ns()),
        )
        return ComplianceReport(
            framework=framework, title=TITLES[framework], notice=NOTICE, organization=organization,
            from_time=format_time(from_ns), to_time=format_time(to_ns),
            made_time=format_time(self._clock.now_ns()), version=__version__,
            controls=CONTROLS[framework], sections=sections,
        )  # fmt: skip

    def _check(self, organization: str) -> None:
        """One that was deleted has its log still."""
        if not organization or organization in self._audit.store.organizations():
            return
        if all(one.value.id != organization for one in self._access.organizations.list()):
            raise NotFound(f"There is no organization {organization[:80]!r}. Name it by its id.")

    def _configuration(self, period: Period, organization: str) -> EvidenceSection:
        snapshot = self._in_force()
        owners = self._owners()
        here = {"", *(id for id, owner in owners.items() if organization in ("", owner))}
        everywhere = not organization
        allowed = [one for one in snapshot.allowed if everywhere or one.project_id in here]
        raised = [one for one in snapshot.thresholds if everywhere or one.project_id in here]
        endless = sum(entry.expires_ns is None for entry in allowed)
        facts = (
            Fact("Allow-list entries that hold now", f"{len(allowed)}, {endless} without an end"),
            Fact("Thresholds that feedback raised", str(len(raised))),
        )
        found = period.configuration(self._kept_policies(snapshot.policies, organization))
        return replace(found, facts=facts)

    def _kept_policies(
        self, policies: Sequence[LivePolicy], organization: str
    ) -> EvidenceTable:  # fmt: skip
        """The policies of the console that hold now, and hold for the organization."""
        rows = []
        for live in policies:
            for policy, calls in _versions(live):
                if organization and not self._is_for(policy.scope, organization):
                    continue
                in_shadow = sum(
                    "shadow" in (policy.mode, rule.mode) for rule in policy.rules
                )  # fmt: skip
                rows.append((
                    policy.name, str(policy.version), str(len(policy.rules)),
                    str(len(policy.rules) - in_shadow), calls, _scope_text(policy.scope),
                ))  # fmt: skip
        return EvidenceTable(
            title="Policies of the console that hold now", columns=KEPT_COLUMNS,
            rows=tuple(rows[:MOST_ROWS]), left_out=max(0, len(rows) - MOST_ROWS),
        )  # fmt: skip

    def _is_for(self, scope: Scope, organization: str) -> bool:
        """Whether a scope can hold a call of the organization."""
        if scope.organizations and organization not in scope.organizations:
            return False
        owners = self._owners()
        return not scope.projects or any(
            owners.get(project) == organization for project in scope.projects
        )

    def _owners(self) -> dict[str, str]:
        """The organization of each project."""
        return {one.value.id: one.value.organization_id for one in self._access.projects.list()}

    def _keys(self, organization: str) -> EvidenceSection:
        now_ns = self._clock.now_ns()
        entries = self._access.keys.list(KeyQuery(), limit=1_000_000)
        kept = [e for e in entries if organization in ("", e.value.organization_id)]
        active = [e for e in kept if _is_active(e.value, now_ns)]
        endless = [e for e in active if e.value.expires_ns is None]
        old = [e for e in active if now_ns - e.value.created_ns > OLD_NS]
        gaps = []
        if endless:
            gaps.append(f"Working keys that never expire: {len(endless)}.")
        if old:
            gaps.append(f"Working keys older than 90 days, not rotated: {len(old)}.")
        if not self._access.book.closed:
            gaps.append("The gateway takes calls without a key: none was ever made.")
        return EvidenceSection(
            id="keys", title="Keys and their rotation", gaps=tuple(gaps),
            summary=f"{len(kept)} keys, {len(active)} of them work. Only their hashes are kept.",
            facts=(
                Fact("Keys that were rotated", str(sum(bool(e.value.replaces) for e in kept))),
                Fact("Disabled", str(sum(e.value.disabled for e in kept))),
            ),
            tables=(_key_table(kept, now_ns),),
        )  # fmt: skip

    def _retention(self, organization: str, period: Period) -> EvidenceSection:
        settings = self._settings()
        routes = [
            f"{one.model}: {one.capture}" for one in settings.routing.routes if one.capture
        ]  # fmt: skip
        days, own = settings.retention_days, own_days(settings, self._access.projects)
        projects = [
            entry.value
            for entry in self._access.projects.list()
            if organization in ("", entry.value.organization_id)
        ]
        differs = any(one.id in own for one in projects)
        endless = [one for one in projects if own.get(one.id, days) is None]
        rows = tuple(
            (
                one.id, one.name, one.organization_id, _days_text(own.get(one.id, days)),
                "its own" if one.id in own else "for all projects",
            )
            for one in projects
        )  # fmt: skip
        return EvidenceSection(
            id="retention", title="What is recorded, and for how long",
            summary=f"Recorded of a call: {_CAPTURED.get(settings.capture, settings.capture)}"
            f"{', but for routes that have a mode of their own' if routes else ''}. "
            f"Kept: {f'for {days} days' if days else 'without a limit'}"
            f"{', where a project has no days of its own' if differs else ''}.",
            facts=(
                Fact("Capture mode", settings.capture),
                *((Fact("Of routes", ", ".join(routes)),) if routes else ()),
                Fact("Retention of spans", _days_text(days)),
                Fact("Storage", settings.profile),
                Fact("Audit log", "kept without a limit; personal values can be erased"),
            ),
            tables=(EvidenceTable(
                title="Days that spans are kept",
                columns=("Project", "Name", "Organization", "Kept", "Set"),
                rows=rows[:MOST_ROWS], left_out=max(0, len(rows) - MOST_ROWS),
            ),),
            gaps=(*_endless(endless, projects), *_changed(period)),
        )  # fmt: skip

    def _providers(self, calls: LedgerQuery) -> EvidenceSection:
        sums = {one.names[0]: one for one in self._ledger.sums(calls)}
        known = {provider.name: provider for provider in self._settings().providers}
        rows = []
        for name in sorted(known.keys() | {name for name in sums if name}):
            provider, used = known.get(name), sums.get(name)
            split = urlsplit(provider.base_url if provider else "")
            rows.append((
                name, provider.kind if provider else "not configured any more",
                split.hostname or "", split.scheme, str(used.requests if used else 0),
                str(used.usage.input_total + used.usage.output_total if used else 0),
            ))  # fmt: skip
        plain = [row[0] for row in rows if row[3] == "http" and not _is_here(row[2])]
        return EvidenceSection(
            id="providers", title="Where data flow to",
            summary=f"Calls: {sum(one.requests for name, one in sums.items() if name)}, "
            f"to providers: {len([name for name in sums if name])}.",
            tables=(EvidenceTable(
                title="Providers",
                columns=("Provider", "Kind", "Host", "Scheme", "Calls", "Tokens"),
                rows=tuple(rows),
            ),),
            gaps=tuple(f"{name} is called without encryption." for name in plain),
        )  # fmt: skip

    def _encryption(self, *, alone: bool) -> EvidenceSection:
        settings = self._settings()
        credentials = len(self._vault.list())
        counted = "" if alone else f"{credentials}, "
        outside = bool(settings.master_key)
        gaps = []
        if not settings.token_sha256:
            gaps.append("The console asks for no token: it is open to whoever reaches its address.")
        if credentials and not outside:
            gaps.append("The master key of the vault lies beside it, not in the environment.")
        return EvidenceSection(
            id="encryption", title="Encryption and secrets", gaps=tuple(gaps),
            summary="Credentials of providers are encrypted; databases are as safe as their disk.",
            facts=(
                Fact("Credentials in the vault", f"{counted}AES-256-GCM, a data key each"),
                Fact("Master key", "from the environment" if outside else "a file (mode 0600)"),
                Fact("Virtual keys", "SHA-256 of 192 random bits"),
                Fact("Audit log", "Ed25519 signatures, HMAC-SHA256 seals"),
                Fact("Databases at rest", "not encrypted by Vedette: use an encrypted disk"),
                Fact("Console and gateway", "plain HTTP: put a proxy with TLS in front of them"),
            ),
        )  # fmt: skip


@contextmanager
def compliance_beside(config: Config, clock: Clock, env: Mapping[str, str]) -> Iterator[Compliance]:
    """For a command, whether Vedette runs or not. Raises StoreError."""
    audit, vault = AuditBeside(config, clock), open_vault(config, env)
    ledger = open_ledger(config, clock)
    settings = core_settings(merged(config, Path(config.storage.path) / ROUTES_FILE), version=0)
    try:
        yield Compliance(
            settings=lambda: settings, audit=audit.desk, ledger=ledger.ledger, vault=vault,
            access=AccessDesk(audit.records, clock), clock=clock,
            in_force=lambda: in_force(audit.records, clock),
        )  # fmt: skip
    finally:
        ledger.close()
        audit.close()


def _versions(live: LivePolicy) -> Iterator[tuple[Policy, str]]:
    """What holds of a policy, and for how many calls."""
    if live.policy is not None:
        share = f"the other {100 - live.trial.share:g} %" if live.trial else "all"
        yield live.policy, share
    if live.trial is not None:
        yield live.trial.policy, f"{live.trial.share:g} %"


def _scope_text(scope: Scope) -> str:
    named = msgspec.to_builtins(scope)
    parts = [f"{field}: {', '.join(names)}" for field, names in named.items() if names]
    return "; ".join(parts) or "every call"


def _key_table(kept: Sequence[Entry[VirtualKey]], now_ns: int) -> EvidenceTable:
    rows = tuple(
        (
            key.id, key.name, key.project_id, format_time(key.created_ns)[:10],
            format_time(key.expires_ns)[:10] if key.expires_ns is not None else "never",
            "works" if _is_active(key, now_ns) else "does not work",
            key.replaces and f"rotated from {key.replaces}",
        )
        for key in (entry.value for entry in kept)
    )  # fmt: skip
    columns = ("Key", "Name", "Project", "Made", "Expires", "State", "Rotation")
    return EvidenceTable(
        title="Keys", columns=columns, rows=rows[:MOST_ROWS],
        left_out=max(0, len(rows) - MOST_ROWS),
    )  # fmt: skip


def _is_active(key: VirtualKey, now_ns: int) -> bool:
    return not key.disabled and (key.expires_ns is None or key.expires_ns > now_ns)


def _days_text(days: int | None) -> str:
    return f"{days} days" if days else "no limit is set"


def _endless(endless: Sequence[Project], projects: Sequence[Project]) -> tuple[str, ...]:
    if not endless:
        return ()
    if len(endless) == len(projects):
        return ("No retention is set: spans are kept until they are deleted.",)
    names = ", ".join(one.name for one in endless[:MOST_NAMED])
    more = f" and {len(endless) - MOST_NAMED} more" if len(endless) > MOST_NAMED else ""
    return (f"Spans of {names}{more} are kept until they are deleted: no retention is set.",)


def _changed(period: Period) -> Iterator[str]:
    """What is told of now did not hold all the time."""
    for name, title in (("capture", "capture mode"), ("retention_days", "retention in days")):
        if len(values := period.settings(name)) > 1:
            yield f"The {title} was not the same all the time: {', '.join(values)}."


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1", "")
