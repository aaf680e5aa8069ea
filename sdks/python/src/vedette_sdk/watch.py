"""Everything that runs after `init`: the tracer, the worker, and what it makes of calls."""

import logging
import time
import weakref
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from opentelemetry.context import Context, get_value
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, get_current_span

from vedette_sdk import otlp
from vedette_sdk.attributes import call_attributes
from vedette_sdk.calls import WITHIN, Call, snapshot
from vedette_sdk.context import scope, scope_attributes
from vedette_sdk.privacy import Keeper
from vedette_sdk.prompts import Prompts
from vedette_sdk.provider import make_provider
from vedette_sdk.reading.facts import Facts, Reader
from vedette_sdk.rims import Faults
from vedette_sdk.sending import Answer, Sender
from vedette_sdk.settings import Settings
from vedette_sdk.version import __version__
from vedette_sdk.worker import Worker

log = logging.getLogger("vedette_sdk")

SCOPE = "vedette_sdk"
_KNOWN_CALLS = 4_096
_CALLS_OF_CLIENTS = ("com.anthropic.sdk.python",)
"""Scopes of clients that trace themselves: inside a call of ours theirs is the same one."""
_MODEL_CALLS = ("chat", "text_completion", "generate_content", "embeddings", "completion")


class Event(msgspec.Struct, frozen=True):
    """A score or another event on its way, as a log record."""

    record: dict[str, Any]


class Watch:
    """One configuration of the SDK at work."""

    def __init__(self, settings: Settings, faults: Faults) -> None:
        self.settings = settings
        self.faults = faults
        self.enabled = settings.enabled
        self.keeper = Keeper(settings)
        self.max_answer_bytes = min(
            max(65_536, settings.max_text_chars * 40), settings.max_bytes // 2
        )
        self.sender = Sender(
            settings.endpoint, api_key=settings.api_key, timeout_s=settings.timeout_s
        )
        self.sent = 0
        self.lost = 0
        """Spans and events that Vedette did not take."""
        self.last_status = 0
        self._told: set[int] = set()
        self._calls: OrderedDict[int, None] = OrderedDict()
        self._begun: OrderedDict[int, None] = OrderedDict()
        self._covered: OrderedDict[int, None] = OrderedDict()
        self._open: weakref.WeakSet[Call] = weakref.WeakSet()
        self._ready: list[ReadableSpan] = []
        self.prompts = Prompts(self.sender)
        self._worker: Worker[Any] = Worker(
            self._work, faults=faults, max_items=settings.max_calls,
            max_bytes=settings.max_bytes, interval_s=settings.interval_s, exit_s=settings.exit_s,
            on_fork=self._after_fork,
        )  # fmt: skip
        self.provider = make_provider(self.settings, Processor(self))
        self._tracers: dict[str, Any] = {}

    def _after_fork(self) -> None:
        """What the parent began it ends itself."""
        self._open = weakref.WeakSet()
        self._ready = []
        self.prompts.after_fork()

    def tracer(self, part: str) -> Any:
        """A tracer for one part of the SDK: `vedette_sdk.openai`."""
        found = self._tracers.get(part)
        if found is None:
            found = self._tracers[part] = self.provider.get_tracer(f"{SCOPE}.{part}", __version__)
        return found

    def begin(
        self, part: str, reader: Reader, request: Mapping[str, Any], name: str,
        attributes: dict[str, Any],
    ) -> Call | None:  # fmt: skip
        """A call starts; None where it is part of one that is watched already, or not sampled."""
        if get_value(WITHIN) is not None:
            return None
        start_ns = time.time_ns()
        span: Span = self.tracer(part).start_span(name, kind=SpanKind.CLIENT, start_time=start_ns)
        if not span.is_recording():
            return None
        _remember(self._begun, span.get_span_context().span_id)
        return Call(
            self, span, start_ns=start_ns, reader=reader, request=snapshot(request),
            scope=scope(), attributes=attributes,
        )  # fmt: skip

    def begin_run(
        self, part: str, reader: Reader, request: Mapping[str, Any], parent: Context | None
    ) -> Call:
        """A framework's model call, which goes through a client that may be watched itself."""
        start_ns = time.time_ns()
        span: Span = self.tracer(part).start_span("chat", parent, start_time=start_ns)
        return Call(
            self, span, start_ns=start_ns, reader=reader, request=request, scope=scope(),
            attributes={},
        )  # fmt: skip

    def start_work(self, part: str, name: str, kind: str, parent: Context | None = None) -> Span:
        """A span of anything else: a chain, a tool, an agent, a retriever."""
        span: Span = self.tracer(part).start_span(name, parent)
        if span.is_recording():
            span.set_attribute("vedette.span.kind", kind)
            if kind == "tool":
                span.set_attribute("gen_ai.tool.name", name)
            elif kind == "agent":
                span.set_attribute("gen_ai.agent.name", name)
            here = scope()
            span.set_attributes(scope_attributes(here, self.keeper.user(here.user)))
        return span

    def end_work(self, span: Span, error: BaseException | None = None) -> None:
        """The end of such a span."""
        if error is not None:
            kind = _error_type(error)
            span.set_attribute("error.type", kind)
            message = self.keeper.text(str(error)[:2_000])
            span.set_status(Status(StatusCode.ERROR, message or kind))
        span.end()

    def note_open(self, call: Call) -> None:
        """A stream runs: when the program ends before it does it is told of all the same."""
        self._open.add(call)

    def offer(self, item: Any, size_bytes: int) -> None:
        """To the worker; never blocks."""
        self._worker.offer(item, size_bytes)

    def flush(self, timeout_s: float) -> bool:
        return self._worker.flush(timeout_s)

    def nudge(self) -> None:
        self._worker.nudge()

    def stop(self, timeout_s: float | None = None) -> bool:
        """End: open streams count as abandoned, what waits is sent within the deadline."""
        self.enabled = False
        for call in list(self._open):
            self.faults.shield(call.finish, abandoned=True)
        return self._worker.stop(timeout_s)

    def status(self) -> dict[str, Any]:
        """Counters, for those who want to see."""
        buffer = self._worker.buffer
        return {
            "enabled": self.enabled, "endpoint": self.settings.endpoint,
            "privacy": self.settings.privacy, "waiting": len(buffer),
            "waiting_bytes": buffer.size_bytes, "taken": buffer.taken, "dropped": buffer.dropped,
            "sent": self.sent, "lost": self.lost, "faults": self.faults.count,
            "last_status": self.last_status,
        }  # fmt: skip

    def post_json(self, path: str, body: dict[str, Any], *, timeout_s: float) -> Answer:
        """Ask Vedette something; the span of the request of the caller stays untouched."""
        return self.sender.request("POST", path, msgspec.json.encode(body), timeout_s=timeout_s)

    def tell_guard(self, kinds: tuple[str, ...], where: str, action: str) -> None:
        """A span of what a guard found and did."""
        span = self.start_work("guard", "guard", "guard")
        span.set_attributes({
            "gen_ai.operation.name": "apply_guardrail", "vedette.guard.findings": kinds,
            "vedette.guard.where": where, "vedette.guard.action": action,
        })  # fmt: skip
        span.end()

    def _work(self, items: Sequence[Any]) -> None:
        events: list[dict[str, Any]] = []
        for item in items:
            if isinstance(item, Call):
                self.faults.shield(self._end_call, item)
            elif isinstance(item, Event):
                events.append(item.record)
            else:
                self.faults.shield(self._take_span, item)
            time.sleep(0)
        spans, self._ready = self._ready, []
        resource = self.provider.resource
        if spans:
            body = otlp.encode_spans(spans, resource)
            self._count(self.sender.deliver("/v1/traces", body, self._worker), len(spans))
        if events:
            body = otlp.encode_events(events, resource, f"{SCOPE}.scores")
            self._count(self.sender.deliver("/v1/logs", body, self._worker), len(events))

    def _count(self, answer: Answer, count: int) -> None:
        self.last_status = answer.status
        refused = _refused(answer)
        if 200 <= answer.status < 300:
            self.sent += count - refused
            self.lost += refused
            return
        self.lost += count
        if answer.status not in self._told:
            self._told.add(answer.status)
            said = f"answers {answer.status}" if answer.status else "does not answer"
            log.warning("Vedette at %s %s: %d spans are lost", self.settings.endpoint, said, count)

    def _end_call(self, call: Call) -> None:
        """Read what was said and end the span."""
        span = call.span
        facts = Facts()
        answer = call.answer
        if call.chunks is not None:
            answer = [
                chunk for chunk in map(call.convert or _same, call.chunks) if chunk is not None
            ]
        elif answer is not None and call.convert is not None:
            answer = call.convert(answer)
        try:
            call.reader(facts, call.request, answer)
            span.set_attributes(call_attributes(facts, self.keeper))
            if facts.model:
                span.update_name(f"{facts.operation} {facts.model}")
        except Exception as error:
            self.faults.note("reading", error)
        span.set_attributes(call.attributes)
        self._end_stream(call, facts)
        span.set_attributes(scope_attributes(call.scope, self.keeper.user(call.scope.user)))
        self._set_status(call, facts)
        if span.get_span_context().span_id in self._covered:
            span.set_attribute("vedette.span.kind", "chain")
        self._note_call(span)
        span.end(end_time=call.end_ns)

    def _end_stream(self, call: Call, facts: Facts) -> None:
        if call.chunks is None:
            return
        call.span.set_attribute("gen_ai.request.stream", True)
        if call.times:
            first = min(facts.first_content or 0, len(call.times) - 1)
            seconds = (call.times[first] - call.started) / 1e9
            call.span.set_attribute("gen_ai.response.time_to_first_chunk", seconds)
        if call.truncated:
            call.span.set_attribute("vedette.truncated", True)
        if call.abandoned and not facts.is_whole:
            call.span.set_attribute("vedette.stream.abandoned", True)

    def _set_status(self, call: Call, facts: Facts) -> None:
        error = call.error
        if error is None and not facts.error:
            return
        kind = facts.error if error is None else _error_type(error)
        call.span.set_attribute("error.type", kind)
        status = getattr(error, "status_code", None) or getattr(error, "code", None)
        if isinstance(status, int):
            call.span.set_attribute("http.response.status_code", status)
        message = "" if error is None else self.keeper.text(str(error)[:2_000])
        call.span.set_status(Status(StatusCode.ERROR, message or kind))

    def _note_call(self, span: Span) -> None:
        """Remember which span is a call and which lies around one: neither is counted twice."""
        context = span.get_span_context()
        _remember(self._calls, context.span_id)
        parent = getattr(span, "parent", None)
        if parent is not None:
            _remember(self._covered, parent.span_id)

    def _take_span(self, span: ReadableSpan) -> None:
        """A span that ended on its own: ours go as they are, others as far as they may."""
        scope_name = span.instrumentation_scope.name if span.instrumentation_scope else ""
        context = span.get_span_context()
        is_ours = scope_name.startswith(SCOPE)
        attributes = dict(span.attributes or {})
        if span.parent is not None and scope_name in _CALLS_OF_CLIENTS:
            if span.parent.span_id in self._begun:
                return
        if context is not None and context.span_id in self._covered:
            attributes = _as_chain(attributes)
        elif is_ours:
            self._ready.append(span)
            return
        if not is_ours:
            attributes = self.keeper.foreign(attributes)
        self._ready.append(_rewritten(span, attributes, keeps_events=self.keeper.mode == "full"))


class Processor(SpanProcessor):
    """Hands spans that ended to the worker; those that the worker ended itself are ready."""

    def __init__(self, watch: Watch) -> None:
        self._watch = weakref.ref(watch)

    def on_start(self, span: Any, parent_context: Context | None = None) -> None:
        return None

    def on_end(self, span: ReadableSpan) -> None:
        watch = self._watch()
        if watch is None or span.context is None or not span.context.trace_flags.sampled:
            return
        if span.context.span_id in watch._calls:
            watch._ready.append(span)
        elif watch.enabled:
            watch.offer(span, 1_024 + 64 * len(span.attributes or ()))

    def shutdown(self) -> None:
        return None

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        watch = self._watch()
        return True if watch is None else watch.flush(timeout_millis / 1000)


def current_ids() -> tuple[str, str]:
    """Trace and span that the running code belongs to, in hex; empty where there is none."""
    context = get_current_span().get_span_context()
    if not context.is_valid:
        return "", ""
    return format(context.trace_id, "032x"), format(context.span_id, "016x")


def _same(value: Any) -> Any:
    return value


def _remember(known: OrderedDict[int, None], span_id: int) -> None:
    known[span_id] = None
    if len(known) > _KNOWN_CALLS:
        known.popitem(last=False)


def _as_chain(attributes: dict[str, Any]) -> dict[str, Any]:
    """A span around a call of ours that says it is the call itself."""
    if attributes.get("gen_ai.operation.name") in _MODEL_CALLS or (
        attributes.get("vedette.span.kind") in ("llm", "embedding")
    ):
        return {**attributes, "vedette.span.kind": "chain"}
    return attributes


def _rewritten(
    span: ReadableSpan, attributes: dict[str, Any], *, keeps_events: bool
) -> ReadableSpan:
    status = span.status
    return ReadableSpan(
        name=span.name, context=span.get_span_context(), parent=span.parent,
        resource=span.resource, attributes=attributes,
        events=span.events if keeps_events else (), links=span.links, kind=span.kind,
        status=status if keeps_events else Status(status.status_code),
        start_time=span.start_time, end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )  # fmt: skip


def _error_type(error: BaseException) -> str:
    """`openai.RateLimitError`, and for Python's own the bare name."""
    kind = type(error)
    package = kind.__module__.partition(".")[0]
    return kind.__qualname__ if package == "builtins" else f"{package}.{kind.__qualname__}"


def _refused(answer: Answer) -> int:
    if b"partialSuccess" not in answer.body:
        return 0
    said = (answer.json or {}).get("partialSuccess") or {}
    try:
        return int(said.get("rejectedSpans") or said.get("rejectedLogRecords") or 0)
    except (TypeError, ValueError):
        return 0
