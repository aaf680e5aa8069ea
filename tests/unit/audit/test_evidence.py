"""Evidence from the audit log itself."""

from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.evidence import KEPT_COLUMNS, MOST_ROWS, Period
from vedette.model.compliance import EvidenceSection, EvidenceTable

NONE = EvidenceTable(title="", columns=KEPT_COLUMNS, rows=())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def period(office: Office, organization: str = "") -> Period:
    return Period(office.desk, organization=organization, from_ns=0, to_ns=2**62)


def facts(section: EvidenceSection) -> dict[str, str]:
    return {fact.name: fact.value for fact in section.facts}


def test_access_is_counted_and_listed_newest_first(office: Office) -> None:
    office.log.append([
        event(1, action="session.opened", organization="installation", time_ns=1),
        event(2, action="session.refused", organization="installation", time_ns=3),
        event(3, action="key.created", time_ns=2),
        event(4, action="key.created", organization="other", time_ns=4),
    ])  # fmt: skip
    section = period(office, "default").access()
    assert facts(section) == {
        "Log-ins": "1", "Log-ins refused": "1", "Keys made": "1", "Keys deleted": "0",
    }  # fmt: skip
    assert [row[2] for row in section.tables[1].rows] == [
        "session.refused", "key.created", "session.opened",
    ]  # fmt: skip
    assert "4 changes" in period(office).access().summary
    office.close()


def test_long_tables_are_cut_and_say_so(office: Office) -> None:
    office.log.append([event(n, time_ns=n) for n in range(2 * MOST_ROWS + 30)])
    table = period(office).access().tables[1]
    assert len(table.rows) == MOST_ROWS
    assert table.left_out == MOST_ROWS + 30
    assert table.rows[0][5] == f"key {2 * MOST_ROWS + 29:012x}"
    office.close()


def test_policies_in_force_are_named(office: Office) -> None:
    assert period(office).configuration(NONE).gaps == ()
    policy = {"name": "ours", "version": 2, "rules": 3, "enforced": 1, "digest": "ab"}
    office.log.append([
        event(1, action="configuration.loaded", details={"policy": None}),
        event(2, action="configuration.changed", details={"policy": policy}),
    ])  # fmt: skip
    section = period(office).configuration(NONE)
    assert {row[0] for row in section.tables[0].rows} == {"none", "ours"}
    assert section.gaps == ()
    office.close()


def test_what_was_configured_before_is_in_force(office: Office) -> None:
    policy = {"name": "ours", "version": 2, "rules": 3, "enforced": 1, "digest": "ab"}
    office.log.append([
        event(1, organization="installation", action="configuration.loaded", time_ns=5,
              details={"policy": policy}),
    ])  # fmt: skip
    later = Period(office.desk, organization="", from_ns=6, to_ns=9)
    assert later.configuration(NONE).tables[0].rows[0][0] == "ours"
    office.close()


def test_settings_are_told_as_they_were(office: Office) -> None:
    office.log.append([
        event(n, action="configuration.loaded", organization="installation", time_ns=n,
              details={"capture": capture, "retention_days": None})
        for n, capture in ((1, "full"), (5, "hash"), (9, "hash"))
    ])  # fmt: skip
    assert period(office).settings("capture") == ("full", "hash")
    later = Period(office.desk, organization="", from_ns=6, to_ns=2**62)
    assert later.settings("capture") == ("hash",)
    assert later.settings("retention_days") == ("none",)
    office.close()


def test_without_a_policy_that_is_open(office: Office) -> None:
    office.log.append([event(1, action="configuration.loaded", details={"policy": None})])
    assert period(office).configuration(NONE).gaps == ("No policy was in force.",)
    office.close()


def test_findings_are_counted_by_kind_and_action(office: Office) -> None:
    office.log.append([
        event(1, action="guard.redact", details={"findings": "pii:card x2, pii:email x1"}),
        event(2, action="guard.redact", details={"findings": "pii:card x1"}),
        event(3, action="guard.bypassed", details={"bypassed": "pii:timeout"}),
        event(4, action="guard.flag", details={"bypassed": "pii:timeout"}),
        event(5, action="guard.redact", target_kind="evaluation",
              details={"findings": {"pii:email": 4}}),
    ])  # fmt: skip
    section = period(office).findings()
    assert section.tables[0].rows == (("bypassed", "1"), ("flag", "1"), ("redact", "2"))
    assert section.tables[1].rows == (("redact", "1"),)
    assert section.tables[2].rows == (("pii:email", "redact", "5"), ("pii:card", "redact", "3"))
    assert section.gaps == ("2 passed without a look that was due.",)
    assert section.summary.startswith("4 calls had")
    assert "1 texts that were evaluated" in section.summary
    office.close()


def test_deletions_are_added_up(office: Office) -> None:
    office.log.append([event(1), event(2, action="spans.deleted", details={"count": 12})])
    office.desk.erase("o1@example.com")
    section = period(office).deletions()
    assert facts(section) == {
        "Spans deleted": "12", "Personal values erased from the audit log": "1",
    }  # fmt: skip
    office.close()


def test_a_broken_log_is_no_evidence(office: Office) -> None:
    office.happen(3)
    assert period(office).integrity().gaps == ()
    office.attack("DELETE FROM audit_entries WHERE seq = 2")
    section = period(office).integrity()
    assert "NOT" in section.summary
    assert any("default:2 missing" in gap for gap in section.gaps)
    office.close()
