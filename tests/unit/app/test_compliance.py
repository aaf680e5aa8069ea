"""Reports from what an installation has."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.auditing import Office
from tests.support.span_stores import span as make_span
from vedette.access.desk import AccessDesk
from vedette.access.keys import KeySettings
from vedette.access.vault import Vault
from vedette.app.audit import Audit
from vedette.app.audit_rules import audit_settings
from vedette.app.compliance import OLD_NS, Compliance, compliance_beside
from vedette.clock import SystemClock
from vedette.config.audit import AuditConfig
from vedette.config.schema import Config
from vedette.errors import NotFound
from vedette.model.compliance import EvidenceSection, SectionId
from vedette.model.governance import AllowEntry, LivePolicy, PolicySnapshot, Trial
from vedette.model.policy import Policy, Rule, Scope
from vedette.model.settings import CoreSettings, ProviderSummary, RouteSettings, TargetSettings
from vedette.model.tenant import Allowance
from vedette.stores.spans.sqlite import SqliteSpanStore

PROVIDER = ProviderSummary(name="a", kind="openai", base_url="http://api.example.org", has_key=True)
SETTINGS = CoreSettings(version=1, providers=(PROVIDER,), capture="redacted")


class Company:
    """An installation with a few keys and calls."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.spans = SqliteSpanStore(folder, self.office.clock)
        self.access = AccessDesk(self.office.records, self.office.clock)
        self.access.book.open()
        self.settings = SETTINGS
        self.policies: tuple[LivePolicy, ...] = ()
        self.allowed: tuple[AllowEntry, ...] = ()
        self.vault = Vault(folder, self.office.clock)
        self.compliance = Compliance(
            settings=lambda: self.settings, audit=self.office.desk, access=self.access,
            ledger=self.spans.ledger, vault=self.vault, clock=self.office.clock,
            in_force=lambda: PolicySnapshot(policies=self.policies, allowed=self.allowed),
        )  # fmt: skip

    def section(
        self, id: SectionId, organization: str = "", *, alone: bool = False
    ) -> EvidenceSection:
        report = self.compliance.report(
            "soc2", from_ns=0, to_ns=2**62, organization=organization, alone=alone
        )
        return next(one for one in report.sections if one.id == id)

    def close(self) -> None:
        self.spans.close()
        self.office.close()


def test_a_report_has_evidence_for_all_its_requirements(tmp_path: Path) -> None:
    company = Company(tmp_path)
    for framework in ("gdpr", "ccpa", "soc2"):
        report = company.compliance.report(framework, from_ns=0, to_ns=2**62)
        sections = {section.id for section in report.sections}
        assert all(set(control.sections) <= sections for control in report.controls)
    company.close()


def test_people_of_an_organization_are_told_nothing_of_the_installation(tmp_path: Path) -> None:
    company = Company(tmp_path)
    ours = company.access.organizations.create("ours", Allowance()).value.id
    company.access.people.create("root@example.com", password="x" * 12, is_root=True)
    both = company.section("access", ours).tables[1].rows
    alone = company.section("access", ours, alone=True).tables[1].rows
    assert {row[2] for row in both} > {row[2] for row in alone} == {"organization.created"}
    assert all(row[1].startswith(f"{ours}:") for row in alone)
    rows = company.section("integrity", ours, alone=True).tables[0].rows
    assert {row[0] for row in rows} <= {ours}
    fact = company.section("encryption", ours, alone=True).facts[0]
    assert fact.value == "AES-256-GCM, a data key each"
    company.close()


def test_an_organization_that_never_was_has_no_report(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with pytest.raises(NotFound, match="defualt"):
        company.section("keys", "defualt")
    company.close()


def test_policies_of_the_console_are_evidence(tmp_path: Path) -> None:
    company = Company(tmp_path)
    ours = company.access.organizations.create("ours", Allowance()).value.id
    company.access.organizations.create("theirs", Allowance())
    rules = (
        Rule(name="attacks", detector="injection"),
        Rule(name="mail", detector="pii", mode="shadow"),
    )
    here = Policy(name="here", version=3, rules=rules, scope=Scope(organizations=(ours,)))
    trial = Policy(name="all", version=2, mode="shadow", rules=rules)
    company.policies = (
        LivePolicy(policy=here),
        LivePolicy(trial=Trial(policy=trial, share=10)),
    )
    table = company.section("configuration").tables[1]
    assert table.rows == (
        ("here", "3", "2", "1", "all", f"organizations: {ours}"),
        ("all", "2", "2", "0", "10 %", "every call"),
    )
    assert company.section("configuration").gaps == ()
    theirs = next(
        one.value.id for one in company.access.organizations.list() if one.value.name == "theirs"
    )
    section = company.section("configuration", theirs)
    assert [row[0] for row in section.tables[1].rows] == ["all"]
    assert "in shadow" in section.gaps[0]
    company.close()


def test_exceptions_are_evidence(tmp_path: Path) -> None:
    company = Company(tmp_path)
    ours = company.access.organizations.create("ours", Allowance()).value.id
    project = company.access.projects.create("shop", ours, Allowance()).value.id
    company.allowed = (
        AllowEntry(id="1", kind="value", value="x"),
        AllowEntry(id="2", kind="value", value="y", project_id=project, expires_ns=9),
        AllowEntry(id="3", kind="value", value="z", project_id="theirs"),
    )
    assert company.section("configuration").facts[0].value == "3, 2 without an end"
    assert company.section("configuration", ours).facts[0].value == "2, 1 without an end"
    company.close()


def test_what_routes_record_is_told(tmp_path: Path) -> None:
    company = Company(tmp_path)
    target = TargetSettings(provider="a", model="m")
    route = RouteSettings(model="fast", targets=(target,), capture="full")
    company.settings = replace(SETTINGS, routing=replace(SETTINGS.routing, routes=(route,)))
    section = company.section("retention")
    assert "routes that have a mode of their own" in section.summary
    assert {"Of routes": "fast: full"}.items() <= {f.name: f.value for f in section.facts}.items()
    company.close()


def test_keys_that_an_auditor_would_ask_about_are_named(tmp_path: Path) -> None:
    company = Company(tmp_path)
    assert "without a key" in company.section("keys").gaps[0]
    entry, _ = company.access.keys.create("default", KeySettings(name="k"))
    company.access.keys.rotate(entry.value.id, overlap_s=0)
    company.office.clock.advance(OLD_NS / 1e9 + 1)
    section = company.section("keys")
    assert section.gaps == (
        "Working keys that never expire: 1.",
        "Working keys older than 90 days, not rotated: 1.",
    )
    assert section.facts[0].value == "1"
    assert {row[5] for row in section.tables[0].rows} == {"works", "does not work"}
    other = company.access.organizations.create("other", Allowance()).value.id
    assert company.section("keys", other).tables[0].rows == ()
    company.close()


def test_providers_are_told_with_what_went_there(tmp_path: Path) -> None:
    company = Company(tmp_path)
    now_ns = company.office.clock.now_ns()
    company.spans.write_batch([
        make_span(1, None, start_ns=now_ns, end_ns=now_ns, provider="a", model="m"),
        make_span(2, None, start_ns=now_ns, end_ns=now_ns, provider="gone", model="m"),
    ])  # fmt: skip
    section = company.section("providers")
    rows = {row[0]: row for row in section.tables[0].rows}
    assert rows["a"][2:5] == ("api.example.org", "http", "1")
    assert rows["gone"][1] == "not configured any more"
    assert section.gaps == ("a is called without encryption.",)
    company.close()


def test_retention_and_encryption_are_as_they_are_set(tmp_path: Path) -> None:
    company = Company(tmp_path)
    assert "No retention" in company.section("retention").gaps[0]
    assert len(company.section("encryption").gaps) == 1
    company.vault.set("openai", "sk-1")
    assert "master key" in company.section("encryption").gaps[1]
    company.settings = replace(
        SETTINGS, retention_days=30, token_sha256="ab", master_key=b"k" * 32
    )  # fmt: skip
    assert "for 30 days" in company.section("retention").summary
    assert company.section("retention").gaps == company.section("encryption").gaps == ()
    company.close()


def test_a_report_has_the_days_that_projects_have_of_their_own(tmp_path: Path) -> None:
    company = Company(tmp_path)
    projects, organizations = company.access.projects, company.access.organizations
    ours = organizations.create("ours", Allowance()).value.id
    projects.create("short", ours, Allowance(), retention_days=3)
    projects.create("long", ours, Allowance())
    section = company.section("retention", ours)
    assert {row[1]: row[3:] for row in section.tables[0].rows} == {
        "short": ("3 days", "its own"), "long": ("no limit is set", "for all projects"),
    }  # fmt: skip
    assert section.gaps == ("Spans of long are kept until they are deleted: no retention is set.",)
    company.settings = replace(SETTINGS, retention_days=30, project_retention_days={"long": 20})
    rows = company.section("retention").tables[0].rows
    assert {row[1]: row[3] for row in rows} == {
        "short": "3 days", "long": "20 days", "default": "30 days",
    }  # fmt: skip
    assert company.section("retention").gaps == ()
    company.close()


def test_a_command_makes_one_beside_the_server(tmp_path: Path) -> None:
    data = tmp_path / "data"
    audit = Audit(data, audit_settings(AuditConfig(), data, {}), SystemClock())
    AccessDesk(audit.records, SystemClock()).book.open()
    config = Config.model_validate({"storage": {"path": str(data)}})
    with compliance_beside(config, SystemClock(), {}) as compliance:
        report = compliance.report("gdpr", from_ns=0, to_ns=2**62)
    assert "2 changes" in report.sections[0].summary
    audit.close()
