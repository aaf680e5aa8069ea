"""Starting and ending: what is said, what is switched off, what happens when nobody answers."""

import asyncio
import json
import threading
import time
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.programs import run_python
from sdks.python.tests.provider import SAID, Provider
from sdks.python.tests.started import KEY, Started
from vedette_sdk import SettingsError


def test_init_says_what_it_watches(
    sdk: Started, provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk.start(quiet=False)
    said = capsys.readouterr().err
    assert sdk.collector.url in said
    assert "privacy hash" in said
    assert "openai 3." in said
    assert "not installed: langchain" in said
    sdk.start(quiet=True)
    assert capsys.readouterr().err == ""


def test_an_unknown_option_or_client_is_an_error(sdk: Started) -> None:
    with pytest.raises(SettingsError, match="Unknown option 'privcy'"):
        vedette_sdk.init(privcy="full")
    with pytest.raises(SettingsError, match="Unknown client 'opnai'"):
        sdk.start(instrument=["opnai"])
    assert vedette_sdk.status() == {"enabled": False}


def test_configure_changes_what_runs(sdk: Started, provider: Provider) -> None:
    sdk.start()
    vedette_sdk.configure({"privacy": "full"})
    talks.chat(provider.url, "gpt-4o")
    assert "gen_ai.input.messages" in sdk.said()
    assert vedette_sdk.status()["privacy"] == "full"


def test_disabled_means_untouched(watched: Started, provider: Provider) -> None:
    vedette_sdk.disable()
    talks.chat(provider.url, "gpt-4o")
    vedette_sdk.enable()
    talks.chat(provider.url, "gpt-4o")
    assert len(watched.spans()) == 1


def test_before_init_and_after_shutdown_everything_is_a_pass_through(provider: Provider) -> None:
    @vedette_sdk.observe
    def work() -> int:
        return 1

    assert work() == 1
    assert SAID in str(talks.chat(provider.url, "gpt-4o"))
    assert vedette_sdk.score("x", 1) is False
    assert vedette_sdk.flush()
    with vedette_sdk.context(session="s"):
        assert work() == 1


@pytest.mark.slow
def test_wrap_watches_one_client_alone(provider: Provider) -> None:
    code = """
import sys, openai, anthropic, ollama
import vedette_sdk
from google import genai
from sdks.python.tests import talks
from sdks.python.tests.collector import Collector
collector = Collector()
vedette_sdk.init(endpoint=collector.url, instrument=False, quiet=True)
url = sys.argv[1]
watched, other = talks.openai_client(url), talks.openai_client(url)
assert vedette_sdk.wrap(watched) is watched
vedette_sdk.wrap(watched)
for client in (watched, other):
    client.chat.completions.create(model="gpt-4o", messages=talks.MESSAGES)
a = vedette_sdk.wrap(talks.anthropic_client(url))
a.messages.create(model="claude-of-ours", max_tokens=9, messages=talks.MESSAGES[1:])
g = vedette_sdk.wrap(talks.google_client(url))
g.models.generate_content(model="gemini-2.5-flash", contents="hi")
vedette_sdk.wrap(talks.ollama_client(url)).chat(model="llama3.2", messages=talks.MESSAGES)
vedette_sdk.wrap(talks.bedrock_client(url)).converse(modelId="m", **talks._asked())
try:
    vedette_sdk.wrap(object())
except vedette_sdk.SettingsError as error:
    assert "no client that can be watched" in str(error)
assert vedette_sdk.flush(20)
print(*(span["scope"] for span in collector.spans()))
vedette_sdk.shutdown()
"""
    done = run_python(code, provider.url)
    scopes = [
        f"vedette_sdk.{n}" for n in ("openai", "anthropic", "google_genai", "ollama", "bedrock")
    ]
    assert done.split() == scopes


@pytest.mark.slow
def test_a_program_that_ends_sends_what_waits(sdk: Started, provider: Provider) -> None:
    code = f"""
import sys, vedette_sdk
from sdks.python.tests import talks
vedette_sdk.init(endpoint={sdk.collector.url!r}, interval_s=60, quiet=True)
talks.chat(sys.argv[1], "gpt-4o")
"""
    run_python(code, provider.url)
    assert len(sdk.collector.spans()) == 1


@pytest.mark.slow
def test_a_server_that_hangs_holds_the_end_up_no_longer_than_allowed(
    sdk: Started, provider: Provider
) -> None:
    release = threading.Event()
    sdk.collector.answer = lambda path, body: (release.wait(60), (200, b"{}"))[1]
    code = f"""
import sys, time, vedette_sdk
from sdks.python.tests import talks
vedette_sdk.init(endpoint={sdk.collector.url!r}, exit_s=0.5, quiet=True)
talks.chat(sys.argv[1], "gpt-4o")
started = time.monotonic()
vedette_sdk.shutdown()
print(time.monotonic() - started)
"""
    try:
        assert float(run_python(code, provider.url)) < 20
    finally:
        release.set()


def test_calls_go_on_when_nobody_answers(sdk: Started, provider: Provider) -> None:
    sdk.start(endpoint="http://127.0.0.1:9", max_calls=3, exit_s=0.1)
    # Faults are counted for the whole process, and other tests make some.
    before = vedette_sdk.status()["faults"]
    for _ in range(6):
        assert SAID in str(talks.chat(provider.url, "gpt-4o"))
    assert vedette_sdk.flush(0.05) is False
    assert vedette_sdk.status()["waiting"] <= 3
    assert vedette_sdk.status()["faults"] == before


def test_what_is_refused_for_a_moment_is_sent_again(sdk: Started, provider: Provider) -> None:
    answers = iter([(503, b""), (429, b"")])
    sdk.collector.answer = lambda path, body: next(answers, (200, b"{}"))
    sdk.start()
    talks.chat(provider.url, "gpt-4o")
    assert len(sdk.spans()) == 1
    assert vedette_sdk.status()["lost"] == 0


def test_what_is_refused_for_good_is_counted(sdk: Started, provider: Provider) -> None:
    sdk.collector.answer = lambda path, body: (401, b"")
    sdk.start(api_key="wrong")
    talks.chat(provider.url, "gpt-4o")
    assert sdk.spans() == []
    assert (vedette_sdk.status()["lost"], vedette_sdk.status()["last_status"]) == (1, 401)


def test_the_key_goes_with_the_spans_and_is_never_shown(sdk: Started, provider: Provider) -> None:
    sdk.start(api_key="vk-secret")
    talks.chat(provider.url, "gpt-4o")
    sdk.spans()
    headers = {name.lower(): value for name, value in sdk.collector.requests[0][1].items()}
    assert headers["authorization"] == "Bearer vk-secret"
    watch = vedette_sdk.current.CURRENT.watch
    assert watch is not None
    assert "vk-secret" not in repr(watch.settings)
    assert str(KEY) not in repr(watch.settings)


def test_flush_on_a_loop_does_not_wait(sdk: Started, provider: Provider) -> None:
    sdk.start(interval_s=3600)

    async def on_a_loop() -> tuple[bool, bool]:
        async with talks.async_openai(provider.url) as client:
            await client.chat.completions.create(model="gpt-4o", messages=talks.MESSAGES)
        return vedette_sdk.flush(30), await vedette_sdk.flush_async(30)

    assert asyncio.run(on_a_loop()) == (False, True)
    assert len(sdk.collector.spans()) == 1


def test_sampling_keeps_whole_traces_or_none(sdk: Started, provider: Provider) -> None:
    sdk.start(sample_rate=0)

    @vedette_sdk.observe
    def work() -> Any:
        return talks.chat(provider.url, "gpt-4o")

    assert SAID in str(work())
    assert sdk.spans() == []


def test_the_gateway_is_told_whose_call_it_is(sdk: Started, provider: Provider) -> None:
    sdk.start(gateway=provider.url)
    talks.chat(provider.url, "gpt-4o")
    span = sdk.span()
    headers = {name.lower(): value for name, value in provider.requests[-1][1].items()}
    assert headers["traceparent"] == f"00-{span['traceId']}-{span['spanId']}-01"
    sdk.start()
    talks.chat(provider.url, "gpt-4o")
    assert "traceparent" not in {name.lower() for name in provider.requests[-1][1]}


def test_threads_lose_nothing(sdk: Started, provider: Provider) -> None:
    sdk.start()
    client = talks.openai_client(provider.url)

    def several() -> None:
        for _ in range(10):
            client.chat.completions.create(model="gpt-4o", messages=talks.MESSAGES)

    threads = [threading.Thread(target=several) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({span["spanId"] for span in sdk.spans()}) == 60


@pytest.mark.slow
def test_anthropics_own_spans_are_not_counted_beside_ours(sdk: Started, provider: Provider) -> None:
    code = f"""
import sys
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
own = TracerProvider()
trace.set_tracer_provider(own)
import vedette_sdk
from sdks.python.tests import talks
vedette_sdk.init(endpoint={sdk.collector.url!r}, quiet=True)
own.add_span_processor(vedette_sdk.span_processor())
talks.message(sys.argv[1], "claude-of-ours")
list(talks.message_stream(sys.argv[1], "claude-of-ours"))
with own.get_tracer("app").start_as_current_span("work"):
    talks.message(sys.argv[1], "claude-of-ours")
"""
    run_python(code, provider.url)
    spans = sdk.collector.wait_spans(4)
    names = sorted(span["name"] for span in spans)
    assert names == ["chat claude-of-ours"] * 3 + ["work"], json.dumps(spans)


def test_faults_of_the_sdk_stay_with_it(sdk: Started, provider: Provider) -> None:
    class Strange(dict[str, Any]):
        def items(self) -> Any:
            raise RuntimeError("not today")

    sdk.start()
    client = talks.openai_client(provider.url)
    watch = vedette_sdk.current.CURRENT.watch
    assert watch is not None
    watch.keeper = None  # type: ignore[assignment]
    assert SAID in str(client.chat.completions.create(model="gpt-4o", messages=talks.MESSAGES))
    assert vedette_sdk.flush(20.0)
    assert vedette_sdk.status()["faults"] >= 1


def test_waiting_is_bounded_by_bytes(sdk: Started) -> None:
    from vedette_sdk.buffer import Buffer

    buffer: Buffer[int] = Buffer(1_000, 1_000)
    for number in range(100):
        buffer.put(number, 100)
    assert (len(buffer), buffer.size_bytes, buffer.dropped) == (10, 1_000, 90)
    assert buffer.take(3) == [90, 91, 92]
    buffer.put(-1, 5_000)
    assert len(buffer) == 0
    assert time.monotonic()
