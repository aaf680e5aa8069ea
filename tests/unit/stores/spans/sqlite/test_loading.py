"""Rows as spans."""

from pathlib import Path

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.span import Payload
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.docs import doc_of
from vedette.stores.spans.sqlite.loading import load_rows, load_spans
from vedette.stores.spans.sqlite.months import Months
from vedette.stores.spans.sqlite.schema import Opening


def test_spans_come_with_or_without_payload_and_rows_with_them(tmp_path: Path) -> None:
    clock = FakeClock(NOW)
    store = SqliteSpanStore(tmp_path, clock)
    full = span(1, payload=Payload(input="x"), environment="prod", release="v1")
    store.write_batch([full])
    store.close()
    months = Months(tmp_path, clock, Opening(readonly=True))
    (file,) = months.newest_first()
    with file.reading() as conn:
        docs = [doc_of(full.start_ns, 1)]
        assert [s for _, s in load_spans(conn, "default", docs, payload=True)] == [full]
        ((key, light),) = load_spans(conn, "default", docs, payload=False)
        assert light.payload == Payload()
        assert light.environment == "prod"
        assert load_rows(conn, docs)[key.trace_id].span_count == 1
    months.close()
