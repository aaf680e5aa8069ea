"""The log as it is used."""

from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.desk import position_of
from vedette.errors import BadRequest, NotFound
from vedette.model.audit import AuditQuery


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.happen(5)
    return office


def test_entries_are_shown_with_what_is_left_of_people(office: Office) -> None:
    shown = office.desk.show("default:2")
    assert shown.details == {"number": 2}
    assert shown.personal == {
        "actor.address": "10.0.0.9", "actor.name": "Ann", "owner": "o2@example.com",
    }  # fmt: skip
    assert shown.erased == ()
    office.desk.erase("ANN")
    shown = office.desk.show("default:2")
    assert shown.personal == {"actor.address": "10.0.0.9", "owner": "o2@example.com"}
    assert shown.erased == ("actor.name",)
    office.close()


def test_lists_go_on_where_they_ended(office: Office) -> None:
    first = office.desk.find(AuditQuery(), limit=2)
    rest = office.desk.find(AuditQuery(), before=position_of(first[-1].entry), limit=9)
    assert [one.entry.seq for one in (*first, *rest)] == [5, 4, 3, 2, 1]
    assert [one.entry.seq for one in office.desk.export(AuditQuery())] == [5, 4, 3, 2, 1]
    office.close()


@pytest.mark.parametrize("id", ["", "default", "default:0", "default:x", "other:1", "default:99"])
def test_what_is_not_there_is_not_found(office: Office, id: str) -> None:
    with pytest.raises(NotFound):
        office.desk.get(id)
    office.close()


def test_checkpoints_are_those_of_the_log(office: Office) -> None:
    assert "/default\n5\n" in office.desk.checkpoint("default")
    (office.folder / "outside" / "heads.json").unlink()
    assert "/default\n5\n" in office.desk.checkpoint("default")
    with pytest.raises(NotFound):
        office.desk.checkpoint("other")
    office.close()


def test_what_somebody_put_there_is_shown_as_it_is(office: Office) -> None:
    office.attack("UPDATE audit_personal SET value = '{oops' WHERE seq = 1")
    shown = office.desk.show("default:1")
    assert shown.personal["owner"] == "{oops"
    assert office.desk.erase("{oops") > 0
    office.close()


def test_an_erasure_needs_a_value(office: Office) -> None:
    for value in ("", "  ", "x" * 2000):
        with pytest.raises(BadRequest):
            office.desk.erase(value)
    assert office.desk.erase("nobody@example.com") == 0
    office.close()


def test_events_are_noted(office: Office) -> None:
    office.desk.note(event(6), event(7))
    assert office.desk.get("default:7").target_id == f"{7:012x}"
    office.close()
