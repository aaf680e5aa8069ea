"""What the Python SDK sends becomes the row that any other source of the same call would be."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.collector import Collector
from sdks.python.tests.provider import SAID, Provider
from sdks.python.tests.test_clients import STREAMS, TALKS, TOOLS, Client, named
from vedette.clock import FakeClock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.dialects.otlp_json import read_traces
from vedette.drift.observing import fingerprint_messages, observe_span
from vedette.features.hashing import TextHasher
from vedette.features.writing import ATTRIBUTE, read_print
from vedette.ingest.conversations import texts_of
from vedette.ingest.costing import Costing
from vedette.ingest.keeping import Keeping
from vedette.ingest.normalize import Normalizer
from vedette.model.span import Span

KEY = b"one key for the SDK and Vedette"
PRICES = PriceIndex.load()
PROVIDERS = {"gcp.gemini": "gemini", "aws.bedrock": "bedrock"}
STREAMED_TOOLS = (
    talks.chat_tool_stream, talks.message_tool_stream, talks.converse_tool_stream,
)  # fmt: skip
CASES = (*TALKS, *STREAMS, *TOOLS)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    started = Provider()
    yield started
    started.close()


@pytest.fixture
def collector() -> Iterator[Collector]:
    started = Collector()
    yield started
    vedette_sdk.shutdown(5)
    talks.close_all()
    started.close()


def watch(collector: Collector, privacy: str) -> None:
    vedette_sdk.init(
        endpoint=collector.url, privacy=privacy, hash_key=KEY, quiet=True, interval_s=0.05
    )


def rows(collector: Collector, keeping: Keeping = Keeping()) -> list[Span]:  # noqa: B008
    """What Vedette makes of what was sent."""
    assert vedette_sdk.flush(20)
    normalizer = Normalizer(Costing(PRICES, OwnPrices(())), FakeClock(), keeping)
    return [
        normalizer.span(span)
        for path, _, body in collector.requests
        if path == "/v1/traces"
        for span in read_traces(body).spans
    ]


@pytest.mark.parametrize(("client", "talk"), CASES, ids=named)
def test_a_call_is_a_canonical_row(
    collector: Collector, provider: Provider, client: Client, talk: Callable[[str, str], Any]
) -> None:
    watch(collector, "full")
    talk(provider.url, client.model)
    [row] = rows(collector)
    assert row.kind == "llm"
    assert row.provider == PROVIDERS.get(client.provider, client.provider)
    assert (row.model, row.response_model) == (client.model, client.answered_by)
    assert row.usage.input_total == client.usage.get("input_tokens", 0)
    assert row.usage.output_total == client.usage.get("output_tokens", 0)
    assert row.usage.cache_read == client.usage.get("cache_read.input_tokens", 0)
    assert row.usage.reasoning == client.usage.get("reasoning.output_tokens", 0)
    assert isinstance(row.payload.input, tuple)
    assert [(each.role, texts_of((each,))) for each in row.payload.input] == [
        ("system", talks.SYSTEM), ("user", talks.QUESTION),
    ]  # fmt: skip
    if row.finish_reason == "tool_calls":
        assert [call.name for call in row.tool_calls] == ["get_weather"]
    else:
        assert (row.finish_reason, texts_of(row.payload.output)) == ("stop", SAID)
    assert (row.ttft_ms is not None) == ((client, talk) in STREAMS or talk in STREAMED_TOOLS)


@pytest.mark.parametrize(("client", "talk"), CASES, ids=named)
def test_both_sides_work_out_the_same_fingerprint(
    collector: Collector, provider: Provider, client: Client, talk: Callable[[str, str], Any]
) -> None:
    watch(collector, "full")
    talk(provider.url, client.model)
    [row] = rows(collector)
    sent = read_print(row.payload.attributes[ATTRIBUTE])
    hasher = TextHasher(KEY)
    tools = [hasher.text(call.name) for call in row.tool_calls]
    assert sent == fingerprint_messages(row.payload.input, row.payload.output, hasher, tools=tools)


@pytest.mark.parametrize("mode", ["full", "redacted", "hash", "none"])
def test_drift_sees_a_call_whose_texts_were_never_sent(
    collector: Collector, provider: Provider, mode: Any
) -> None:
    watch(collector, "hash")
    talks.chat(provider.url, "gpt-4o")
    [row] = rows(collector, Keeping(mode, KEY))
    seen = observe_span(row, TextHasher(b"a key that is not used"))
    assert seen.fingerprint.answer is not None
    assert seen.fingerprint.answer.hash == TextHasher(KEY).text(SAID)
    assert seen.fingerprint.template == TextHasher(KEY).text(talks.SYSTEM)
    assert (seen.finish_reason, seen.output_tokens) == ("stop", 20)
    assert row.session_id == ""


def test_errors_and_abandoned_streams(collector: Collector, provider: Provider) -> None:
    watch(collector, "hash")
    with pytest.raises(Exception, match=r"429"):
        talks.chat(provider.url, "fail-gpt")
    stream = talks.openai_client(provider.url).chat.completions.create(
        model="gpt-4o", messages=talks.MESSAGES, stream=True
    )
    next(stream)
    stream.close()
    failed, abandoned = rows(collector)
    assert (failed.status, failed.status_message) == ("error", "openai.RateLimitError")
    assert failed.payload.attributes["http.response.status_code"] == 429
    assert abandoned.status == "unset"
    assert abandoned.payload.attributes["vedette.stream.abandoned"] is True


def test_work_around_calls(collector: Collector, provider: Provider) -> None:
    watch(collector, "hash")

    @vedette_sdk.observe(kind="agent", name="clerk")
    def clerk() -> None:
        look_up()

    @vedette_sdk.observe(kind="tool")
    def look_up() -> None:
        return None

    with vedette_sdk.context(session="s1", tags=["beta"], metadata={"plan": "free"}):
        clerk()
    inner, outer = rows(collector)
    assert (inner.kind, outer.kind) == ("tool", "agent")
    assert inner.parent_span_id == outer.span_id
    assert (outer.session_id, outer.tags) == ("s1", ("beta",))
    assert outer.payload.attributes["vedette.metadata.plan"] == "free"
