"""The store beside a running server."""

from pathlib import Path

import pytest

from vedette.app.spans import open_spans
from vedette.clock import FakeClock
from vedette.config.schema import Config
from vedette.errors import StoreError
from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore


def config(path: Path, profile: str = "lite") -> Config:
    return Config.model_validate({"storage": {"path": str(path), "profile": profile}})


def test_what_a_running_store_wrote_is_seen(tmp_path: Path) -> None:
    clock = FakeClock()
    writer = SqliteSpanStore(tmp_path, clock)
    reader = None
    try:
        now = clock.now_ns()
        span = Span(trace_id="1" * 32, span_id="1" * 16, name="chat", start_ns=now, end_ns=now + 1)
        writer.write_batch([span])
        reader = open_spans(config(tmp_path), clock)
        assert [
            row.trace_id for row in reader.list_traces(Filter(), after=None, limit=5).items
        ] == ["1" * 32]
        with pytest.raises(StoreError):
            reader.write_batch([span])
    finally:
        if reader is not None:
            reader.close()
        writer.close()


def test_no_directory_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There are no traces .* Start `vedette serve`"):
        open_spans(config(tmp_path / "none"), FakeClock())
    assert not (tmp_path / "none").exists()


def test_traces_in_memory_are_asked_of_the_core(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:4001/api/v1/traces"):
        open_spans(config(tmp_path, "memory"), FakeClock())
