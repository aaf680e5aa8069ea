"""Sessions step by step."""

from typing import Any

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.chat import Message, TextPart
from vedette.model.span import Payload
from vedette.model.usage import Usage
from vedette.query.replay import replay
from vedette.stores.spans.sqlite import SqliteSpanStore


def said(role: str, text: str) -> Message:
    return Message(role, (TextPart(content=text),))


SYSTEM, Q1, A1, Q2, A2 = (
    said("system", "be kind"), said("user", "one?"), said("assistant", "1"),
    said("user", "two?"), said("assistant", "2"),
)  # fmt: skip


def test_steps_show_what_is_new_and_where_things_stand() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    session: Any = {"session_id": "s", "usage": Usage(3, output_text=1), "cost_nano_usd": 10**9}
    store.write_batch([
        span(1, payload=Payload(input=(SYSTEM, Q1), output=(A1,)), **session),
        span(2, trace=2, payload=Payload(input=(SYSTEM, Q1, A1, Q2), output=(A2,)), **session),
        span(3, trace=2, kind="tool", status="error", payload=Payload(input="{}", output="broke")),
        span(4, trace=2, kind="agent"),
        span(9, session_id="other"),
    ])  # fmt: skip
    found = replay(store, "default", "s")
    assert found is not None
    first, second, tool = found.steps
    assert first.heard == (SYSTEM, Q1)
    assert second.heard == (Q2,)
    assert second.said == (A2,)
    assert (tool.heard, tool.said, tool.turn) == ("{}", "broke", 2)
    assert (second.state.calls, second.state.tokens, second.state.cost_usd) == (2, 8, "2.000000")
    assert (tool.state.errors, tool.state.tool_calls, tool.state.messages) == (1, 1, 4)
    assert second.offset_ms == 1000.0
    assert replay(store, "default", "nothing") is None
    assert replay(store, "other", "s") is None
    store.close()


def test_a_step_says_why_it_failed_and_all_that_was_paid_counts() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    paid: Any = {"session_id": "s", "usage": Usage(3, output_text=1), "cost_nano_usd": 10**9}
    store.write_batch([
        span(1, kind="embedding", **paid),
        span(2, trace=2, kind="other", **paid),
        span(3, trace=3, status="error", status_message="the provider fell silent", **paid),
        span(4, trace=3, kind="agent", **paid),
    ])  # fmt: skip
    found = replay(store, "default", "s")
    assert found is not None
    (step,) = found.steps
    assert step.error == "the provider fell silent"
    assert (step.state.cost_usd, step.state.tokens) == ("3.000000", 12)
    store.close()
