"""Roll-ups of traces; tests/contract compares them with brute force."""

import itertools

from tests.support.span_stores import span
from vedette.model.query import TraceRow
from vedette.model.span import Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.rollup import decode_roll, encode_roll, new_roll, to_row

TRACE = bytes(16)
ROOT = f"{1:016x}"


def rolled(spans: tuple[Span, ...]) -> TraceRow:
    """The row after storing and loading the roll-up between any two spans."""
    roll = new_roll(spans[0])
    for one in spans:
        roll.add(one, bytes.fromhex(one.span_id))
        roll = decode_roll(encode_roll(roll))
    return to_row(TRACE, roll)


def test_any_order_gives_the_same_roll_up() -> None:
    spans = [
        span(1, name="root", tags=("t",)),
        span(2, parent_span_id=ROOT, session_id="s2", start_ns=1, end_ns=5, ttft_ms=1.0),
        span(3, parent_span_id=ROOT, session_id="s3", user_id="u", start_ns=1, end_ns=9),
        span(4, name="", parent_span_id=ROOT, status="ok", model="m", cost_nano_usd=0),
    ]
    rows = {repr(rolled(order)) for order in itertools.permutations(spans)}
    assert len(rows) == 1


def test_a_trace_of_one_span_is_small() -> None:
    roll = new_roll(span(1))
    roll.add(span(1, session_id="s", user_id="u", tags=("t",)), bytes(8))
    assert len(encode_roll(roll)) < 100


def test_a_trace_with_endless_models_stays_small() -> None:
    roll = new_roll(span(0))
    for number in range(5_000):
        roll.add(span(number, model=f"m{number:05}"), number.to_bytes(8))
    assert roll.models == [f"m{number:05}" for number in range(32)]
    assert roll.span_count == 5_000


def test_tokens_and_cost_are_of_the_same_spans() -> None:
    used = Usage(input_uncached=10, output_text=1056)
    row = rolled((
        span(1, kind="agent", usage=used, cost_nano_usd=5),
        span(2, kind="other", parent_span_id=ROOT, usage=used, cost_nano_usd=7),
    ))  # fmt: skip
    assert (row.usage, row.cost_nano_usd) == (used, 7)
