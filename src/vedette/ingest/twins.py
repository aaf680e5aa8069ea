"""One call that several saw counts once.

Two instrumentations of one client, a framework around a client, an SDK that traces itself, the
gateway behind a client: each of them makes a span for the same call. All are kept and shown, but
usage and cost are added up over one of them. The others become part of the chain: their kind is
`chain`, which no roll-up sums, and `vedette.counted_by` names the span that counts.

Two calls are twins when different sources made them and

* they have the same response id and overlap in time; or
* one is the parent of the other, lies around it and counted no less (a framework that sums up), or
* they have the same parent, lie one within the other, and have model and usage in common.

A call of the gateway always counts: its figures are the ones that keys and budgets are charged
with. It is told of within some ten milliseconds of its last byte; `is_hasty` says which spans of
clients had better wait that long.

One source does not see one call twice, except around itself; so the same response id from the
same source is two calls (servers in tests answer with one id for ever). What is counted is
remembered for the last calls only: a twin that comes much later is counted again.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from vedette.model.span import Span
from vedette.model.usage import Usage

CALLS = ("llm", "embedding")
COUNTED_BY = "vedette.counted_by"
GATEWAY = "vedette.gateway"
THROUGH = "vedette.gateway.called"
"""What a client says of a call that it made through the gateway."""
_SLACK_NS = 250_000_000
"""How far clocks of two machines may differ."""
_PER_KEY = 64
_HASTY_NS = 250_000_000
_AWAITED_NS = 2_000_000_000
_GATEWAY_USED_NS = 60 * 10**9
_NO_USAGE = Usage()
_Key = tuple[str, ...]


class _Call:
    """What must be remembered of a call that counts."""

    __slots__ = (
        "end_ns", "keys", "model", "parent", "seen", "source", "span_id", "start_ns", "usage",
    )  # fmt: skip

    def __init__(self, span: Span) -> None:
        attributes = span.payload.attributes
        self.span_id, self.parent = span.span_id, span.parent_span_id
        self.source = str(attributes.get("otel.scope.name") or "")
        if not self.source and "vedette.request_id" in attributes:
            self.source = GATEWAY
        self.start_ns, self.end_ns = span.start_ns, span.end_ns
        self.model = span.response_model or span.model
        self.usage = span.usage
        self.seen: dict[str, str] = {}
        """By source the span that was found to be its twin: each source has one."""
        place = (span.project_id, span.trace_id)
        self.keys: list[_Key] = [("span", *place, span.span_id)]
        if span.parent_span_id:
            self.keys.append(("parent", *place, span.parent_span_id))
        if response := attributes.get("gen_ai.response.id"):
            self.keys.append(("response", span.project_id, str(response)))


class Twins:
    """Remembers the last calls that count; safe to use from several threads."""

    def __init__(self, *, max_keys: int = 30_000) -> None:
        self._calls: OrderedDict[_Key, list[_Call]] = OrderedDict()
        self._max_keys = max_keys
        self._lock = threading.Lock()
        self.found = 0
        """Spans that did not count."""
        self._gateway_used_ns = 0

    def note(self, span: Span) -> None:
        """A call of the gateway, which counts whoever else saw it."""
        if span.kind in CALLS:
            with self._lock:
                self._remember(_Call(span))
                self._gateway_used_ns = max(self._gateway_used_ns, span.end_ns)

    def is_hasty(self, spans: Sequence[Span], now_ns: int) -> bool:
        """Whether the gateway may not have told yet of calls that it made for these."""
        if now_ns - self._gateway_used_ns > _GATEWAY_USED_NS:
            return False
        return any(span.kind in CALLS and now_ns - span.end_ns < _HASTY_NS for span in spans)

    def awaits(self, spans: Sequence[Span], now_ns: int) -> bool:
        """Whether one of these says that the gateway made its call, of which it has not told."""
        through = [
            _Call(span)
            for span in spans
            if span.payload.attributes.get(THROUGH) is True
            and span.kind in CALLS
            and now_ns - span.end_ns < _AWAITED_NS
        ]
        with self._lock:
            return any(self._find(call) is None for call in through)

    def settle(self, spans: Sequence[Span]) -> list[Span]:
        """The same spans in the same order; those that are seen already do not count."""
        order = [place for place, span in enumerate(spans) if span.kind in CALLS]
        # Who knows the usage counts, else the inner one: it is nearer to the provider.
        order.sort(key=lambda place: (spans[place].usage == _NO_USAGE, -spans[place].start_ns))
        settled = list(spans)
        with self._lock:
            for place in order:
                settled[place] = self._settle(spans[place])
        return settled

    def _settle(self, span: Span) -> Span:
        call = _Call(span)
        counted = self._find(call)
        if counted is None:
            self._remember(call)
            return span
        if counted.span_id == span.span_id:
            return span
        counted.seen[call.source] = call.span_id
        self.found += 1
        marks = {COUNTED_BY: counted.span_id, "vedette.kind": span.kind}
        payload = replace(span.payload, attributes=span.payload.attributes | marks)
        return replace(span, kind="chain", payload=payload)

    def _find(self, call: _Call) -> _Call | None:
        for known in self._calls.get(call.keys[0], ()):
            # The same span again: it stays what it was.
            return known
        candidates = (other for other in self._candidates(call) if _may_count(other, call))
        return next(candidates, None)

    def _candidates(self, call: _Call) -> Iterator[_Call]:
        own = call.keys[0]
        for key in call.keys:
            if key[0] == "response":
                yield from filter(lambda other: _same_answer(other, call), self._calls.get(key, ()))
        around = self._calls.get(("span", *own[1:3], call.parent), ())
        yield from filter(lambda other: _around(other, call), around)
        within = self._calls.get(("parent", *own[1:3], call.span_id), ())
        yield from filter(lambda other: _around(call, other), within)
        if call.parent:
            beside = self._calls.get(("parent", *own[1:3], call.parent), ())
            yield from filter(lambda other: _beside(other, call), beside)

    def _remember(self, call: _Call) -> None:
        for key in call.keys:
            calls = self._calls.setdefault(key, [])
            calls.append(call)
            del calls[:-_PER_KEY]
            self._calls.move_to_end(key)
        while len(self._calls) > self._max_keys:
            self._calls.popitem(last=False)


def _may_count(other: _Call, call: _Call) -> bool:
    """Whether `other` is as good to count: not where it alone does not know the usage."""
    return other.usage != _NO_USAGE or call.usage == _NO_USAGE


def _same_answer(other: _Call, call: _Call) -> bool:
    return (
        other.source != call.source
        and other.seen.get(call.source, call.span_id) == call.span_id
        and other.start_ns <= call.end_ns + _SLACK_NS
        and call.start_ns <= other.end_ns + _SLACK_NS
    )


def _around(outer: _Call, inner: _Call) -> bool:
    """Whether a parent and its child are one call, or the parent sums up its children."""
    if not _lies_within(inner, outer):
        return False
    if outer.source == inner.source:
        return outer.usage == inner.usage != _NO_USAGE
    return not (outer.usage != _NO_USAGE != inner.usage) or (
        inner.usage.input_total <= outer.usage.input_total
        and inner.usage.output_total <= outer.usage.output_total
    )


def _beside(other: _Call, call: _Call) -> bool:
    return (
        other.source != call.source
        and other.seen.get(call.source, call.span_id) == call.span_id
        and (not other.model or not call.model or other.model == call.model)
        and (other.usage == call.usage or _NO_USAGE in (other.usage, call.usage))
        and (_lies_within(other, call) or _lies_within(call, other))
    )


def _lies_within(inner: _Call, outer: _Call) -> bool:
    return outer.start_ns - _SLACK_NS <= inner.start_ns and inner.end_ns <= outer.end_ns + _SLACK_NS
