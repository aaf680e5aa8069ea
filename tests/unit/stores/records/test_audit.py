"""The log in the database: in the transaction of the change, without a gap, once by source."""

from pathlib import Path

import pytest

from tests.support.auditing import ANN, Office, event
from vedette.clock import FakeClock
from vedette.errors import Conflict, StoreError
from vedette.model.audit import (
    INSTALLATION,
    AuditEvent,
    AuditPosition,
    AuditQuery,
    actor_label,
)
from vedette.ports.audit import acting
from vedette.stores.records.sql import SqlRecords


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def actions(office: Office, query: AuditQuery | None = None) -> list[str]:
    return [entry.action for entry in office.log.find(query or AuditQuery())][::-1]


def test_every_change_of_a_record_is_logged_by_whoever_acts(office: Office) -> None:
    token = acting.set(ANN)
    made = office.records.put("p", "policy", "a", {"n": 1}, version=0)
    office.records.put("p", "policy", "a", {"n": 2}, version=made.version)
    office.records.delete("p", "policy", "a", version=2)
    acting.reset(token)
    office.records.put("p", "saved_view", "v", {}, version=0)
    assert actions(office) == ["policy.created", "policy.changed", "policy.deleted"]
    assert {entry.actor for entry in office.log.find(AuditQuery())} == {actor_label(ANN)}
    assert office.faults() == []
    office.close()


def test_a_change_that_is_not_made_is_not_logged(office: Office) -> None:
    office.records.put("p", "policy", "a", {}, version=0)
    with pytest.raises(Conflict):
        office.records.put("p", "policy", "a", {}, version=0)
    with pytest.raises(Conflict):
        office.records.put("p", "policy", "a", {}, version=7)
    with pytest.raises(Conflict):
        office.records.delete("p", "policy", "a", version=7)
    assert actions(office) == ["policy.created"]
    office.close()


def test_a_change_that_cannot_be_logged_is_not_made(office: Office) -> None:
    office.attack("DROP TABLE audit_entries")
    with pytest.raises(StoreError):
        office.records.put("p", "policy", "a", {}, version=0)
    assert office.records.get("p", "policy", "a") is None
    office.close()


def test_logs_of_organizations_are_numbered_by_themselves(office: Office) -> None:
    office.records.put("_access", "project", "prj_1", {"organization_id": "org_1"}, version=0)
    office.log.append([
        AuditEvent(action="a.b", project="prj_1"), AuditEvent(action="c.d", project="prj_2"),
        AuditEvent(action="e.f"),
    ])  # fmt: skip
    ends = {head.organization: head.seq for head in office.log.heads()}
    assert ends == {"org_1": 2, "default": 1, INSTALLATION: 1}
    office.close()


def test_of_two_with_one_source_one_is_kept(office: Office) -> None:
    twice = event(1, source="s1")
    assert office.log.append([twice, twice, event(2)]) == 2
    assert office.log.append([twice, event(3, source="s2")]) == 1
    assert office.log.append([]) == 0
    assert len(actions(office)) == 3
    office.close()


def test_entries_are_found_by_what_they_are_about(office: Office) -> None:
    office.log.append([
        event(1), event(2, action="key.deleted", project="p"),
        event(3, "other", action="keyhole.made", outcome="refused"),
    ])  # fmt: skip
    for query, numbers in (
        (AuditQuery(), [3, 2, 1]),
        (AuditQuery(organizations=("default",)), [2, 1]),
        (AuditQuery(action="key."), [2, 1]),
        (AuditQuery(action="%"), []),
        (AuditQuery(project="p"), [2]),
        (AuditQuery(outcome="refused"), [3]),
        (AuditQuery(actor="user"), [3, 2, 1]),
        (AuditQuery(actor="user:usr_1"), [3, 2, 1]),
        (AuditQuery(actor="use"), []),
        (AuditQuery(target=f"{2:012x}"), [2]),
        (AuditQuery(from_ns=office.clock.now_ns() + 1), []),
        (AuditQuery(to_ns=office.clock.now_ns()), []),
    ):
        assert [int(entry.target_id, 16) for entry in office.log.find(query)] == numbers, query
    office.close()


def test_pages_go_on_behind_a_position_also_at_the_same_time(office: Office) -> None:
    office.log.append([event(n, organization) for n in range(3) for organization in ("a", "b")])
    seen, before = [], None
    while page := office.log.find(AuditQuery(), before=before, limit=1):
        seen.append(page[0].id)
        before = AuditPosition(page[0].time_ns, page[0].organization, page[0].seq)
    assert seen == ["b:3", "b:2", "b:1", "a:3", "a:2", "a:1"]
    office.close()


def test_values_are_data_whatever_they_say(office: Office) -> None:
    nasty = "'; DROP TABLE audit_entries; -- \ud800 %_\\"
    office.log.append([event(1, details={"x": nasty}, personal={"owner": nasty}, project=nasty)])
    assert office.faults() == []
    assert office.log.erase("'; drop table audit_entries; -- ? %_\\") == 1
    assert office.faults() == []
    office.close()


def test_an_erasure_is_whole_and_says_so(office: Office) -> None:
    office.log.append([
        event(1, personal={"owner": "Ann@example.com"}),
        event(2, personal={"owner": [None, {"mail": "ann@example.com"}]}),
        event(3, "other", personal={"owner": "joann@example.com"}),
    ])  # fmt: skip
    assert office.log.erase("ann@example.com") == 2
    erasure = office.log.entries("default")[-1]
    assert erasure.action == "personal.erased"
    assert '"erased":[[1,"owner"],[2,"owner"]]' in erasure.body
    assert "ann@" not in erasure.body.lower()
    assert [one.field for one in office.log.personal("default", [1, 2])] == [
        "actor.address", "actor.name", "actor.address", "actor.name",
    ]  # fmt: skip
    assert office.log.erase("joann@example.com", organization="default") == 0
    office.close()


def test_hashes_are_those_of_the_first_entries(office: Office) -> None:
    office.log.append([event(number) for number in range(4)])
    hashes = office.log.hashes("default", upto_seq=3)
    assert [one.hex() for one in hashes] == [
        entry.hash for entry in office.log.entries("default", limit=3)
    ]
    assert office.log.get("default", 4) == office.log.entries("default", after_seq=3)[0]
    office.close()


def test_without_a_secret_there_are_no_seals() -> None:
    records = SqlRecords(None, FakeClock())
    records.audit.append([event(1)])
    assert records.audit.entries("default")[0].seal == ""
    records.close()
