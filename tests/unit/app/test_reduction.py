from tests.support.exchanges import make_record
from vedette.app.reduction import Reduction


def test_a_record_becomes_its_span() -> None:
    record = make_record({"messages": [{"role": "user", "content": "hi"}]}, capture="full")
    span = Reduction(b"k" * 32)(record)
    assert span.span_id == record.span_id
    assert span.payload.input


def test_content_that_trips_a_parser_is_left_out_and_the_figures_stay() -> None:
    reduction = Reduction(b"k" * 32)
    # No sane worker sends this: a body that is no bytes stands for a bug in a parser.
    record = make_record(capture="full", request_body=17, request_bytes=5)
    span = reduction(record)
    assert span.span_id == record.span_id
    assert span.capture == "none"
    assert reduction.failures == 1
