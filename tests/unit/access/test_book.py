"""What is changed is in the store, in memory and in the workers' file."""

from pathlib import Path

import pytest

from tests.support.access import Office, counting
from vedette.access.book import SHELF
from vedette.access.desk import AccessDesk
from vedette.access.keys import KeyQuery, KeySettings
from vedette.errors import Conflict, StoreError
from vedette.model.tenant import Allowance, Organization, Project


def test_the_default_tenant_is_there_from_the_start(tmp_path: Path) -> None:
    office = Office(file=tmp_path / "keys")
    assert office.snapshot.organizations == (Organization(id="default", name="default"),)
    assert office.snapshot.projects == (Project(id="default", name="default"),)
    assert office.snapshot.keys == ()
    assert not office.snapshot.closed


def test_each_change_makes_a_new_version_of_the_file(tmp_path: Path) -> None:
    office = Office(file=tmp_path / "keys")
    before = office.snapshot.version
    office.desk.projects.create("one", "default", Allowance())
    assert office.snapshot.version == before + 1
    entry, _ = office.desk.keys.create("one", KeySettings(name="k"))
    assert office.snapshot.version == before + 2
    assert office.snapshot.keys == (entry.value,)
    assert office.snapshot.closed


def test_versions_go_on_after_a_restart(tmp_path: Path) -> None:
    first = Office(tmp_path, file=tmp_path / "keys")
    entry, _ = first.desk.keys.create("default", KeySettings(name="k"))
    version = first.snapshot.version
    first.records.close()
    second = Office(tmp_path, file=tmp_path / "keys")
    assert second.snapshot.version == version + 1
    assert second.snapshot.keys == (entry.value,)
    assert second.snapshot.closed


def test_the_file_is_written_anew_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    first = Office(tmp_path, file=file)
    entry, _ = first.desk.keys.create("default", KeySettings(name="k"))
    first.records.close()
    file.write_bytes(b"damaged")
    assert Office(tmp_path, file=file).snapshot.keys == (entry.value,)


def test_a_store_that_cannot_be_read_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    first = Office(tmp_path, file=file)
    first.desk.keys.create("default", KeySettings(name="k"))
    first.records.close()
    before = file.read_bytes()
    for database in tmp_path.glob("records.db*"):
        database.unlink()
    (tmp_path / "records.db").write_bytes(b"no database" * 1000)
    second = Office(tmp_path, file=file)
    assert file.read_bytes() == before
    assert second.desk.book.behind
    with pytest.raises(StoreError):
        second.desk.keys.list(KeyQuery())
    (tmp_path / "records.db").unlink()
    second.desk.book.catch_up()
    assert not second.desk.book.behind
    assert second.snapshot.keys == ()


def test_a_change_that_does_not_reach_the_file_is_told_and_made_good(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    office = Office(file=file)
    entry, _ = office.desk.keys.create("default", KeySettings(name="k"))
    (tmp_path / "keys.new").mkdir()
    with pytest.raises(StoreError, match="does not know it yet"):
        office.desk.keys.delete(entry.value.id)
    assert office.snapshot.keys == (entry.value,)
    (tmp_path / "keys.new").rmdir()
    office.desk.book.catch_up()
    assert not office.snapshot.keys
    version = office.snapshot.version
    office.desk.book.catch_up()
    assert office.snapshot.version == version


def test_what_somebody_else_changed_is_seen_after_the_conflict(tmp_path: Path) -> None:
    office = Office(file=tmp_path / "keys")
    other = AccessDesk(office.records, office.clock, chance=counting())
    entry, _ = office.desk.keys.create("default", KeySettings(name="k"))
    other.keys.change(entry.value.id, {"name": "theirs"})
    with pytest.raises(Conflict):
        office.desk.keys.change(entry.value.id, {"disabled": True})
    office.desk.keys.change(entry.value.id, {"disabled": True})
    assert office.snapshot.keys[0].name == "theirs"
    assert office.snapshot.keys[0].disabled


def test_more_keys_than_a_page_of_the_store_are_read(tmp_path: Path) -> None:
    office = Office(file=tmp_path / "keys")
    for number in range(1001):
        body = {"id": f"{number:012x}", "sha256": f"{number:064x}", "project_id": "default"}
        office.records.put(SHELF, "key", f"{number:012x}", body, version=0)
    again = AccessDesk(office.records, office.clock, file=tmp_path / "keys")
    again.book.open()
    assert len(office.snapshot.keys) == 1001


def test_a_record_that_is_no_key_is_an_error_not_a_loss(tmp_path: Path) -> None:
    office = Office(file=tmp_path / "keys")
    before = office.snapshot
    office.records.put(SHELF, "key", "x", {"id": 1}, version=0)
    again = AccessDesk(office.records, office.clock, file=tmp_path / "keys")
    again.book.open()
    assert office.snapshot == before
    with pytest.raises(StoreError, match="cannot be read"):
        again.keys.list(KeyQuery())
