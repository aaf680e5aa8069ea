"""`POST /api/v1/ingest`: spans as plain JSON, in the words of our own span.

For programs without OpenTelemetry. What is left out is made up: ids, times, the cost. One bad
span is refused with its reason; the others are taken.
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.errors import BadRequest
from vedette.ingest.conversations import Conversation
from vedette.ingest.costing import Costing
from vedette.ingest.identity import SPAN_BYTES, TRACE_BYTES, clean_id
from vedette.ingest.keeping import Keeping
from vedette.model.span import Kind, Payload, Span, StatusCode, ToolCall
from vedette.model.usage import Usage

MAX_SPANS = 10_000
_MAX_TIME_NS = 2**63 - 1
_CALLS = ("llm", "embedding")


class IngestSpan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One finished span; all but the name may be left out."""

    name: str
    trace_id: str = ""
    span_id: str = ""
    parent_span_id: str = ""
    kind: Kind = "other"
    start_ns: int = 0
    end_ns: int = 0
    status: StatusCode = "unset"
    status_message: str = ""
    provider: str = ""
    model: str = ""
    response_model: str = ""
    usage: Usage = Usage()
    cost_nano_usd: int | None = None
    ttft_ms: float | None = None
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    environment: str = ""
    release: str = ""
    finish_reason: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    payload: Payload = Payload()


class Batch(msgspec.Struct, frozen=True):
    """Several spans; each is read alone."""

    spans: tuple[msgspec.Raw, ...]


class Refused(msgspec.Struct, frozen=True):
    """A span that was not taken."""

    index: int
    message: str


_batch = msgspec.json.Decoder(Batch)
_span = msgspec.json.Decoder(IngestSpan)


class SimpleReader:
    """Reads bodies of the simple endpoint."""

    def __init__(self, costing: Costing, clock: Clock, keeping: Keeping) -> None:
        self._costing = costing
        self._clock = clock
        self.keeping = keeping

    def read(self, body: bytes, *, project_id: str) -> tuple[list[Span], list[Refused]]:
        """The spans of a body and those that are refused. Raises BadRequest for no such body."""
        items = _items(body)
        if len(items) > MAX_SPANS:
            raise BadRequest(f"A body may hold {MAX_SPANS} spans; this one has {len(items)}.")
        spans: list[Span] = []
        refused: list[Refused] = []
        for index, item in enumerate(items):
            try:
                spans.append(self._span(_span.decode(item), project_id))
            except (msgspec.MsgspecError, UnicodeError, RecursionError, BadRequest) as error:
                refused.append(Refused(index, str(error)[:500]))
        return spans, refused

    def _span(self, given: IngestSpan, project_id: str) -> Span:
        _check(given)
        start_ns = given.start_ns or given.end_ns or self._clock.now_ns()
        usage = given.usage
        fields: dict[str, Any] = {
            name: getattr(given, name) for name in IngestSpan.__struct_fields__
        }
        fields |= {
            "trace_id": clean_id(given.trace_id.lower(), TRACE_BYTES) or self._clock.trace_id(),
            "span_id": clean_id(given.span_id.lower(), SPAN_BYTES) or self._clock.span_id(),
            "parent_span_id": clean_id(given.parent_span_id.lower(), SPAN_BYTES),
            "start_ns": start_ns,
            "end_ns": max(start_ns, given.end_ns),
            "project_id": project_id,
        }
        span = self._kept(Span(**fields))
        if given.kind not in _CALLS and given.cost_nano_usd is None:
            return span
        cost = self._costing.cost(
            given.provider, (given.response_model, given.model), usage, start_ns,
            reported_nano_usd=given.cost_nano_usd,
        )  # fmt: skip
        return replace(
            span, cost_nano_usd=cost.nano_usd, cost_source=cost.source,
            price_version=cost.price_version,
        )  # fmt: skip

    def _kept(self, span: Span) -> Span:
        keeping, payload = self.keeping, span.payload
        if keeping.mode == "full":
            return span
        said = Conversation(payload.input, payload.output, payload.tools)
        kept = keeping.conversation(said)
        return replace(
            span,
            capture=keeping.mode,
            user_id=keeping.user(span.user_id),
            status_message=keeping.text(span.status_message),
            tool_calls=kept.tool_calls,
            payload=Payload(
                input=kept.input, output=kept.output, tools=kept.tools,
                attributes=keeping.attributes(payload.attributes),
                events=keeping.events(payload.events),
            ),
        )  # fmt: skip


def _items(body: bytes) -> tuple[msgspec.Raw, ...]:
    try:
        fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        return _batch.decode(body).spans if "spans" in fields else (msgspec.Raw(body),)
    except msgspec.ValidationError as error:
        raise BadRequest(f"Send one span or an object with a list `spans`: {error}.") from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadRequest("The body is not valid JSON.") from None


def _check(given: IngestSpan) -> None:
    """Raises BadRequest for figures that the store would refuse."""
    counts = [count for count in msgspec.structs.astuple(given.usage) if count is not True]
    if min(counts) < 0 or max(counts) > 10**12:
        raise BadRequest("Token counts must be between 0 and 10^12.")
    if not 0 <= given.start_ns <= _MAX_TIME_NS or not 0 <= given.end_ns <= _MAX_TIME_NS:
        raise BadRequest("Times are nanoseconds since 1970.")
    if given.cost_nano_usd is not None and not 0 <= given.cost_nano_usd <= 10**15:
        raise BadRequest("The cost must be between 0 and 10^15 nano-USD.")
