"""Sums of a program."""

from decimal import Decimal

from vedette.library.ledger import Ledger
from vedette.model.exchange import ExchangeRecord
from vedette.model.usage import Usage


def record(count: int, **fields: object) -> ExchangeRecord:
    known = {
        "trace_id": "t", "span_id": "s", "request_id": f"r{count}", "start_ns": 1, "end_ns": 2,
        "method": "POST", "path": "/v1/chat/completions", "operation": "chat",
    }  # fmt: skip
    return ExchangeRecord(**{**known, **fields})  # type: ignore[arg-type]


def test_calls_add_up_by_model() -> None:
    ledger = Ledger()
    usage = Usage(input_uncached=3, output_text=2)
    ledger.note(record(1, provider="a", model="m", usage=usage, cost_nano_usd=1_500))
    ledger.note(record(2, provider="a", model="m", usage=usage, cost_nano_usd=500))
    ledger.note(record(3, requested_model="unknown"))
    report = ledger.report()
    assert (report.requests, report.input_tokens, report.output_tokens) == (3, 6, 4)
    assert report.cost_usd == Decimal("0.000002")
    assert {name: one.requests for name, one in report.by_model.items()} == {"a/m": 2, "unknown": 1}


def test_the_cost_of_a_recent_call_is_known() -> None:
    ledger = Ledger()
    for count in range(2000):
        ledger.note(record(count, cost_nano_usd=count))
    assert ledger.cost_of("r1999") == Decimal("0.000001999")
    assert ledger.cost_of("r1") is None, "long ago"
    assert ledger.cost_of("never") is None
