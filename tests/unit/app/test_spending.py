from pathlib import Path

import pytest

from tests.support.span_stores import NOW, span
from vedette.access.desk import AccessDesk
from vedette.access.keys import KeySettings
from vedette.app.counters import open_counters
from vedette.app.spending import open_spending, seed
from vedette.clock import FakeClock
from vedette.costs.limits import limits_of
from vedette.model.settings import CoreSettings, GatewaySettings
from vedette.model.span import Payload
from vedette.model.tenant import Allowance, Budget
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

DOLLAR = Allowance(budgets=(Budget(limit_nano_usd=10**9),))


def test_the_workers_learn_what_was_spent_before_their_file_was_lost(tmp_path: Path) -> None:
    clock, path = FakeClock(NOW), str(tmp_path / "counters")
    store, desk = SqliteSpanStore(None, clock), AccessDesk(SqlRecords(None, clock), clock)
    entry, _ = desk.keys.create("default", KeySettings(name="k", allowance=DOLLAR))
    clock.advance(3600)
    said = Payload(attributes={"vedette.key_id": entry.value.id})
    store.write_batch([span(1, payload=said, cost_nano_usd=700, start_ns=NOW, end_ns=NOW)])
    settings = CoreSettings(version=1, routing=GatewaySettings(version=1, counters_file=path))
    seed(open_spending(store.ledger, desk.book, lambda: settings, clock))
    worker = open_counters(path)
    (limit,) = limits_of("key", entry.value.id, DOLLAR)
    assert worker.balance(limit.account, clock.now_ns()).spent == 700
    worker.close()


def test_counters_that_cannot_be_read_are_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = FakeClock(NOW)
    store, desk = SqliteSpanStore(None, clock), AccessDesk(SqlRecords(None, clock), clock)
    (tmp_path / "foreign").write_bytes(b"x")
    for path in (str(tmp_path / "foreign"), ""):
        routing = GatewaySettings(version=1, counters_file=path)
        settings = CoreSettings(version=1, routing=routing)
        spending = open_spending(store.ledger, desk.book, lambda s=settings: s, clock)  # type: ignore[misc]
        assert spending.budgets() == ()
    assert caplog.text.count("cannot be read") == 1
    store.close()
    seed(spending)
