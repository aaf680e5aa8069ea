"""Typed records of the guard."""

import pytest

from vedette.clock import FakeClock
from vedette.errors import NotFound, StoreError
from vedette.guard.shelf import SHELF, Shelf
from vedette.model.governance import Threshold
from vedette.stores.records.sql import SqlRecords

VALUE = Threshold(project_id="p", detector="d", threshold=0.5)


def test_records_are_kept_listed_and_deleted() -> None:
    records = SqlRecords(None, FakeClock())
    shelf = Shelf(records, "guard_threshold", Threshold)
    for name in ("a", "b", "c"):
        shelf.put(name, VALUE)
    assert [kept.id for kept in shelf.all()] == ["a", "b", "c"]
    assert [kept.id for kept in shelf.all(most=2)] == ["a", "b"]
    assert [kept.id for kept in shelf.page("a", 1)] == ["b"]
    shelf.delete("b", version=shelf.need("b").version)
    shelf.delete("b", version=1)
    assert shelf.get("b") is None
    with pytest.raises(NotFound, match="guard threshold"):
        shelf.need("b")
    records.close()


def test_a_record_of_another_shape_is_told() -> None:
    records = SqlRecords(None, FakeClock())
    records.put(SHELF, "guard_threshold", "x", {"odd": 1}, version=0)
    with pytest.raises(StoreError, match="cannot be read"):
        Shelf(records, "guard_threshold", Threshold).get("x")
    records.close()
