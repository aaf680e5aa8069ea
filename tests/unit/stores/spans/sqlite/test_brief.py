"""A brief span has the fields of the span it stands for."""

from tests.support.console import make_span
from vedette.model.span import Payload
from vedette.stores.spans.sqlite.brief import BriefSpan
from vedette.stores.spans.sqlite.codec import decode_head, encode_row, to_span


def test_every_field_is_that_of_the_span() -> None:
    span = make_span(3, environment="prod", release="7", route="r", status="error", kind="agent")
    row = encode_row(span)
    head = decode_head(row.head)
    brief = BriefSpan(span.project_id, row.trace_id, row.span_id, span.start_ns, head)
    whole = to_span(brief.key, head)
    assert brief.payload == Payload()
    names = [name for name in dir(brief) if not name.startswith("_")]
    for name in set(names) - {"key", "project", "trace", "span", "head"}:
        assert getattr(brief, name) == getattr(whole, name)
