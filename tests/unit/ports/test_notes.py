"""The store keeps the contract of notes."""

from tests.support.span_stores import NOW
from vedette.clock import FakeClock
from vedette.ports.notes import Notes
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_the_store_has_notes() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    notes: Notes = store.notes
    assert notes.of_traces("default", ["a" * 32]) == {}
    store.close()
