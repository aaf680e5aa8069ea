"""Official clients in all the ways they are called: each call is one span, field by field.

Runs with the versions that are installed; with others by another Python that has them, the SDK's
dependencies and pytest: `PYTHONPATH=.:sdks/python/src PYTHON -m pytest -c /dev/null
--rootdir . --import-mode=importlib sdks/python/tests/test_clients.py`.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sdks.python.tests import talks
from sdks.python.tests.provider import CITY, SAID, Provider
from sdks.python.tests.started import Started

USAGE = {"input_tokens": 100, "output_tokens": 20, "cache_read.input_tokens": 40}
OPENAI_USAGE = {**USAGE, "reasoning.output_tokens": 5}
ASKED = [
    {"role": "system", "parts": [{"type": "text", "content": talks.SYSTEM}]},
    {"role": "user", "parts": [{"type": "text", "content": talks.QUESTION}]},
]


class Client:
    """What the spans of a client have in common."""

    def __init__(
        self, module: str, model: str, provider: str, answered_by: str, usage: dict[str, int]
    ) -> None:
        self.module = module
        self.model = model
        self.provider = provider
        self.answered_by = answered_by
        self.usage = usage


OPENAI = Client("openai", "gpt-4o", "openai", "gpt-4o-2024-08-06", OPENAI_USAGE)
ANTHROPIC = Client(
    "anthropic", "claude-of-ours", "anthropic", "claude-of-ours",
    {**USAGE, "cache_write.input_tokens": 10},
)  # fmt: skip
GOOGLE = Client(
    "google.genai", "gemini-2.5-flash", "gcp.gemini", "gemini-2.5-flash-001", OPENAI_USAGE
)
BEDROCK = Client("boto3", "amazon.nova-lite-v1:0", "aws.bedrock", "", USAGE)
OLLAMA = Client(
    "ollama", "llama3.2", "ollama", "llama3.2", {"input_tokens": 100, "output_tokens": 20}
)
STREAMED_CHAT = Client("openai", "gpt-4o", "openai", "gpt-4o-2024-08-06", {})
"""A streamed chat tells no usage unless it is asked to."""

Case = tuple[Client, Callable[[str, str], Any]]
TALKS: tuple[Case, ...] = (
    *((OPENAI, talk) for talk in (
        talks.chat, talks.chat_async, talks.chat_parse, talks.chat_raw,
        talks.chat_streaming_response, talks.responses, talks.responses_async,
    )),
    *((ANTHROPIC, talk) for talk in (
        talks.message, talks.message_async, talks.message_beta, talks.message_raw,
    )),
    (GOOGLE, talks.generate), (GOOGLE, talks.generate_async), (BEDROCK, talks.converse),
    (OLLAMA, talks.ollama_chat), (OLLAMA, talks.ollama_async),
)  # fmt: skip
STREAMS: tuple[Case, ...] = (
    *((STREAMED_CHAT, talk) for talk in (
        talks.chat_stream, talks.chat_stream_async, talks.chat_helper, talks.chat_raw_stream,
    )),
    (OPENAI, talks.responses_stream), (OPENAI, talks.responses_helper),
    *((ANTHROPIC, talk) for talk in (
        talks.message_stream, talks.message_stream_async, talks.message_helper,
    )),
    (GOOGLE, talks.generate_stream), (GOOGLE, talks.generate_stream_async),
    (BEDROCK, talks.converse_stream), (OLLAMA, talks.ollama_stream),
    (OLLAMA, talks.ollama_stream_async),
)  # fmt: skip
TOOLS: tuple[Case, ...] = (
    (OPENAI, talks.chat_tool), (STREAMED_CHAT, talks.chat_tool_stream),
    (OPENAI, talks.responses_tool), (ANTHROPIC, talks.message_tool),
    (ANTHROPIC, talks.message_tool_stream), (GOOGLE, talks.generate_tool),
    (BEDROCK, talks.converse_tool), (BEDROCK, talks.converse_tool_stream),
    (OLLAMA, talks.ollama_tool),
)  # fmt: skip
ERRORS: tuple[tuple[Client, Callable[[str, str], Any], str], ...] = (
    (OPENAI, talks.chat, "openai.RateLimitError"),
    (OPENAI, talks.chat_async, "openai.RateLimitError"),
    (OPENAI, talks.chat_stream, "openai.RateLimitError"),
    (OPENAI, talks.responses, "openai.RateLimitError"),
    (ANTHROPIC, talks.message, "anthropic.RateLimitError"),
    (ANTHROPIC, talks.message_helper, "anthropic.RateLimitError"),
    (GOOGLE, talks.generate, "google.ClientError"),
    (GOOGLE, talks.generate_stream, "google.ClientError"),
    (BEDROCK, talks.converse, ""),
    (OLLAMA, talks.ollama_chat, "ollama.ResponseError"),
    (OLLAMA, talks.ollama_stream, "ollama.ResponseError"),
)


def named(value: Any) -> str | None:
    return value.module if isinstance(value, Client) else getattr(value, "__name__", None)


def talk_with(client: Client, talk: Callable[[str, str], Any], provider: Provider) -> Any:
    if not talks.is_there(client.module):
        pytest.skip(f"{client.module} is not installed")
    try:
        return talk(provider.url, client.model)
    except (AttributeError, TypeError) as error:
        if "stream" in str(error) or "parse" in str(error) or "responses" in str(error):
            pytest.skip(f"this version has no such method: {error}")
        raise


def check_call(said: dict[str, Any], client: Client) -> None:
    assert said["gen_ai.operation.name"] == "chat"
    assert said["gen_ai.provider.name"] == client.provider
    assert said["gen_ai.request.model"] == client.model
    assert said.get("gen_ai.response.model", "") == client.answered_by
    usage = {
        name.removeprefix("gen_ai.usage."): value
        for name, value in said.items()
        if name.startswith("gen_ai.usage.")
    }
    assert usage == client.usage
    assert json.loads(said["gen_ai.input.messages"]) == ASKED
    assert said["vedette.fingerprint"]


@pytest.mark.parametrize(("client", "talk"), TALKS, ids=named)
def test_a_call_is_one_span(
    watched: Started, provider: Provider, client: Client, talk: Callable[[str, str], Any]
) -> None:
    assert SAID in str(talk_with(client, talk, provider))
    span = watched.span()
    said = span["attributes"]
    check_call(said, client)
    assert span["name"] == f"chat {client.model}"
    assert span["kind"] == 3
    assert span["status"] == {"code": 0}
    assert said["gen_ai.response.finish_reasons"] == ["stop"]
    [answer] = json.loads(said["gen_ai.output.messages"])
    assert answer["parts"] == [{"type": "text", "content": SAID}]
    assert "gen_ai.request.stream" not in said


@pytest.mark.parametrize(("client", "talk"), STREAMS, ids=named)
def test_a_stream_is_one_span_with_the_whole_answer(
    watched: Started, provider: Provider, client: Client, talk: Callable[[str, str], Any]
) -> None:
    assert "noon" in str(talk_with(client, talk, provider))
    span = watched.span()
    said = span["attributes"]
    check_call(said, client)
    assert said["gen_ai.response.finish_reasons"] == ["stop"]
    [answer] = json.loads(said["gen_ai.output.messages"])
    assert "".join(part["content"] for part in answer["parts"]) == SAID
    assert said["gen_ai.request.stream"] is True
    seconds = (int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"])) / 1e9
    assert 0 < said["gen_ai.response.time_to_first_chunk"] <= seconds
    assert "vedette.stream.abandoned" not in said


@pytest.mark.parametrize(("client", "talk"), TOOLS, ids=named)
def test_a_call_of_a_tool_is_seen(
    watched: Started, provider: Provider, client: Client, talk: Callable[[str, str], Any]
) -> None:
    talk_with(client, talk, provider)
    said = watched.said()
    check_call(said, client)
    assert said["gen_ai.response.finish_reasons"] == ["tool_calls"]
    assert said["vedette.tool_calls"] == 1
    [answer] = json.loads(said["gen_ai.output.messages"])
    [call] = answer["parts"]
    assert (call["type"], call["name"], call["arguments"]) == ("tool_call", "get_weather", CITY)
    [tool] = json.loads(said["gen_ai.tool.definitions"])
    assert tool["name"] == "get_weather"


@pytest.mark.parametrize(("client", "talk", "kind"), ERRORS, ids=named)
def test_an_error_is_told_and_raised(
    watched: Started, provider: Provider, client: Client, talk: Callable[[str, str], Any],
    kind: str,
) -> None:  # fmt: skip
    if not talks.is_there(client.module):
        pytest.skip(f"{client.module} is not installed")
    with pytest.raises(Exception, match=r"429|slow|Throttl|rate"):
        talk(provider.url, f"fail-{client.model}")
    span = watched.span()
    said = span["attributes"]
    assert span["status"]["code"] == 2
    if kind:
        assert said["error.type"] == kind
    assert json.loads(said["gen_ai.input.messages"]) == ASKED
    assert "gen_ai.output.messages" not in said


def test_completions_and_embeddings(watched: Started, provider: Provider) -> None:
    if not talks.is_there("openai"):
        pytest.skip("openai is not installed")
    client = talks.openai_client(provider.url)
    client.completions.create(model="gpt-3.5-turbo-instruct", prompt="Once")
    client.embeddings.create(model="text-embedding-3-small", input=["one", "two"])
    done, embedded = watched.spans()
    assert done["name"] == "text_completion gpt-3.5-turbo-instruct"
    assert done["attributes"]["gen_ai.usage.output_tokens"] == 20
    assert embedded["name"] == "embeddings text-embedding-3-small"
    assert embedded["attributes"]["gen_ai.usage.input_tokens"] == 7
    assert "vedette.fingerprint" not in embedded["attributes"]
    assert not any(isinstance(value, list) for value in embedded["attributes"].values())


def test_embeddings_of_others(watched: Started, provider: Provider) -> None:
    for module in ("google.genai", "ollama"):
        if not talks.is_there(module):
            pytest.skip(f"{module} is not installed")
    talks.google_client(provider.url).models.embed_content(
        model="gemini-embedding-001", contents="one"
    )
    talks.ollama_client(provider.url).embed(model="nomic-embed-text", input="one")
    names = [span["name"] for span in watched.spans()]
    assert names == ["embeddings gemini-embedding-001", "embeddings nomic-embed-text"]


def test_invoke_model_leaves_the_body_to_its_reader(watched: Started, provider: Provider) -> None:
    if not talks.is_there("boto3"):
        pytest.skip("boto3 is not installed")
    body = talks.invoke(provider.url, "anthropic.claude-3-haiku-20240307-v1:0")
    assert json.loads(body)["content"][0]["text"] == SAID
    said = watched.said()
    assert said["gen_ai.provider.name"] == "aws.bedrock"
    assert said["gen_ai.usage.input_tokens"] == 100
    assert json.loads(said["gen_ai.input.messages"]) == ASKED
