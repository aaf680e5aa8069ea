"""Looks back at what was recorded."""

from collections.abc import Iterator

import pytest

from tests.support.drift_watch import Watching, spans
from vedette.app.drift_desk import Looks
from vedette.clock import FakeClock
from vedette.errors import BadRequest, NotFound
from vedette.model.query import Filter
from vedette.stores.records.sql import SqlRecords
from vedette.stores.spans.sqlite import SqliteSpanStore

NOW = FakeClock().now_ns()
HOUR = 3_600 * 10**9


@pytest.fixture
def looks() -> Iterator[Looks]:
    clock = FakeClock()
    store = SqliteSpanStore(None, clock)
    store.write_batch(spans(60, now_ns=NOW - HOUR))
    store.write_batch(spans(60, "refusing", seed=2, first=100, now_ns=NOW))
    yield Watching(SqlRecords(None, clock), clock).looks(store)
    store.close()


def test_a_report_finds_the_change(looks: Looks) -> None:
    (group,) = looks.report(Filter(), reference=30)
    assert group.calls == 120
    assert group.severity == "critical"


def test_two_periods(looks: Looks) -> None:
    border = NOW - HOUR // 2
    found = looks.compare(Filter(to_ns=border), Filter(from_ns=border))
    assert found.calls == (60, 60)
    assert found.severity == "critical"
    with pytest.raises(BadRequest, match="earlier"):
        looks.compare(Filter(to_ns=1), Filter())


def test_the_history_of_an_input(looks: Looks) -> None:
    call = looks._calls(Filter())[0]
    prompt = call.observation.fingerprint.input
    assert prompt is not None
    assert len(looks.history(Filter(), prompt.hash[:12]).entries) == 1
    with pytest.raises(NotFound):
        looks.history(Filter(), "ffff" * 4)
