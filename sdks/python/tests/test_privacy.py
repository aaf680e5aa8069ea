"""What leaves the process in each mode: every byte that was sent is searched."""

import json
import re
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.provider import SAID, WORDS, Provider
from sdks.python.tests.started import KEY, Started
from vedette_sdk.features.hashing import TextHasher
from vedette_sdk.features.writing import read_print

SECRETS = (
    "unguessable", "Zanzibar", "anna@example.com", talks.SYSTEM, SAID, *map(str.strip, WORDS),
    "Cologne", "secret-prompt", "get_weather", "my own words", "weather tool described",
)  # fmt: skip
PROMPT = "The unguessable Zanzibar affair of anna@example.com"


class Failed(Exception):
    """An error of a program that quotes what it was asked."""


def say_everything(provider: Provider) -> None:
    """Calls of all kinds with texts in every place that can hold one."""
    client = talks.openai_client(provider.url)
    said: list[Any] = [
        {"role": "system", "content": talks.SYSTEM}, {"role": "user", "content": PROMPT},
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "c1", "type": "function",
             "function": {"name": "get_weather", "arguments": '{"city": "Zanzibar"}'}}]},
        {"role": "tool", "tool_call_id": "c1", "content": "unguessable weather"},
    ]  # fmt: skip
    described = {"name": "get_weather", "description": "weather tool described"}
    tool = {"type": "function", "function": described}
    client.chat.completions.create(model="gpt-4o", messages=said, stop=["my own words"])
    client.chat.completions.create(model="gpt-4o", messages=said, tools=[tool])
    list(client.chat.completions.create(model="gpt-4o", messages=said, stream=True))
    client.responses.create(model="gpt-4o", input=PROMPT, instructions=talks.SYSTEM)
    client.embeddings.create(model="text-embedding-3-small", input=PROMPT)
    with pytest.raises(Exception, match="429"):
        client.chat.completions.create(model="fail-gpt", messages=said)
    anthropic = talks.anthropic_client(provider.url)
    anthropic.messages.create(
        model="claude-of-ours", max_tokens=9, system=talks.SYSTEM,
        messages=[{"role": "user", "content": PROMPT}],
    )  # fmt: skip
    talks.google_client(provider.url).models.generate_content(
        model="gemini-2.5-flash", contents=PROMPT
    )
    asked = [{"role": "user", "content": [{"text": PROMPT}]}]
    bedrock = talks.bedrock_client(provider.url)
    bedrock.converse(modelId="amazon.nova-lite-v1:0", messages=asked)
    list(bedrock.converse_stream(modelId="amazon.nova-lite-v1:0", messages=asked)["stream"])
    talks.ollama_client(provider.url).chat(
        model="llama3.2", messages=[{"role": "user", "content": PROMPT}]
    )

    @vedette_sdk.observe
    def work(question: str) -> str:
        return f"{question} {SAID}"

    @vedette_sdk.observe(kind="tool")
    def breaks(question: str) -> None:
        raise Failed(question)

    work(PROMPT)
    with pytest.raises(Failed):
        breaks(PROMPT)
    with vedette_sdk.guarded("pii", on_fail="redact") as guard:
        guard.check(PROMPT)
    with vedette_sdk.context(session="s1"):
        vedette_sdk.score("quality", 0.5, trace_id="1" * 32, span_id="1" * 16, comment=PROMPT)


@pytest.mark.parametrize("mode", ["hash", "features"])
def test_no_text_of_a_prompt_or_an_answer_leaves(
    sdk: Started, provider: Provider, mode: str
) -> None:
    sdk.start(privacy=mode)
    say_everything(provider)
    spans = sdk.spans()
    assert len(spans) == 14
    assert sdk.collector.events()
    sent = sdk.collector.everything.decode()
    allowed = ("get_weather",) if mode == "features" else ()
    found = [text for text in SECRETS if text in sent and text not in allowed]
    assert not found
    words = set(re.findall(r"[a-z]{5,}", sent.lower()))
    assert not words & {"trains", "unguessable", "zanzibar", "affair", "leaves", "cologne"}


def test_hash_mode_sends_the_fingerprint_and_all_figures(sdk: Started, provider: Provider) -> None:
    sdk.start()
    talks.chat_tool(provider.url, "gpt-4o")
    said = sdk.said()
    kept = read_print(said["vedette.fingerprint"])
    hasher = TextHasher(KEY)
    assert kept is not None
    assert kept.template == hasher.text(talks.SYSTEM)
    assert kept.input is not None
    assert kept.input.hash == hasher.text(talks.QUESTION)
    assert kept.answer is not None
    assert kept.answer.tools == (hasher.text("get_weather"),)
    assert said["gen_ai.usage.input_tokens"] == 100
    assert "gen_ai.input.messages" not in said


def test_hashes_need_the_key(sdk: Started, provider: Provider) -> None:
    sdk.start()
    talks.chat(provider.url, "gpt-4o")
    one = sdk.said()["vedette.fingerprint"]
    sdk.start(hash_key=b"another key of some project")
    talks.chat(provider.url, "gpt-4o")
    other = sdk.spans()[-1]["attributes"]["vedette.fingerprint"]
    first, second = read_print(one), read_print(other)
    assert first is not None
    assert second is not None
    assert first.input is not None
    assert second.input is not None
    assert first.input.hash != second.input.hash
    assert first.input.chars == second.input.chars


def test_features_mode_tells_roles_sizes_and_tools(sdk: Started, provider: Provider) -> None:
    sdk.start(privacy="features")
    talks.chat_tool(provider.url, "gpt-4o")
    said = sdk.said()
    asked = json.loads(said["gen_ai.input.messages"])
    assert asked[1] == {
        "role": "user", "parts": [{"type": "text", "chars": len(talks.QUESTION)}]
    }  # fmt: skip
    [answer] = json.loads(said["gen_ai.output.messages"])
    assert answer["parts"] == [{"type": "tool_call", "name": "get_weather"}]


def test_redacted_mode_replaces_personal_data(sdk: Started, provider: Provider) -> None:
    sdk.start(privacy="redacted")
    client = talks.openai_client(provider.url)
    client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": PROMPT}])
    assert "unguessable Zanzibar affair of [email]" in sdk.said()["gen_ai.input.messages"]
    assert b"anna@example.com" not in sdk.collector.everything


def test_users_are_hashed_unless_texts_are_kept(sdk: Started, provider: Provider) -> None:
    sdk.start()
    with vedette_sdk.context(user="anna", session="s1", tags=["beta"]):
        talks.chat(provider.url, "gpt-4o")
    said = sdk.said()
    assert said["user.id"] == TextHasher(KEY).text("anna")
    assert (said["gen_ai.conversation.id"], said["vedette.tags"]) == ("s1", ["beta"])


def test_spans_of_others_are_stripped(sdk: Started) -> None:
    from opentelemetry.sdk.trace import TracerProvider

    sdk.start()
    own = TracerProvider()
    own.add_span_processor(vedette_sdk.span_processor())
    with own.get_tracer("elsewhere").start_as_current_span("chat gpt-4o") as span:
        span.set_attribute("gen_ai.request.model", "gpt-4o")
        span.set_attribute("gen_ai.prompt.0.content", PROMPT)
        span.set_attribute("input.value", PROMPT)
        span.set_attribute("gen_ai.usage.input_tokens", 3)
        span.add_event("gen_ai.user.message", {"content": PROMPT})
        span.record_exception(Failed(PROMPT))
    assert sdk.said() == {"gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 3}
    assert b"Zanzibar" not in sdk.collector.everything
