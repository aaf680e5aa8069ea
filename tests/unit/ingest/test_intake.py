import asyncio
import gzip

import pytest

from tests.support import otlp
from tests.support.intakes import intaken
from tests.support.spans_said import CALLS
from vedette.dialects.otlp_wire import bytes_field
from vedette.errors import BadRequest, Overloaded
from vedette.ingest.admission import NoKey
from vedette.ingest.intake import MAX_PLAIN_BYTES
from vedette.ingest.unpacking import TooLarge

TRACE = otlp.TRACE.hex()
CALL = CALLS["genai, text"]
PLAIN: dict[str, str] = {}
AGENT = {"gen_ai.operation.name": "invoke_agent"}


async def test_what_is_taken_is_stored_and_counted() -> None:
    async with intaken() as parts:
        body = otlp.traces([otlp.span(CALL, id=1), otlp.span({}, id=2, parent=1)])
        taken = await parts.intake.take("traces", "protobuf", body, headers=PLAIN)
        assert taken == (2, 0, "")
        (row,) = parts.traces()
        assert (row.span_count, row.usage.input_total, row.cost_nano_usd) == (2, 1000, 240_000)


async def test_the_same_batch_again_changes_nothing() -> None:
    async with intaken() as parts:
        body = otlp.traces([otlp.span(CALL, id=1), otlp.span(CALL, id=0)])
        for _ in range(3):
            await parts.intake.take("traces", "protobuf", body, headers=PLAIN)
        (row,) = parts.traces()
        assert (row.span_count, row.usage.input_total) == (2, 2000)


async def test_children_may_come_late_and_in_pieces() -> None:
    async with intaken() as parts:
        spans = [otlp.span(CALL, name="leaf", id=3, parent=2), otlp.span({}, id=2, parent=1),
                 otlp.span(AGENT, name="root", id=1)]  # fmt: skip
        for span in spans:
            await parts.intake.take("traces", "protobuf", otlp.traces([span]), headers=PLAIN)
        (row,) = parts.traces()
        assert (row.name, row.span_count, row.usage.input_total) == ("root", 3, 1000)


async def test_a_trace_of_ten_thousand_spans_is_taken_at_once() -> None:
    async with intaken() as parts:
        spans = [otlp.span({}, id=id, parent=1 if id > 1 else 0) for id in range(1, 10_001)]
        body = gzip.compress(otlp.traces(spans), 1)
        taken = await parts.intake.take(
            "traces", "protobuf", body, headers={"content-encoding": "gzip"}
        )
        assert taken.accepted == 10_000
        assert parts.traces()[0].span_count == 10_000


async def test_bad_spans_are_told_and_the_others_taken() -> None:
    async with intaken() as parts:
        body = otlp.traces([otlp.span({}, id=1), b"\x0a\x7f"])
        taken = await parts.intake.take("traces", "protobuf", body, headers=PLAIN)
        assert (taken.accepted, taken.rejected) == (1, 1)
        assert taken.reason
        assert (parts.intake.stats.accepted, parts.intake.stats.rejected) == (1, 1)


async def test_logs_become_spans_of_their_trace_and_metrics_nothing() -> None:
    async with intaken() as parts:
        said = {"gen_ai.evaluation.name": "kind", "gen_ai.evaluation.score.value": 1.0}
        body = otlp.logs([otlp.log("gen_ai.evaluation.result", said), otlp.log("other", {})])
        for _ in range(2):
            taken = await parts.intake.take("logs", "protobuf", body, headers=PLAIN)
        assert taken.accepted == 1
        (span,) = parts.spans(TRACE)
        assert (span.kind, span.parent_span_id[-1]) == ("evaluator", "1")
        metrics = await parts.intake.take("metrics", "protobuf", body, headers=PLAIN)
        assert metrics == (0, 0, "")


async def test_a_full_queue_pushes_back_and_stores_nothing() -> None:
    async with intaken(max_spans=1) as parts:
        bodies = [otlp.traces([otlp.span({}, id=id)] * 1, scope=str(id)) for id in range(1, 40)]
        takes = [parts.intake.take("traces", "protobuf", body, headers=PLAIN) for body in bodies]
        answers = await asyncio.gather(*takes, return_exceptions=True)
        refused = [one for one in answers if isinstance(one, BaseException)]
        assert all(isinstance(one, Overloaded) for one in refused)
        stored = sum(row.span_count for row in parts.traces())
        assert stored == len(answers) - len(refused)


async def test_more_batches_than_there_is_room_for_are_turned_away() -> None:
    async with intaken(waiting=2) as parts:
        body = otlp.traces([otlp.span({}, id=id) for id in range(1, 2_000)])
        takes = [parts.intake.take("traces", "protobuf", body, headers=PLAIN) for _ in range(10)]
        answers = await asyncio.gather(*takes, return_exceptions=True)
        assert sum(isinstance(one, Overloaded) for one in answers) == 7
        assert parts.intake.stats.overloaded == 7


async def test_bombs_and_nonsense_are_refused() -> None:
    async with intaken() as parts:
        bomb = gzip.compress(bytes(MAX_PLAIN_BYTES + 1), 1)
        with pytest.raises(TooLarge):
            await parts.intake.take(
                "traces", "protobuf", bomb, headers={"content-encoding": "gzip"}
            )
        with pytest.raises(BadRequest):
            await parts.intake.take("traces", "protobuf", b"\x0a\x7f", headers=PLAIN)


async def test_deep_nesting_in_the_wire_format_is_no_recursion() -> None:
    async with intaken() as parts:
        deep = b""
        for _ in range(5_000):
            deep = bytes_field(5, bytes_field(1, deep))
        attribute = bytes_field(9, bytes_field(1, b"k") + bytes_field(2, deep))
        body = otlp.traces([otlp.span({}, more=attribute)])
        taken = await parts.intake.take("traces", "protobuf", body, headers=PLAIN)
        assert taken.accepted == 1


async def test_nobody_comes_in_without_the_key() -> None:
    async with intaken() as parts:
        parts.admission.closed = True
        with pytest.raises(NoKey):
            await parts.intake.take("traces", "protobuf", b"", headers=PLAIN)
        with pytest.raises(NoKey):
            await parts.intake.take_simple(b"{}", headers=PLAIN)


async def test_simple_spans_are_stored() -> None:
    async with intaken() as parts:
        spans, refused = await parts.intake.take_simple(
            b'{"spans": [{"name": "a"}, {"nam": 1}]}', headers=PLAIN
        )
        assert (len(spans), len(refused)) == (1, 1)
        assert parts.traces()[0].name == "a"
