"""An older copy of the log is told, by its owner, and excuses nothing else."""

import shutil
from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.notes import Checkpoint, signature_of
from vedette.audit.restoring import mark_of, restored_events, restores_of, superseded
from vedette.audit.verifying import AuditReport
from vedette.errors import BadRequest, Conflict

TIME = "2026-07-01T12:00:00Z"
COPY = "records.db"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Six signed entries, of which a copy was made after four."""
    office = Office(tmp_path / "data")
    office.happen(4)
    office.close()
    shutil.copy(tmp_path / "data" / COPY, tmp_path / COPY)
    office = Office(tmp_path / "data")
    office.clock.advance(100)
    office.happen(2, start=5)
    office.close()
    return office


def go_back(office: Office) -> Office:
    """Put the copy in its place and start again."""
    for left in office.folder.glob(f"{COPY}*"):
        left.unlink()
    shutil.copy(office.folder.parent / COPY, office.folder / COPY)
    again = Office(office.folder)
    again.clock.advance(1_000)
    return again


def tell(office: Office) -> AuditReport:
    return office.desk.restored(office.signature, reason="disk failed", time=TIME)


def test_a_restore_that_is_told_makes_the_log_sound_and_stays_visible(office: Office) -> None:
    back = go_back(office)
    assert back.faults() == [("truncated", 5)]
    back.signer.step()
    assert "default" in back.signer.broken
    report = tell(back)
    assert report.ok
    (restored,) = report.logs[0].restored
    assert (restored.seq, restored.first, restored.last, restored.kept) == (5, 5, 6, 4)
    assert (restored.by, restored.reason, restored.time) == ("system", "disk failed", TIME)
    assert report.logs[0].state == "restored"
    back.happen(3, start=7)
    assert back.signer.broken == {}
    assert back.faults() == []
    assert back.desk.verify().logs[0].signed == 8
    assert back.new_signer_broken() == {}
    back.close()


def test_entries_written_between_restore_and_telling_stay(office: Office) -> None:
    back = go_back(office)
    back.happen(5, start=20)
    assert ("rewritten", 5) in back.faults()
    assert tell(back).logs[0].restored[0].first == 5
    back.happen(1, start=30)
    assert back.faults() == []
    back.close()


def test_any_other_truncation_is_still_found(office: Office) -> None:
    back = go_back(office)
    tell(back)
    back.happen(4, start=7)
    back.attack(
        "DELETE FROM audit_entries WHERE seq > 6", "DELETE FROM audit_personal WHERE seq > 6",
        "UPDATE audit_heads SET seq = 6, "
        "hash = (SELECT hash FROM audit_entries WHERE seq = 6)",
    )  # fmt: skip
    assert ("truncated", 7) in back.faults()
    assert "default" in back.new_signer_broken()
    back.close()


def test_without_the_entry_the_checkpoints_count_again(office: Office) -> None:
    back = go_back(office)
    tell(back)
    back.attack("DELETE FROM audit_entries WHERE seq = 5", "UPDATE audit_heads SET seq = 4")
    assert ("truncated", 5) in back.faults()
    back.close()


def test_an_altered_log_cannot_be_told_to_be_restored(office: Office) -> None:
    back = go_back(office)
    back.attack("UPDATE audit_entries SET body = replace(body, 'usr_1', 'usr_2') WHERE seq = 2")
    with pytest.raises(Conflict, match="altered"):
        tell(back)
    back.close()


def test_a_sound_log_and_an_empty_reason_are_refused(office: Office) -> None:
    sound = Office(office.folder)
    with pytest.raises(BadRequest, match="nothing to tell"):
        tell(sound)
    with pytest.raises(BadRequest, match="Say why"):
        sound.desk.restored(sound.signature, reason=" ", time=TIME)
    sound.close()


def test_a_log_that_the_copy_does_not_know_is_told_as_well(office: Office) -> None:
    later = Office(office.folder)
    later.happen(2, organization="new")
    later.close()
    back = go_back(office)
    report = tell(back)
    assert report.ok
    assert [log.restored[0].kept for log in report.logs] == [4, 0]
    back.happen(1, start=9, organization="new")
    assert back.faults() == []
    assert back.signer.broken == {}
    back.close()


def test_checkpoints_that_are_kept_elsewhere_are_superseded_too(office: Office) -> None:
    kept = list(office.outside.exported())
    back = go_back(office)
    shutil.rmtree(back.folder / "outside")
    assert back.faults() == []
    back.desk.restored(back.signature, reason="all went back", time=TIME, more=kept)
    assert back.desk.verify(more=kept).ok
    assert back.desk.verify(more=kept).logs[0].restored[0].last == 6
    back.close()


@pytest.mark.parametrize("who", ["another key", "another log", "a root that is not ours"])
def test_a_note_that_is_not_of_this_log_excuses_nothing(office: Office, who: str) -> None:
    back = go_back(office)
    signature = signature_of(bytes(32)) if who == "another key" else back.signature
    log = "other" if who == "another log" else "default"
    root = bytes(32) if who == "a root that is not ours" else bytes.fromhex(
        back.desk.verify().logs[0].root
    )  # fmt: skip
    kept = Checkpoint(origin=f"{signature.key.name}/{log}", size=4, root=root, time=TIME)
    lost = [back.signature.key.open(one.note) for one in back.outside.exported()]
    (told,) = restored_events(signature, kept, lost, first=5, reason="mine")
    back.log.append([event(9, action=told.action, details=told.details)])
    assert restores_of(back.log, back.signature.key, "default") == ()
    assert ("truncated", 6) in back.faults()
    back.close()


def test_many_checkpoints_are_named_in_several_entries(office: Office) -> None:
    key = office.signature.key
    lost = [
        Checkpoint(origin=f"{key.name}/default", size=100 + n, root=bytes(32), time=TIME)
        for n in range(2_500)
    ]  # fmt: skip
    sound = Office(office.folder)
    root = bytes.fromhex(sound.desk.verify().logs[0].root)
    kept = Checkpoint(origin=f"{key.name}/default", size=6, root=root, time=TIME)
    sound.log.append(list(restored_events(sound.signature, kept, lost, first=7, reason="r")))
    found = restores_of(sound.log, key, "default")
    assert [len(one.marks) for one in found] == [1_000, 1_000, 500]
    assert superseded(found) == {mark_of(one) for one in lost}
    sound.close()
