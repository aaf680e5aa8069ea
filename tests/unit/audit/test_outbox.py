"""Changes outside the database: logged at least once, and not twice."""

from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.outbox import STALE_NS, Outbox
from vedette.errors import Conflict, StoreError
from vedette.model.audit import Actor, AuditQuery
from vedette.ports.audit import acting


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def outcomes(office: Office) -> list[str]:
    return [entry.outcome for entry in office.log.find(AuditQuery())]


def waiting(office: Office) -> list[Path]:
    return sorted((office.folder / "pending").glob("*.json"))


def test_a_change_is_logged_when_it_is_made(office: Office) -> None:
    token = acting.set(Actor(kind="token", address="10.0.0.1"))
    with office.desk.outbox.noting(event(1, actor=None)) as notice:
        assert len(waiting(office)) == 1
        assert outcomes(office) == []
        notice.details["count"] = 3
    acting.reset(token)
    (found,) = office.desk.find(AuditQuery(), limit=9)
    assert found.entry.actor == "token"
    assert found.details == {"number": 1, "count": 3}
    assert found.personal["actor.address"] == "10.0.0.1"
    assert waiting(office) == []
    office.close()


def test_a_change_that_was_refused_or_changed_nothing_is_not_logged(office: Office) -> None:
    with pytest.raises(Conflict), office.desk.outbox.noting(event(1)):
        raise Conflict("taken")
    with office.desk.outbox.noting(event(1)) as notice:
        notice.forget()
    assert outcomes(office) == []
    assert waiting(office) == []
    office.close()


@pytest.mark.parametrize("error", [StoreError("disk"), RuntimeError("bug")], ids=["ours", "bug"])
def test_a_change_that_failed_is_logged_as_such(office: Office, error: Exception) -> None:
    with pytest.raises(type(error)), office.desk.outbox.noting(event(1)):
        raise error
    assert outcomes(office) == ["failed"]
    office.close()


def test_a_change_that_a_crash_interrupted_is_logged_as_unknown(office: Office) -> None:
    crashed = office.desk.outbox.noting(event(1, source="crash"))
    crashed.__enter__()
    office.desk.outbox.drain()
    assert outcomes(office) == [], "it may be running still"
    office.clock.advance(STALE_NS / 1e9 + 1)
    office.desk.outbox.drain()
    office.desk.outbox.drain()
    assert outcomes(office) == ["unknown"]
    assert waiting(office) == []
    office.close()


def test_a_log_that_cannot_be_written_gets_it_later_and_once(office: Office) -> None:
    office.attack("ALTER TABLE audit_entries RENAME TO away")
    with office.desk.outbox.noting(event(1)):
        pass
    office.desk.outbox.send(event(2))
    assert len(waiting(office)) == 2
    with pytest.raises(StoreError):
        office.desk.outbox.drain()
    office.attack("ALTER TABLE away RENAME TO audit_entries")
    kept = waiting(office)[0].read_bytes()
    office.desk.outbox.drain()
    (office.folder / "pending" / "again.json").write_bytes(kept)
    office.desk.outbox.drain()
    assert outcomes(office) == ["done", "done"]
    assert waiting(office) == []
    office.close()


def test_what_is_damaged_stands_aside(office: Office) -> None:
    folder = office.folder / "pending"
    folder.mkdir()
    (folder / "a.json").write_text("noise")
    office.desk.outbox.drain()
    assert waiting(office) == []
    assert (folder / "a.damaged").exists()
    office.close()


def test_nothing_is_done_that_cannot_be_noted(office: Office) -> None:
    (office.folder / "pending").write_text("a file where a folder should be")
    done = False
    with pytest.raises(StoreError, match="noted"), office.desk.outbox.noting(event(1)):
        done = True
    assert not done
    office.close()


def test_in_memory_the_log_is_written_all_the_same(office: Office) -> None:
    outbox = Outbox(None, office.log, office.clock)
    with outbox.noting(event(1)):
        pass
    outbox.send(event(2))
    outbox.drain()
    assert outcomes(office) == ["done", "done"]
    office.close()
