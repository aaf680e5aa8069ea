"""From a span of any instrumentation to ours.

The tables of `model.semconv` say where each fact may stand; here they are asked in order. What
the span says is kept beside it, verbatim, so that a better table can read it again later. Nothing
here raises for what somebody sent: what makes no sense reads as absent.

Usage and cost belong to model calls. An agent or a chain keeps the sums that it reports of its
children, but the store does not add them up again (`stores.spans.sqlite.rollup`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from vedette.clock import Clock
from vedette.dialects.otlp_shape import SPAN_KINDS, OtlpEvent, OtlpScope, OtlpSpan
from vedette.dialects.reading import as_count, as_mapping, decode
from vedette.ingest import conversations
from vedette.ingest.bodies_within import asked_model, response_id
from vedette.ingest.costing import Cost, Costing
from vedette.ingest.identity import SPAN_BYTES, TRACE_BYTES, clean_id, made_ids
from vedette.ingest.keeping import Keeping
from vedette.ingest.readers import Table, usd
from vedette.ingest.token_counts import read_counts
from vedette.model import semconv, semconv_kinds
from vedette.model.span import Kind, Payload, Span, SpanEvent, StatusCode
from vedette.model.usage import Usage

MAX_TEXT = 1_048_576
"""Characters of one attribute value; what is longer is cut and marked."""
MAX_EVENTS = 1_000
MAX_ATTRIBUTES = 20_000
MAX_NAME = 1_024
_MAX_TIME_NS = 2**63 - 1
_MAX_TOKENS = 10**12
_STATUSES: tuple[StatusCode, ...] = ("unset", "ok", "error")
_CALLS = ("llm", "embedding")
_FIELDS, _FACTS = Table(semconv.FIELDS), Table(semconv.ATTRIBUTES)
_PRICED = ("llm", "embedding", "retriever")


class Normalizer:
    """Reads spans with our prices; `keeping` may be replaced at any time."""

    def __init__(self, costing: Costing, clock: Clock, keeping: Keeping = Keeping()) -> None:  # noqa: B008
        self._costing = costing
        self._clock = clock
        self.keeping = keeping
        self._around = _NOWHERE

    def span(self, raw: OtlpSpan, *, project_id: str = "default") -> Span:
        """The canonical span."""
        attributes = bounded(raw.attributes)
        kind = read_kind(attributes)
        ids = _ids(raw)
        start_ns, end_ns, skewed = self._times(raw)
        fields = _FIELDS.read(attributes)
        model, answered_by = _models(attributes, fields)
        provider = read_provider(fields.get("provider") or "", model or answered_by)
        counted = read_counts(attributes)
        usage = counted.usage if _is_sane(counted.usage) else Usage()
        cost = self._cost(
            kind, provider, (answered_by, model), usage, at_ns=start_ns,
            reported=fields.get("reported_usd") or _reported_parts(attributes),
        )  # fmt: skip
        said = conversations.read(attributes, raw.events[:MAX_EVENTS], kind)
        conversation = self.keeping.conversation(said)
        status, message = _status(raw, attributes, fields.get("status_message"))
        reason = fields.get("finish_reason") or said.finish_reason
        facts = {
            "gen_ai.response.id": _response_id(kind, attributes),
            "vedette.usage.rule": counted.rule if counted.rule == "exclusive" else "",
            "vedette.clock_skew": skewed or None,
        }
        everything = _all_attributes(raw, attributes, self._surroundings(raw.scope), facts)
        return Span(
            trace_id=ids[0],
            span_id=ids[1],
            parent_span_id=ids[2],
            project_id=project_id,
            name=_name(raw, attributes) or kind,
            kind=kind,
            start_ns=start_ns,
            end_ns=end_ns,
            status=status,
            status_message=self.keeping.text(message),
            provider=provider,
            model=model or answered_by,
            response_model=answered_by,
            usage=usage,
            cost_nano_usd=cost.nano_usd,
            cost_source=cost.source,
            price_version=cost.price_version,
            ttft_ms=_ttft(fields.get("ttft_ms"), start_ns, end_ns),
            session_id=self.keeping.label(fields.get("session_id") or ""),
            user_id=self.keeping.user(fields.get("user_id") or ""),
            tags=tuple(map(self.keeping.label, fields.get("tags") or ())),
            finish_reason=semconv.FINISH_REASONS.get(reason, reason),
            tool_calls=conversation.tool_calls,
            capture=self.keeping.mode,
            environment=self._label(everything.get("deployment.environment.name")),
            release=self._label(everything.get("service.version")),
            payload=self._payload(raw, conversation, everything),
        )

    def _surroundings(self, scope: OtlpScope) -> "_Around":
        """Spans come scope by scope: those of the last one are at hand."""
        around = self._around
        if around.scope is not scope:
            around = self._around = _Around.of(scope)
        return around

    def _label(self, value: Any) -> str:
        return self.keeping.label(value[:MAX_NAME]) if isinstance(value, str) else ""

    def _payload(
        self, raw: OtlpSpan, said: conversations.Conversation, attributes: dict[str, Any]
    ) -> Payload:
        dropped = len(raw.events) - MAX_EVENTS
        if dropped > 0:
            attributes["vedette.events.dropped"] = dropped
        return Payload(
            input=said.input,
            output=said.output,
            tools=said.tools,
            attributes=self.keeping.attributes(attributes),
            events=self.keeping.events(tuple(map(_event, raw.events[:MAX_EVENTS]))),
        )

    def _times(self, raw: OtlpSpan) -> tuple[int, int, bool]:
        """Start and end in order, and whether they were not. Without any, now."""
        start_ns, end_ns = min(raw.start_ns, _MAX_TIME_NS), min(raw.end_ns, _MAX_TIME_NS)
        start_ns = start_ns or end_ns or self._clock.now_ns()
        end_ns = end_ns or start_ns
        return start_ns, max(start_ns, end_ns), end_ns < start_ns

    def _cost(
        self,
        kind: Kind,
        provider: str,
        models: tuple[str, str],
        usage: Usage,
        *,
        at_ns: int,
        reported: int | None,
    ) -> Cost:
        if kind not in _PRICED:
            return Cost(reported, "reported") if reported else Cost()
        if kind not in _CALLS and usage == Usage() and not reported:
            return Cost()
        return self._costing.cost(provider, models, usage, at_ns, reported_nano_usd=reported)


def bounded(attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes with values that are too long cut; usually the same object."""
    if len(attributes) > MAX_ATTRIBUTES:
        attributes = dict(list(attributes.items())[:MAX_ATTRIBUTES])
    long = [name for name, value in attributes.items() if _is_long(value)]
    if not long:
        return attributes
    return attributes | {
        name: f"{attributes[name][:MAX_TEXT]}[cut: {len(attributes[name])} characters]"
        for name in long
    }


def _is_long(value: Any) -> bool:
    return type(value) is str and len(value) > MAX_TEXT


def read_kind(attributes: Mapping[str, Any]) -> Kind:
    """What kind of span it is; `other` where nothing tells."""
    for key, kinds in semconv_kinds.KINDS:
        value = attributes.get(key)
        if isinstance(value, str):
            found = kinds.get(value.strip('"').lower())
            if found is not None:
                return found
    for key, kind in semconv_kinds.KIND_SIGNS:
        if key in attributes:
            return kind
    return "other"


def read_provider(name: str, model: str) -> str:
    """Our name of the provider; of the model's maker where none is named."""
    name = name.lower()
    known = semconv_kinds.PROVIDERS.get(name)
    if known is None and "." in name:
        # The AI SDK names the API too: `openai.responses`, `google.generative-ai.chat`.
        stem = name.rpartition(".")[0]
        known = semconv_kinds.PROVIDERS.get(stem, stem.partition(".")[0])
        known = semconv_kinds.PROVIDERS.get(known, known)
    found = name if known is None else known
    if found or not model:
        return found
    bare = model.lower().rpartition("/")[2]
    makers = semconv_kinds.MODEL_PREFIXES
    return next((maker for prefix, maker in makers if bare.startswith(prefix)), "")


def _models(attributes: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str]:
    """What was asked for and what answered."""
    model, answered_by = fields.get("model") or "", fields.get("response_model") or ""
    if model and not answered_by and "gen_ai.request.model" not in attributes:
        asked = asked_model(attributes)
        if asked:
            return asked, model
    return model, answered_by


def _response_id(kind: Kind, attributes: Mapping[str, Any]) -> str:
    if kind not in _CALLS or "gen_ai.response.id" in attributes:
        return ""
    return response_id(attributes)


def _name(raw: OtlpSpan, attributes: Mapping[str, Any]) -> str:
    """Logfire's names are templates; its message is the template filled in."""
    message = attributes.get("logfire.msg") if "{" in raw.name else None
    return (message if isinstance(message, str) else raw.name).strip()[:MAX_NAME]


def _ids(raw: OtlpSpan) -> tuple[str, str, str]:
    """Trace, span and parent; made where they are missing."""
    trace = clean_id(raw.trace_id, TRACE_BYTES)
    span = clean_id(raw.span_id, SPAN_BYTES)
    parent = clean_id(raw.parent_span_id, SPAN_BYTES)
    if not trace or not span:
        made = made_ids(raw)
        trace, span = trace or made[0], span or made[1]
    return trace, span, "" if parent == span else parent


def _status(
    raw: OtlpSpan, attributes: Mapping[str, Any], said: str | None
) -> tuple[StatusCode, str]:
    """OpenTelemetry's status; Langfuse and Logfire say it by a level instead."""
    code = raw.status if 0 <= raw.status <= 2 else 0
    level = attributes.get("langfuse.observation.level")
    number = attributes.get("logfire.level_num")
    if code == 0 and (level == "ERROR" or (isinstance(number, int) and number >= 17)):
        code = 2
    message = raw.status_message or (said or "" if code == 2 else "")
    if code == 2 and not message:
        message = _exception(raw) or str(attributes.get("error.type") or "")
    return _STATUSES[code], message[:MAX_TEXT]


def _exception(raw: OtlpSpan) -> str:
    for event in raw.events:
        if event.name == "exception":
            return str(event.attributes.get("exception.message") or "")
    return ""


def _ttft(value: float | None, start_ns: int, end_ns: int) -> float | None:
    """A duration, or a moment (larger than any duration can be) that becomes one."""
    if value is not None and value >= 1e11:
        value -= start_ns / 1e6
    longest = (end_ns - start_ns) / 1e6
    return None if value is None or not 0 <= value <= max(longest, 0) * 1.01 + 1 else value


def _reported_parts(attributes: Mapping[str, Any]) -> int | None:
    """The cost that an object of parts speaks of."""
    for key in semconv.COST_OBJECTS:
        value = attributes.get(key)
        if value is None:
            continue
        parts = as_mapping(decode(value) if isinstance(value, str) else value)
        for name in semconv.COST_MEMBERS:
            if total := usd(parts.get(name)):
                return total
        if found := sum(usd(parts.get(name)) or 0 for name in semconv.COST_PARTS):
            return found
    return None


def _is_sane(usage: Usage) -> bool:
    return as_count(usage.input_total + usage.output_total) <= _MAX_TOKENS


class _Around(NamedTuple):
    """What the spans of one scope have in common."""

    scope: OtlpScope
    named: dict[str, Any]
    """Facts of the resource under their canonical names, for spans that do not tell them."""
    rest: dict[str, Any]

    @classmethod
    def of(cls, scope: OtlpScope) -> "_Around":
        resource = scope.resource
        named = {
            name: said
            for name, keys in semconv.RESOURCE_ATTRIBUTES.items()
            if (said := next((resource[key] for key in keys if key in resource), None)) is not None
        }
        rest = {
            f"resource.{name}": value
            for name, value in bounded(resource).items()
            if name not in semconv.RESOURCE_ATTRIBUTES
        }
        rest |= {f"otel.scope.{name}": value for name, value in scope.attributes.items()}
        own = {"otel.scope.name": scope.name, "otel.scope.version": scope.version}
        return cls(scope, named, rest | {name: value for name, value in own.items() if value})


_NOWHERE = _Around.of(OtlpScope())


def _all_attributes(
    raw: OtlpSpan, attributes: dict[str, Any], around: _Around, extra: dict[str, Any]
) -> dict[str, Any]:
    """All that was said, verbatim, and the facts of the table under their canonical names."""
    found = _FACTS.read(attributes) | attributes
    for name, value in around.named.items():
        found.setdefault(name, value)
    found |= around.rest
    if 0 < raw.kind < len(SPAN_KINDS):
        found["otel.kind"] = SPAN_KINDS[raw.kind]
    if raw.trace_state:
        found["otel.trace_state"] = raw.trace_state
    if raw.links:
        found["otel.links"] = [
            {"trace_id": link.trace_id, "span_id": link.span_id, "attributes": link.attributes}
            for link in raw.links[:MAX_EVENTS]
        ]
    return found | {name: value for name, value in extra.items() if value not in ("", None)}


def _event(event: OtlpEvent) -> SpanEvent:
    return SpanEvent(
        event.name[:MAX_NAME], min(event.time_ns, _MAX_TIME_NS), bounded(event.attributes)
    )
