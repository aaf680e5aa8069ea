"""Every fact of an exchange stands in its own field."""

from msgspec import structs

from tests.support.calls import exchange
from vedette.clock import SystemClock
from vedette.gateway.directory import Plan, Target, Upstream
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.health import TargetHealth
from vedette.gateway.identify import Caller
from vedette.gateway.record import make_record
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.exchange import Attempt
from vedette.model.settings import ProviderSettings, Timeouts
from vedette.model.usage import Usage
from vedette.providers.openai import Provider

FACTS = {
    "trace_id": "trace",
    "span_id": "span",
    "parent_span_id": "parent",
    "request_id": "req_1",
    "project_id": "default",
    "start_ns": 1,
    "end_ns": 2,
    "method": "POST",
    "path": "/v1/chat/completions",
    "operation": "chat",
    "dialect": "openai_chat",
    "response_dialect": "",
    "requested_model": "asked",
    "route": "route",
    "provider": "a",
    "model": "known",
    "response_model": "answered",
    "response_id": "id",
    "stream": True,
    "status": 203,
    "error": "code",
    "error_message": "words",
    "finish_reason": "stop",
    "usage": Usage(input_uncached=3),
    "cost_nano_usd": 4,
    "price_version": "prices",
    "ttft_ms": 5.5,
    "overhead_ms": 6.5,
    "session_id": "session",
    "user_id": "user",
    "tags": ("tag",),
    "environment": "staging",
    "release": "v1",
    "capture": "redacted",
    "request_body": b"ques",
    "request_bytes": 8,
    "request_content_type": "application/json",
    "response_body": b"answ",
    "response_bytes": 6,
    "response_content_type": "text/plain",
    "response_content_encoding": "gzip",
    "attempts": (Attempt("a", "known", 1, 1.0),),
    "attributes": {},
}


def finished() -> Exchange:
    one = exchange([(b"content-type", b"application/json")])
    clock = SystemClock()
    settings = ProviderSettings(name="a", kind="openai", base_url="http://127.0.0.1:1/v1")
    origin = Origin.of(settings.base_url)
    pool = Pool(origin, max_connections=1, deadlines=Deadlines(clock), clock=clock)
    upstream = Upstream(Provider(settings), pool)
    one.target = Target(upstream, "known", Timeouts(), TargetHealth())
    one.plan = Plan(targets=(one.target,), route="route")
    one.caller = Caller("trace", "parent", "session", "user", ("tag",), "staging", "v1")
    one.span_id, one.request_id, one.started_ns = "span", "req_1", 1
    one.requested_model, one.response_model, one.response_id = "asked", "answered", "id"
    one.stream, one.status, one.finish_reason = True, 203, "stop"
    one.error, one.error_message = "code", "words"
    one.usage, one.cost_nano_usd, one.price_version = Usage(input_uncached=3), 4, "prices"
    one.ttft_ms, one.overhead_ms, one.capture_mode = 5.5, 6.5, "redacted"
    one.body, one.request_bytes = b"question", 8
    one.capture = Capture(4)
    one.capture.add(b"answer")
    one.content_type, one.content_encoding = b"text/plain", b"gzip"
    one.attempts = [Attempt("a", "known", 1, 1.0)]
    return one


def test_each_fact_is_in_its_field_and_bodies_are_cut() -> None:
    record = make_record(finished(), end_ns=2, max_body_bytes=4)
    assert structs.asdict(record) == FACTS


def test_capture_none_keeps_sizes_but_no_body() -> None:
    one = finished()
    one.capture_mode = "none"
    record = make_record(one, end_ns=2, max_body_bytes=4)
    assert (record.request_body, record.response_body) == (b"", b"")
    assert (record.request_bytes, record.response_bytes) == (8, 6)


def test_a_client_that_left_is_the_error() -> None:
    one = finished()
    one.gone = True
    record = make_record(one, end_ns=2, max_body_bytes=4)
    assert (record.status, record.error) == (499, "client_gone")
    assert record.error_message == "the client closed the connection"
