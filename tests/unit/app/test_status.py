"""What the core says of its parts."""

from pathlib import Path

from vedette.app.status import BACKLOG_SPANS, keys, subsystems, work
from vedette.clock import FakeClock
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.metrics import Totals
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_only_the_store_is_required(tmp_path: Path) -> None:
    clock = FakeClock()
    store, records = SqliteSpanStore(None, clock), SqlRecords(None, clock)
    writer = Writer(store, clock=clock)
    collector = Collector(
        path=tmp_path / "c.sock", spill_dir=None, writer=writer, reduce=_never,
        totals=Totals([]), clock=clock,
    )  # fmt: skip
    found = {part.name: part for part in subsystems(store, writer, collector, records)}
    assert [name for name, part in found.items() if part.required] == ["store"]
    assert found["gateway"].message == "no gateway worker is connected"
    assert found["writer"].ok
    assert BACKLOG_SPANS > 0
    store.close()
    records.close()


def test_keys_that_the_gateway_does_not_know_are_told_of() -> None:
    assert keys(behind=False).ok
    told = keys(behind=True)
    assert (told.ok, told.required, told.name) == (False, False, "keys")
    assert told.message


def _never(record: ExchangeRecord) -> Span:
    raise AssertionError(record)


def test_background_work_that_fails_is_named() -> None:
    assert work({}).ok
    found = work({"drift": "KeyError", "alerts": "The store is locked."})
    assert (found.ok, found.required) == (False, False)
    assert found.message == "alerts: The store is locked.; drift: KeyError"
