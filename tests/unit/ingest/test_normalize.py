from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.spans_said import ANSWER, ANSWERED_BY, CALLS, MODEL, SYSTEM, USER, said
from vedette.clock import FakeClock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.dialects.otlp_shape import OtlpEvent, OtlpLink, OtlpScope, OtlpSpan
from vedette.ingest.conversations import texts_of
from vedette.ingest.costing import Costing
from vedette.ingest.keeping import Keeping
from vedette.ingest.normalize import MAX_EVENTS, MAX_TEXT, Normalizer, read_kind, read_provider
from vedette.model.span import Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.codec import encode_row

START_NS = 1_700_000_000_000_000_000
PRICES = PriceIndex.load()
CLOCK = FakeClock()


def normalize(attributes: dict[str, Any], keeping: Keeping = Keeping(), **fields: Any) -> Span:  # noqa: B008
    given: dict[str, Any] = {
        "trace_id": "ab" * 16, "span_id": "cd" * 8, "name": "call", "start_ns": START_NS,
        "end_ns": START_NS + 10**9, "attributes": attributes,
    }  # fmt: skip
    normalizer = Normalizer(Costing(PRICES, OwnPrices(())), CLOCK, keeping)
    return normalizer.span(OtlpSpan(**(given | fields)))


@pytest.mark.parametrize("dialect", CALLS)
def test_every_dialect_says_the_same_call(dialect: str) -> None:
    span = normalize(CALLS[dialect])
    assert (span.kind, span.provider) == ("llm", "openai")
    assert (span.model, span.response_model) == (MODEL, ANSWERED_BY)
    assert span.usage == Usage(input_uncached=600, cache_read=400, output_text=150, reasoning=50)
    assert (span.cost_nano_usd, span.cost_source) == (240_000, "priced")
    assert span.finish_reason == "stop"
    assert isinstance(span.payload.input, tuple)
    assert [(each.role, texts_of((each,))) for each in span.payload.input] == [
        ("system", SYSTEM), ("user", USER),
    ]  # fmt: skip
    assert isinstance(span.payload.output, tuple)
    assert [each.role for each in span.payload.output] == ["assistant"]
    assert texts_of(span.payload.output) == ANSWER


@pytest.mark.parametrize("dialect", CALLS)
def test_what_was_said_is_kept_verbatim(dialect: str) -> None:
    kept = normalize(CALLS[dialect]).payload.attributes
    assert {name: kept[name] for name in CALLS[dialect]} == CALLS[dialect]


def test_old_events_are_the_messages() -> None:
    events = [
        OtlpEvent("gen_ai.system.message", START_NS, {"content": SYSTEM}),
        OtlpEvent("gen_ai.user.message", START_NS, {"content": USER}),
        OtlpEvent("gen_ai.choice", START_NS, {
            "index": 0, "finish_reason": "stop",
            "message": f'{{"role": "assistant", "content": "{ANSWER}"}}',
        }),
    ]  # fmt: skip
    span = normalize({"gen_ai.system": "openai", "gen_ai.request.model": MODEL}, events=events)
    assert span.kind == "llm"
    assert isinstance(span.payload.input, tuple)
    assert [each.role for each in span.payload.input] == ["system", "user"]
    assert (texts_of(span.payload.output), span.finish_reason) == (ANSWER, "stop")
    assert [event.name for event in span.payload.events] == [event.name for event in events]


def test_messages_of_an_event_count_as_those_of_the_span() -> None:
    details = {"gen_ai.input.messages": [said("user", USER)]}
    event = OtlpEvent("gen_ai.client.inference.operation.details", START_NS, details)
    span = normalize({"gen_ai.operation.name": "chat"}, events=[event])
    assert texts_of(span.payload.input) == USER


@pytest.mark.parametrize(
    "key",
    ["gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
     "gen_ai.usage.cache_creation_input_tokens"],
)  # fmt: skip
def test_cache_writes_are_read_under_old_and_new_names(key: str) -> None:
    span = normalize({
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": "claude-sonnet-4-5", "gen_ai.usage.input_tokens": 1000, key: 300,
        "gen_ai.usage.output_tokens": 10,
    })  # fmt: skip
    assert span.usage == Usage(input_uncached=700, cache_write=300, output_text=10)
    assert span.cost_nano_usd == 700 * 3_000 + 300 * 3_750 + 10 * 15_000


def test_an_agent_keeps_its_sums_without_a_price() -> None:
    sums = {"gen_ai.operation.name": "invoke_agent", "gen_ai.usage.input_tokens": 9,
            "gen_ai.request.model": MODEL}  # fmt: skip
    span = normalize(sums)
    assert (span.kind, span.usage.input_total) == ("agent", 9)
    assert (span.cost_nano_usd, span.cost_source) == (None, "")


def test_a_reported_cost_wins() -> None:
    span = normalize(CALLS["genai, text"] | {"gen_ai.usage.cost": 0.5})
    assert (span.cost_nano_usd, span.cost_source) == (500_000_000, "reported")
    details = {"langfuse.observation.cost_details": '{"input": 0.25, "output": "0.5"}'}
    assert normalize(CALLS["langfuse"] | details).cost_nano_usd == 750_000_000


def test_an_unknown_model_costs_an_unknown_sum() -> None:
    nobody = {"gen_ai.request.model": "nobody-knows", "gen_ai.response.model": "nobody-knows"}
    span = normalize(CALLS["genai, text"] | nobody)
    assert (span.cost_nano_usd, span.cost_source) == (None, "unknown")


def test_a_tool_keeps_texts_and_its_name() -> None:
    span = normalize({
        "openinference.span.kind": "TOOL", "tool.name": "search", "input.value": '{"q": 1}',
        "output.value": "found",
    })  # fmt: skip
    assert (span.kind, span.payload.input, span.payload.output) == ("tool", '{"q": 1}', "found")
    assert span.payload.attributes["gen_ai.tool.name"] == "search"


def test_who_asked_and_where_it_runs_is_found() -> None:
    scope = OtlpScope("mine", "2", {"k": 1}, {"service.name": "shop", "service.version": "1.4",
                      "deployment.environment": "prod", "host.name": "h"})  # fmt: skip
    span = normalize(
        {"langfuse.session.id": "s", "langfuse.user.id": "u", "langfuse.trace.tags": ["a", "b"],
         "langfuse.observation.prompt.name": "p", "langfuse.observation.prompt.version": 3,
         "agent.name": "clerk"},
        scope=scope, kind=3, trace_state="v=1", links=[OtlpLink("ef" * 16, "01" * 8, {"x": 1})],
    )  # fmt: skip
    assert (span.session_id, span.user_id, span.tags) == ("s", "u", ("a", "b"))
    kept = span.payload.attributes
    assert (kept["gen_ai.prompt.name"], kept["gen_ai.prompt.version"]) == ("p", "3")
    assert kept["gen_ai.agent.name"] == "clerk"
    assert (kept["deployment.environment.name"], kept["service.version"]) == ("prod", "1.4")
    assert (kept["service.name"], kept["resource.host.name"]) == ("shop", "h")
    assert (kept["otel.scope.name"], kept["otel.scope.version"]) == ("mine", "2")
    assert (kept["otel.kind"], kept["otel.trace_state"]) == ("client", "v=1")
    links = [{"trace_id": "ef" * 16, "span_id": "01" * 8, "attributes": {"x": 1}}]
    assert kept["otel.links"] == links


@pytest.mark.parametrize(
    ("value", "ttft_ms"),
    [({"gen_ai.response.time_to_first_chunk": 0.25}, 250.0),
     ({"ai.response.msToFirstChunk": 120}, 120.0),
     ({"langfuse.observation.completion_start_time": '"2023-11-14T22:13:20.500Z"'}, 500.0),
     ({"gen_ai.response.time_to_first_chunk": 99.0}, None),
     ({"gen_ai.response.time_to_first_chunk": -1}, None)],
)  # fmt: skip
def test_the_time_to_the_first_token(value: dict[str, Any], ttft_ms: float | None) -> None:
    assert normalize(value).ttft_ms == ttft_ms


def test_missing_ids_are_the_same_each_time() -> None:
    bare: dict[str, Any] = {"trace_id": "", "span_id": "0000"}
    one, same, other = (normalize({"a": number}, **bare) for number in (1, 1, 2))
    assert (one.trace_id, one.span_id) == (same.trace_id, same.span_id)
    assert (len(one.trace_id), len(one.span_id)) == (32, 16)
    assert one.span_id != other.span_id


def test_a_clock_that_went_back_is_marked() -> None:
    span = normalize({}, end_ns=START_NS - 5)
    assert (span.start_ns, span.end_ns) == (START_NS, START_NS)
    assert span.payload.attributes["vedette.clock_skew"] is True
    assert normalize({}, start_ns=0, end_ns=7).start_ns == 7
    assert normalize({}, start_ns=0, end_ns=0).start_ns == CLOCK.now_ns()
    assert normalize({}, start_ns=2**64 - 1, end_ns=2**64 - 1).end_ns == 2**63 - 1


@pytest.mark.parametrize(
    ("fields", "attributes", "status"),
    [({"status": 2, "status_message": "gone"}, {}, ("error", "gone")),
     ({"status": 1}, {}, ("ok", "")),
     ({}, {"langfuse.observation.level": "ERROR", "langfuse.observation.status_message": "no"},
      ("error", "no")),
     ({}, {"logfire.level_num": 17, "error.type": "Boom"}, ("error", "Boom")),
     ({"status": 2, "events": [OtlpEvent("exception", 1, {"exception.message": "it broke"})]}, {},
      ("error", "it broke")),
     ({"status": 77}, {}, ("unset", ""))],
)  # fmt: skip
def test_the_status_is_found(
    fields: dict[str, Any], attributes: dict[str, Any], status: tuple[str, str]
) -> None:
    span = normalize(attributes, **fields)
    assert (span.status, span.status_message) == status


def test_what_is_too_large_is_cut_and_marked() -> None:
    events = [OtlpEvent("e", 1, {})] * (MAX_EVENTS + 5)
    span = normalize({"big": "x" * (MAX_TEXT + 9), "small": "y"}, events=events)
    kept = span.payload.attributes
    assert kept["big"].endswith(f"[cut: {MAX_TEXT + 9} characters]")
    assert (kept["small"], kept["vedette.events.dropped"]) == ("y", 5)
    assert len(span.payload.events) == MAX_EVENTS


def test_absurd_counts_are_no_usage() -> None:
    span = normalize({"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 2**62,
                      "gen_ai.usage.output_tokens": -7})  # fmt: skip
    assert span.usage == Usage()


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [({}, "other"), ({"openinference.span.kind": "RERANKER"}, "retriever"),
     ({"gen_ai.operation.name": "execute_tool"}, "tool"),
     ({"traceloop.span.kind": "workflow"}, "chain"), ({"gen_ai.request.model": "m"}, "llm"),
     ({"ai.operationId": "ai.streamText"}, "chain"), ({"gen_ai.tool.name": "t"}, "tool"),
     ({"mlflow.spanType": '"EMBEDDING"'}, "embedding"),
     ({"gen_ai.operation.name": "invented"}, "other"),
     ({"langfuse.observation.type": "tool", "openinference.span.kind": "LLM"}, "tool")],
)  # fmt: skip
def test_the_kind_is_found(attributes: dict[str, Any], kind: str) -> None:
    assert read_kind(attributes) == kind


@pytest.mark.parametrize(
    ("name", "model", "provider"),
    [("OpenAI", "", "openai"), ("az.ai.openai", "", "azure"), ("openai.responses", "", "openai"),
     ("google.generative-ai.chat", "", "gemini"), ("aws.bedrock", "", "bedrock"),
     ("gcp.vertex_ai", "", "vertex"), ("", "gpt-5", "openai"), ("", "x/claude-3", "anthropic"),
     ("", "mine", ""), ("langchain", "gpt-4o", "openai"), ("my-own", "gpt-4o", "my-own")],
)  # fmt: skip
def test_providers_have_one_name(name: str, model: str, provider: str) -> None:
    assert read_provider(name, model) == provider


def test_redacted_spans_keep_no_personal_data() -> None:
    secret = "write to anna@example.com"
    attributes = CALLS["genai, text"] | {
        "gen_ai.input.messages": f'[{{"role": "user", "parts": [{{"type": "text", '
        f'"content": "{secret}"}}]}}]', "user.id": "anna@example.com", "note": secret,
    }  # fmt: skip
    for mode in ("redacted", "hash", "none"):
        span = normalize(attributes, Keeping(mode, b"key"))
        assert b"anna@" not in b"".join(filter(None, encode_row(span)[3:]))
        assert (span.capture, span.usage.input_total) == (mode, 1000)
    assert normalize(attributes, Keeping("none")).payload.input is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(sorted({key for call in CALLS.values() for key in call})) | st.text()


@given(st.dictionaries(KEYS, JSON | JSON.map(str), max_size=8))
def test_any_attributes_make_a_span_that_can_be_stored(attributes: dict[str, Any]) -> None:
    span = normalize(attributes)
    assert encode_row(span).head
    counts = span.usage
    assert counts.input_total >= 0
    assert counts.output_total >= 0
