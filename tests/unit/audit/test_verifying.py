"""An attacker may write the database: whatever he does is found, and where."""

from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.notes import VerifierKey, signature_of
from vedette.audit.outside import Exported
from vedette.audit.verifying import MOST_PROBLEMS
from vedette.errors import NotFound, StoreError

COLUMNS = (
    "organization, seq, time_ns, action, outcome, actor, project, target_kind, target_id, source, "
    "body, hash, seal"
)

ATTACKS: dict[str, tuple[tuple[str, ...], tuple[str, int]]] = {
    "alter a body": (
        ("UPDATE audit_entries SET body = replace(body, 'key.created', 'key.deleted') "
         "WHERE seq = 3",),
        ("altered", 3),
    ),
    "alter a column": (("UPDATE audit_entries SET actor = 'system' WHERE seq = 3",), ("index", 3)),
    "alter a time": (("UPDATE audit_entries SET time_ns = 1 WHERE seq = 3",), ("index", 3)),
    "drop one": (("DELETE FROM audit_entries WHERE seq = 3",), ("missing", 3)),
    "drop one and close the gap": (
        ("DELETE FROM audit_entries WHERE seq = 3",
         "UPDATE audit_entries SET seq = seq - 1 WHERE seq > 3",
         "UPDATE audit_heads SET seq = seq - 1"),
        ("reordered", 3),
    ),
    "exchange two": (
        ("UPDATE audit_entries SET seq = 99 WHERE seq = 3",
         "UPDATE audit_entries SET seq = 3 WHERE seq = 4",
         "UPDATE audit_entries SET seq = 4 WHERE seq = 99"),
        ("reordered", 3),
    ),
    "cut the end": (("DELETE FROM audit_entries WHERE seq > 4",), ("truncated", 5)),
    "cut the end and mend the head": (
        ("DELETE FROM audit_entries WHERE seq > 4",
         "UPDATE audit_heads SET seq = 4, "
         "hash = (SELECT hash FROM audit_entries WHERE seq = 4)"),
        ("truncated", 5),
    ),
    "cut the beginning": (("DELETE FROM audit_entries WHERE seq < 3",), ("missing", 1)),
    "drop the whole log": (
        ("DELETE FROM audit_entries", "DELETE FROM audit_heads"), ("truncated", 1),
    ),
    "put a copy at the end": (
        (f"INSERT INTO audit_entries ({COLUMNS}) SELECT organization, 7, time_ns, action, "
         "outcome, actor, project, target_kind, target_id, NULL, body, hash, seal "
         "FROM audit_entries WHERE seq = 1",),
        ("reordered", 7),
    ),
    "move it to another log": (
        ("UPDATE audit_entries SET organization = 'other'",
         "UPDATE audit_heads SET organization = 'other'"),
        ("truncated", 1),
    ),
    "erase a personal value": (("DELETE FROM audit_personal WHERE seq = 3",), ("personal", 3)),
    "change a personal value": (
        ("UPDATE audit_personal SET value = '\"mallory\"' WHERE seq = 3",), ("personal", 3),
    ),
    "mislead with the head": (("UPDATE audit_heads SET hash = 'ab'",), ("altered", 6)),
    "alter what it is known by": (
        ("UPDATE audit_entries SET source = 'verdict:1:2' WHERE seq = 3",), ("index", 3),
    ),
    "put bytes for a body": (
        ("UPDATE audit_entries SET body = x'ff00fe' WHERE seq = 3",), ("altered", 3),
    ),
    "put words for a time": (
        ("UPDATE audit_entries SET time_ns = 'soon' WHERE seq = 3",), ("index", 3),
    ),
    "put words for a hash": (
        ("UPDATE audit_entries SET hash = 'none' WHERE seq = 3",), ("altered", 3),
    ),
    "put what is no JSON for a personal value": (
        ("UPDATE audit_personal SET value = '{', salt = 'salt' WHERE seq = 3",), ("personal", 3),
    ),
    "begin a log of one's own": (
        (f"INSERT INTO audit_entries ({COLUMNS}) SELECT 'mallory', seq, time_ns, action, "
         "outcome, actor, project, target_kind, target_id, NULL, body, hash, seal "
         "FROM audit_entries WHERE seq = 1",),
        ("reordered", 1),
    ),
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.happen(6)
    return office


def test_a_sound_log_is_told_with_its_figures(office: Office) -> None:
    office.happen(2, start=7, organization="other")
    report = office.desk.verify()
    assert report.ok
    assert report.key == office.signature.key.text
    default, other = report.logs
    assert (default.entries, default.signed, default.organization) == (6, 6, "default")
    assert (other.entries, other.signed, other.organization) == (2, 2, "other")
    assert default.root != other.root
    office.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attacker_with_write_access_is_found_out(office: Office, attack: str) -> None:
    statements, fault = ATTACKS[attack]
    office.attack(*statements)
    assert fault in office.faults()
    office.close()


def test_a_log_written_anew_as_a_whole_is_found_out(office: Office) -> None:
    """With our own code, our own canonical JSON, a flawless chain: all but the secret."""
    office.attack(
        "DELETE FROM audit_entries", "DELETE FROM audit_heads", "DELETE FROM audit_personal"
    )
    forger = Office(office.folder, seed=b"f" * 32)
    for number in range(1, 7):
        forger.log.append([event(number, details={"number": number, "forged": True})])
    assert ("rewritten", 1) in office.faults()
    assert ("forged", 1) in office.faults()
    office.close()
    forger.close()


def test_a_tail_cut_after_the_last_checkpoint_is_found_out(office: Office) -> None:
    """The newest head was signed though no checkpoint was due."""
    office.log.append([event(7)])
    office.signer.step()
    last = list(office.outside.exported())[-1]
    assert "\n7\n" not in last.note
    office.attack(
        "DELETE FROM audit_entries WHERE seq = 7", "DELETE FROM audit_personal WHERE seq = 7",
        "UPDATE audit_heads SET seq = 6, hash = (SELECT hash FROM audit_entries WHERE seq = 6)",
    )  # fmt: skip
    assert office.faults() == [("truncated", 7)]
    office.close()


def test_signing_all_anew_with_another_key_is_found_out(office: Office) -> None:
    """Database and files belong to the attacker; who kept the key, or a checkpoint, sees it."""
    kept = office.signature.key.text
    checkpoint = list(office.outside.exported())[-1]
    office.attack(
        "DELETE FROM audit_entries", "DELETE FROM audit_heads", "DELETE FROM audit_personal"
    )
    for path in (office.folder / "outside").iterdir():
        path.unlink()
    forger = Office(office.folder, seed=b"f" * 32)
    forger.happen(6)
    assert forger.faults() == []
    report = forger.desk.verify(key=VerifierKey.read(kept))
    assert {one.fault for log in report.logs for one in log.problems} == {"signature"}
    report = forger.desk.verify(more=[checkpoint])
    assert {one.fault for log in report.logs for one in log.problems} == {"signature"}
    office.close()
    forger.close()


def test_a_checkpoint_of_another_log_is_no_checkpoint(office: Office) -> None:
    note = office.desk.checkpoint("default")
    wrong = Exported(organization="other", time="t", note=note)
    report = office.desk.verify(("other",), more=[wrong])
    assert [one.fault for one in report.logs[0].problems] == ["signature"]
    office.close()


def test_personal_values_can_be_erased_without_breaking_anything(office: Office) -> None:
    assert office.desk.erase("o3@example.com") == 1
    assert office.desk.erase("10.0.0.9") == 6
    report = office.desk.verify()
    assert report.ok
    assert report.logs[0].erased == 7
    office.close()


def test_without_a_key_the_chain_alone_is_checked(office: Office) -> None:
    from vedette.audit.verifying import verify

    assert verify(office.log, None, []).ok
    office.attack("DELETE FROM audit_entries WHERE seq = 2")
    assert not verify(office.log, None, []).ok
    office.close()


def test_checkpoints_that_nobody_can_check_are_told(office: Office) -> None:
    from vedette.audit.verifying import verify

    report = verify(office.log, None, office.outside.exported())
    assert [one.fault for one in report.logs[0].problems] == ["signature"]
    office.close()


def test_a_log_whose_checkpoints_are_gone_is_told(office: Office) -> None:
    """With them goes what would show that its end was cut."""
    for path in (office.folder / "outside").iterdir():
        path.unlink()
    at = office.clock.now_ns()
    assert office.desk.verify(now_ns=at).ok, "the signer may be on its way"
    report = office.desk.verify(now_ns=at + 3600 * 10**9)
    assert [one.fault for one in report.logs[0].problems] == ["unsigned"]
    office.close()


def test_a_file_of_checkpoints_that_was_scribbled_on_is_told(office: Office) -> None:
    path = office.folder / "outside" / "checkpoints.jsonl"
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    report = office.desk.verify()
    assert not report.ok
    assert report.unreadable == ("Line 1 of checkpoints.jsonl is no checkpoint.",)
    assert report.logs[0].signed == 6
    office.close()


def test_a_checkpoint_counts_once_wherever_it_is_kept(office: Office) -> None:
    copy = list(office.outside.exported())
    assert office.desk.verify(more=copy).logs[0].checkpoints == 1
    office.close()


def test_a_log_that_is_nowhere_is_not_called_sound(office: Office) -> None:
    with pytest.raises(NotFound, match="defualt"):
        office.desk.verify(["defualt"])
    office.close()


def test_an_entry_without_a_number_is_told(office: Office) -> None:
    office.attack("UPDATE audit_entries SET seq = 'four' WHERE seq = 4")
    with pytest.raises(StoreError, match="four"):
        office.desk.verify()
    office.close()


def test_a_ruined_log_is_told_in_bounds(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.log.append([event(number) for number in range(300)])
    office.attack("UPDATE audit_entries SET body = '{}'")
    assert len(office.faults()) == MOST_PROBLEMS
    office.close()


def test_the_name_of_a_key_is_made_from_it() -> None:
    assert signature_of(b"f" * 32).key.name != signature_of(b"g" * 32).key.name
