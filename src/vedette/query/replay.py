"""A session as a conversation: what was said at each step, and where things stood then.

Chat clients send the whole history with every call. A step shows only what is new in it: the
messages after the longest beginning it shares with the call before and its answer.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.model.chat import Message
from vedette.model.query import Filter
from vedette.model.span import Kind, Span, StatusCode
from vedette.ports.stores import SpanStore
from vedette.query.groups import MOST_TRACES
from vedette.query.money import format_usd
from vedette.query.payloads import BUDGET_BYTES
from vedette.query.shapes import Money, SpanId, Time, ToolCallShape, TraceId
from vedette.query.times import format_time
from vedette.query.walking import Walk

MOST_STEPS = 1_000
_SHOWN: tuple[Kind, ...] = ("llm", "tool", "retriever", "guard")
_SUMS_OF_OTHERS: tuple[Kind, ...] = ("agent", "chain")

Said = tuple[Message, ...] | str | None


class StateShape(msgspec.Struct, frozen=True, kw_only=True):
    """Where things stood after a step: sums from the start of the session."""

    turns: int
    calls: int
    tool_calls: int
    errors: int
    tokens: int
    cost_usd: Money | None
    messages: Annotated[int, Meta(description="Messages the model had before it.")]


class StepShape(msgspec.Struct, frozen=True, kw_only=True):
    """One step: what was new to the model (or the input of a tool), and what came of it."""

    trace_id: TraceId
    span_id: SpanId
    turn: Annotated[int, Meta(description="Number of its trace in the session, from 1.")]
    kind: Kind
    name: str
    model: str | None
    start_time: Time
    offset_ms: float
    duration_ms: float
    status: StatusCode
    error: Annotated[str | None, Meta(description="Why it failed, where that is known.")]
    heard: tuple[Message, ...] | str | None
    said: tuple[Message, ...] | str | None
    tool_calls: tuple[ToolCallShape, ...]
    payload_included: bool
    state: StateShape


class ReplayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of a session, oldest first."""

    session_id: str
    steps: tuple[StepShape, ...]
    complete: Annotated[bool, Meta(description="False where the session has more steps.")]


class _State:
    """Sums so far, and the messages of the last call with its answer."""

    def __init__(self) -> None:
        self.turns = self.calls = self.tool_calls = self.errors = self.tokens = self.messages = 0
        self.cost: int | None = None
        self._known: tuple[Message, ...] = ()

    def pay(self, span: Span) -> None:
        """Count what a span used, shown or not; agents and chains tell the sum of others."""
        if span.kind in _SUMS_OF_OTHERS:
            return
        self.tokens += span.usage.input_total + span.usage.output_total
        if span.cost_nano_usd is not None:
            self.cost = (self.cost or 0) + span.cost_nano_usd

    def take(self, span: Span) -> Said:
        """Count a span in; what is new in its input."""
        self.errors += span.status == "error"
        self.tool_calls += span.kind == "tool"
        if span.kind != "llm":
            return span.payload.input
        self.calls += 1
        heard, said = span.payload.input, span.payload.output
        if not isinstance(heard, tuple):
            return heard
        self.messages = len(heard)
        shared = _shared(self._known, heard)
        self._known = heard + (said if isinstance(said, tuple) else ())
        return heard[shared:]

    def shape(self) -> StateShape:
        return StateShape(
            turns=self.turns,
            calls=self.calls,
            tool_calls=self.tool_calls,
            errors=self.errors,
            tokens=self.tokens,
            cost_usd=format_usd(self.cost),
            messages=self.messages,
        )


def replay(store: SpanStore, project_id: str, session_id: str) -> ReplayAnswer | None:
    """The steps of a session; None where there is no such session."""
    filter = Filter(project_id=project_id, session_id=session_id)
    walk = Walk(store, filter, most=MOST_TRACES)
    traces = [row.trace_id for row in walk.traces()][::-1]
    if not traces:
        return None
    state = _State()
    steps: list[StepShape] = []
    first_ns: int | None = None
    left = BUDGET_BYTES
    for span in _spans(store, project_id, traces, state):
        if len(steps) == MOST_STEPS:
            return ReplayAnswer(session_id=session_id, steps=tuple(steps), complete=False)
        first_ns = span.start_ns if first_ns is None else first_ns
        loaded = store.span(project_id, span.trace_id, span.span_id) if left > 0 else None
        full = loaded or span
        step = _step(full, state, first_ns, is_full=loaded is not None)
        left -= len(msgspec.json.encode((step.heard, step.said)))
        steps.append(step)
    return ReplayAnswer(session_id=session_id, steps=tuple(steps), complete=walk.is_complete)


def _spans(store: SpanStore, project_id: str, traces: list[str], state: _State) -> Iterator[Span]:
    for trace_id in traces:
        state.turns += 1
        for span in store.trace_spans(project_id, trace_id, payload=False):
            state.pay(span)
            if span.kind in _SHOWN:
                yield span


def _step(span: Span, state: _State, first_ns: int, *, is_full: bool) -> StepShape:
    heard = state.take(span)
    return StepShape(
        trace_id=span.trace_id,
        span_id=span.span_id,
        turn=state.turns,
        kind=span.kind,
        name=span.name,
        model=span.model or None,
        start_time=format_time(span.start_ns),
        offset_ms=round((span.start_ns - first_ns) / 1e6, 3),
        duration_ms=round(span.duration_ms, 3),
        status=span.status,
        error=span.status_message or None if span.status == "error" else None,
        heard=heard,
        said=span.payload.output,
        tool_calls=tuple(
            ToolCallShape(id=call.id or None, name=call.name, arguments=call.arguments)
            for call in span.tool_calls
        ),
        payload_included=is_full,
        state=state.shape(),
    )


def _shared(known: tuple[Message, ...], heard: tuple[Message, ...]) -> int:
    """How many messages both begin with, by role and parts."""
    shared = 0
    for one, other in zip(known, heard, strict=False):
        if (one.role, one.parts) != (other.role, other.parts):
            break
        shared += 1
    return shared
