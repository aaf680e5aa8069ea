"""What is found without a file: keys, and servers that say who they are."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter

import pytest

from vedette.config.discovery import PROBE_S, discover
from vedette.config.load import Discovered
from vedette.config.schema import Config
from vedette.model.catalogue import Kinds, Probe, ProviderKind
from vedette.providers.catalogue import load_kinds

MODELS = {"object": "list", "data": [{"id": "m", "owned_by": "vllm"}]}


def keys_only() -> Kinds:
    return {name: kind for name, kind in load_kinds().items() if kind.probe is None}


def server_kind(port: int, *, has: str = "", owned_by: str = "") -> Kinds:
    probe = Probe(port=port, path="/v1/models", has=has, owned_by=owned_by)
    return {"vllm": ProviderKind(title="vLLM", local=True, probe=probe)}


def find(env: dict[str, str], kinds: Kinds | None = None) -> Discovered:
    return discover(env, Config(), keys_only() if kinds is None else kinds)


def names(found: Discovered) -> list[str]:
    return [str(settings["name"]) for _, settings in found.providers]


def told(found: Discovered, kind: str) -> str:
    return "\n".join(notice.text for notice in found.notices if notice.kind == kind)


@contextmanager
def server(answer: bytes, *, silent: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    """A loopback server that answers each connection with these bytes, or with nothing."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                seen.append(connection.recv(65_536))
                if silent:
                    held.append(connection)
                    continue
                connection.sendall(answer)
                connection.close()

        held: list[socket.socket] = []
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1], seen
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for connection in held:
                connection.close()


def http(body: object, status: str = "200 OK") -> bytes:
    return f"HTTP/1.0 {status}\r\ncontent-type: application/json\r\n\r\n{json.dumps(body)}".encode()


def test_keys_become_providers_in_the_order_of_the_catalogue() -> None:
    env = {
        "GROQ_API_KEY": "g",
        "ANTHROPIC_API_KEY": "a",
        "OPENAI_API_KEY": "o",
        "GOOGLE_API_KEY": "k",
    }
    found = find(env)
    assert names(found) == ["openai", "anthropic", "gemini", "groq"]
    assert "OpenAI (OPENAI_API_KEY) as 'openai'" in told(found, "found")
    assert "no key in MISTRAL_API_KEY" in told(found, "missing").replace(
        "AZURE_OPENAI_API_KEY, ", ""
    )


def test_no_secret_is_told() -> None:
    found = find({"OPENAI_API_KEY": "hunter2", "AWS_BEARER_TOKEN_BEDROCK": "hunter2"})
    assert "hunter2" not in repr(found.notices)


def test_nothing_found_says_what_to_do() -> None:
    found = find({"OPENAI_API_KEY": "  "})
    assert not found.providers
    assert "OPENAI_API_KEY" in told(found, "missing")
    assert "sim/chat" in told(found, "next")


def test_an_address_in_the_environment_is_honoured() -> None:
    found = find({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://eu.api.openai.com/v1"})
    assert found.providers[0][1]["base_url"] == "https://eu.api.openai.com/v1"
    assert found.providers[0][0] == "environment OPENAI_API_KEY and OPENAI_BASE_URL"


@pytest.mark.parametrize("url", ["nonsense", "https://me:hunter2@proxy.example/v1"])
def test_a_key_whose_address_is_wrong_goes_nowhere(url: str) -> None:
    found = find({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": url})
    assert found.providers == ()
    assert "OpenAI: OPENAI_BASE_URL is no use: expected a URL" in told(found, "missing")
    assert "hunter2" not in told(found, "missing")


@pytest.mark.parametrize("url", ["http://127.0.0.1:4000/v1", "http://localhost:4000/v1"])
def test_an_address_that_cannot_be_meant_is_ignored(url: str) -> None:
    found = find({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": url})
    assert "base_url" not in found.providers[0][1]
    assert "OPENAI_BASE_URL is ignored" in told(found, "missing")


def test_azure_needs_its_endpoint() -> None:
    alone = find({"AZURE_OPENAI_API_KEY": "k"})
    assert not alone.providers
    assert "AZURE_OPENAI_ENDPOINT is not" in told(alone, "missing")
    both = find(
        {"AZURE_OPENAI_API_KEY": "k", "AZURE_OPENAI_ENDPOINT": "https://n.openai.azure.com/"}
    )
    assert both.providers[0][1]["base_url"] == "https://n.openai.azure.com/"


def test_bedrock_needs_a_credential_and_a_region() -> None:
    env = {"AWS_BEARER_TOKEN_BEDROCK": "k"}
    assert "AWS_REGION is not" in told(find(env), "missing")
    found = find({**env, "AWS_REGION": "eu-west-1"})
    assert found.providers == (
        (
            "environment AWS_BEARER_TOKEN_BEDROCK",
            {"name": "bedrock", "kind": "bedrock", "api_key": "k", "aws": {"region": "eu-west-1"}},
        ),
    )
    assert "Amazon Bedrock (AWS_BEARER_TOKEN_BEDROCK, region eu-west-1) as 'bedrock'" in told(
        found, "found"
    )


def test_a_local_server_that_says_who_it_is_is_found() -> None:
    with server(http(MODELS)) as (port, seen):
        found = find({}, server_kind(port, owned_by="vllm"))
    assert found.providers == (
        (
            f"server on 127.0.0.1:{port}",
            {"name": "vllm", "kind": "vllm", "base_url": f"http://127.0.0.1:{port}/v1"},
        ),
    )
    assert seen[0].startswith(b"GET /v1/models HTTP/1.0\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        http({"data": [{"id": "m", "owned_by": "somebody"}]}),
        http({"data": {"owned_by": "vllm"}}),
        http(["vllm"]),
        http(MODELS, "401 Unauthorized"),
        b"HTTP/1.0 200 OK\r\n\r\n<html>",
        b"SSH-2.0-OpenSSH\r\n",
        b"\xff" * 1_000,
        b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 100_000,
        b"",
    ],
)
def test_a_port_that_merely_answers_is_not_taken_for_the_server(answer: bytes) -> None:
    with server(answer) as (port, _):
        found = find({}, server_kind(port, owned_by="vllm"))
    assert not found.providers
    assert f"no local vLLM (:{port})" in told(found, "missing")


def test_a_key_of_the_answer_can_be_the_sign() -> None:
    with server(http({"version": "0.9"})) as (port, _):
        assert names(find({}, server_kind(port, has="version"))) == ["vllm"]
        assert not names(find({}, server_kind(port, has="other")))


def test_silent_servers_cost_one_deadline_together() -> None:
    with ExitStack() as stack:
        ports = [stack.enter_context(server(b"", silent=True))[0] for _ in range(12)]
        kinds = {str(port): server_kind(port, has="x")["vllm"] for port in ports}
        started = perf_counter()
        found = find({}, kinds)
        took = perf_counter() - started
    assert not found.providers
    # One after the other they would take twelve deadlines; half of that is room for a busy machine.
    assert PROBE_S <= took < 6 * PROBE_S


def test_the_port_of_the_gateway_is_not_asked() -> None:
    with server(http(MODELS)) as (port, seen):
        config = Config.model_validate({"gateway": {"listen": f"127.0.0.1:{port}"}})
        found = discover({}, config, server_kind(port, owned_by="vllm"))
    assert not found.providers
    assert not seen


def test_discovery_works_inside_a_running_event_loop() -> None:
    async def run(kinds: Kinds) -> Discovered:
        return find({}, kinds)

    with server(http(MODELS)) as (port, _):
        assert names(asyncio.run(run(server_kind(port, owned_by="vllm")))) == ["vllm"]
