import msgspec
import pytest

from vedette.clock import FakeClock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.errors import BadRequest
from vedette.ingest.costing import Costing
from vedette.ingest.keeping import Keeping
from vedette.ingest.simple import MAX_SPANS, SimpleReader
from vedette.model.span import Span
from vedette.model.usage import Usage

PRICES = PriceIndex.load()
CLOCK = FakeClock()


def reader(keeping: Keeping = Keeping()) -> SimpleReader:  # noqa: B008
    return SimpleReader(Costing(PRICES, OwnPrices(())), CLOCK, keeping)


def test_a_span_alone_gets_what_it_lacks() -> None:
    body = (b'{"name": "x", "kind": "llm", "provider": "openai", "model": "gpt-4o-mini",'
            b' "usage": {"input_uncached": 1000}, "trace_id": "AB"}')  # fmt: skip
    (span,), refused = reader().read(body, project_id="prj_1")
    assert refused == []
    assert (span.project_id, span.trace_id, len(span.span_id)) == ("prj_1", "ab", 16)
    assert (span.start_ns, span.end_ns) == (CLOCK.now_ns(), CLOCK.now_ns())
    assert (span.cost_nano_usd, span.cost_source) == (150_000, "priced")


def test_all_fields_of_the_contract_are_taken() -> None:
    given = Span(
        trace_id="ab" * 16, span_id="cd" * 8, parent_span_id="ef" * 8, name="x", kind="tool",
        start_ns=5, end_ns=9, status="error", status_message="no", session_id="s", user_id="u",
        tags=("a",), usage=Usage(1), cost_nano_usd=7, cost_source="reported",
    )  # fmt: skip
    fields = msgspec.to_builtins(given)
    del fields["cost_source"]
    (span,), _ = reader().read(msgspec.json.encode({"spans": [fields]}), project_id="default")
    assert span == given


@pytest.mark.parametrize(
    "bad",
    [{}, {"name": "x", "nam": 1}, {"name": "x", "kind": "dragon"}, {"name": "x", "start_ns": -1},
     {"name": "x", "usage": {"cache_read": -1}}, {"name": "x", "cost_nano_usd": -1}, 7],
)  # fmt: skip
def test_a_bad_span_is_refused_alone(bad: object) -> None:
    body = msgspec.json.encode({"spans": [{"name": "good"}, bad]})
    spans, refused = reader().read(body, project_id="default")
    assert [span.name for span in spans] == ["good"]
    assert [one.index for one in refused] == [1]
    assert refused[0].message


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b'{"spans": 7}', b"{", b"\xff"])
def test_what_is_no_body_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        reader().read(body, project_id="default")


def test_too_many_spans_are_refused() -> None:
    body = msgspec.json.encode({"spans": [{}] * (MAX_SPANS + 1)})
    with pytest.raises(BadRequest, match=str(MAX_SPANS)):
        reader().read(body, project_id="default")


def test_contents_are_kept_as_the_mode_says() -> None:
    body = b'{"name": "x", "user_id": "anna@example.com", "payload": {"input": "anna@example.com"}}'
    (span,), _ = reader(Keeping("redacted")).read(body, project_id="default")
    assert (span.payload.input, span.user_id, span.capture) == ("[email]", "[email]", "redacted")
