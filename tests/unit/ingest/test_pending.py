"""Calls of workers that died are gone on with, each once."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.exchanges import make_record
from tests.unit.ingest.test_collector import Failing
from vedette.app.reduction import Reduction
from vedette.errors import StoreError
from vedette.gateway.pending import PendingCalls
from vedette.ingest.pending import Heirs
from vedette.model.pending import SUFFIX, Pending
from vedette.model.policy import Policy
from vedette.model.span import Span

REDUCE = Reduction(b"k" * 32)


class Known:
    """A store that knows one span, or none."""

    def __init__(self, span: Span | None = None) -> None:
        self._span = span

    def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None:
        return self._span


def told(pending: Pending) -> Span:
    return replace(pending.span, name="told")


async def left_behind(place: Path, *, lives: bool = False) -> PendingCalls:
    calls = PendingCalls(place, worker="w", reduce=REDUCE)
    await calls.put(make_record(), Policy(name="p", rules=()), {})
    if not lives:
        await calls.close()
    return calls


async def test_a_call_is_looked_at_written_and_gone(tmp_path: Path) -> None:
    await left_behind(tmp_path)
    spans = Failing(0)
    heirs = Heirs(tmp_path, spans=Known(), writer=spans, look=told)
    await heirs.take(tmp_path)
    await heirs.take(tmp_path)
    assert [span.name for span in spans.spans] == ["told"]
    assert (heirs.taken, list(tmp_path.iterdir())) == (1, [])


async def test_what_its_worker_wrote_is_left_as_it_is(tmp_path: Path) -> None:
    await left_behind(tmp_path)
    spans = Failing(0)
    known = Known(REDUCE(make_record()))
    await Heirs(tmp_path, spans=known, writer=spans, look=told).take(tmp_path)
    assert (spans.spans, list(tmp_path.iterdir())) == ([], [])


async def test_calls_of_a_worker_that_lives_are_its_own(tmp_path: Path) -> None:
    calls = await left_behind(tmp_path, lives=True)
    spans = Failing(0)
    await Heirs(tmp_path, spans=Known(), writer=spans, look=told).take(tmp_path)
    assert spans.spans == []
    await calls.close()
    await Heirs(tmp_path, spans=Known(), writer=spans, look=told).take(tmp_path)
    assert len(spans.spans) == 1


async def test_what_cannot_be_read_holds_up_nothing(tmp_path: Path) -> None:
    await left_behind(tmp_path)
    (tmp_path / "w" / f"0{SUFFIX}").write_bytes(b"half")
    spans = Failing(1)
    await Heirs(tmp_path, spans=Known(), writer=spans, look=told).take(tmp_path)
    assert (len(spans.spans), list(tmp_path.iterdir())) == (1, [])


async def test_a_call_that_fails_holds_up_no_other(tmp_path: Path) -> None:
    calls = PendingCalls(tmp_path, worker="w", reduce=REDUCE)
    for number in (1, 2):
        record = replace(make_record(), span_id=f"{number:016x}")
        await calls.put(record, Policy(name="p", rules=()), {})
    await calls.close()

    class Locked(Known):
        def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None:
            if span_id.endswith("1"):
                raise StoreError("locked")
            return None

    spans = Failing(0)
    with pytest.raises(StoreError):
        await Heirs(tmp_path, spans=Locked(), writer=spans, look=told).take(tmp_path)
    assert [span.span_id[-1] for span in spans.spans] == ["2"]
    await Heirs(tmp_path, spans=Known(), writer=spans, look=told).take(tmp_path)
    assert [span.span_id[-1] for span in spans.spans] == ["2", "1"]
