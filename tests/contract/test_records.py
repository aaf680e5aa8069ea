"""The contract of `ports.stores.Records`, for every implementation."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vedette.clock import FakeClock
from vedette.errors import Conflict, NotFound
from vedette.ports.stores import Records
from vedette.stores.records.sql import SqlRecords

Maker = Callable[[Path, FakeClock], Records]

MAKERS: dict[str, Maker] = {
    "sqlite file": lambda directory, clock: SqlRecords(directory, clock),
    "sqlite memory": lambda _, clock: SqlRecords(None, clock),
}


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    records = MAKERS[request.param](tmp_path, FakeClock())
    yield records
    records.close()


def test_a_record_is_read_as_it_was_put(store: Records) -> None:
    put = store.put("p", "saved_view", "a", {"name": "slow", "n": 1}, version=0)
    assert put.version == 1
    assert store.get("p", "saved_view", "a") == put
    assert put.body == {"name": "slow", "n": 1}


def test_what_is_not_there_is_none(store: Records) -> None:
    assert store.get("p", "saved_view", "a") is None
    assert store.list("p", "saved_view") == ()


def test_a_project_sees_only_its_own(store: Records) -> None:
    store.put("p", "saved_view", "a", {}, version=0)
    assert store.get("q", "saved_view", "a") is None
    assert store.list("q", "saved_view") == ()
    with pytest.raises(NotFound):
        store.delete("q", "saved_view", "a", version=1)


def test_two_cannot_create_the_same(store: Records) -> None:
    store.put("p", "k", "a", {"by": 1}, version=0)
    with pytest.raises(Conflict):
        store.put("p", "k", "a", {"by": 2}, version=0)
    found = store.get("p", "k", "a")
    assert found is not None
    assert found.body == {"by": 1}


def test_a_change_needs_the_version_it_was_read_at(store: Records) -> None:
    store.put("p", "k", "a", {"n": 1}, version=0)
    assert store.put("p", "k", "a", {"n": 2}, version=1).version == 2
    with pytest.raises(Conflict):
        store.put("p", "k", "a", {"n": 3}, version=1)
    with pytest.raises(Conflict):
        store.put("p", "k", "missing", {}, version=4)


def test_deleting_needs_the_version_too(store: Records) -> None:
    store.put("p", "k", "a", {}, version=0)
    with pytest.raises(Conflict):
        store.delete("p", "k", "a", version=9)
    store.delete("p", "k", "a", version=1)
    assert store.get("p", "k", "a") is None


def test_lists_page_by_id(store: Records) -> None:
    for id in "cab":
        store.put("p", "k", id, {}, version=0)
    store.put("p", "other", "z", {}, version=0)
    assert [r.id for r in store.list("p", "k", limit=2)] == ["a", "b"]
    assert [r.id for r in store.list("p", "k", after_id="b")] == ["c"]


def test_values_are_data_whatever_they_say(store: Records) -> None:
    nasty = "'; DROP TABLE records; --"
    store.put(nasty, nasty, nasty, {"x": nasty}, version=0)
    found = store.get(nasty, nasty, nasty)
    assert found is not None
    assert found.body == {"x": nasty}


def test_a_file_keeps_its_records(tmp_path: Path) -> None:
    first = SqlRecords(tmp_path, FakeClock())
    first.put("p", "k", "a", {"n": 1}, version=0)
    first.close()
    second = SqlRecords(tmp_path, FakeClock())
    assert second.get("p", "k", "a") is not None
    second.close()
