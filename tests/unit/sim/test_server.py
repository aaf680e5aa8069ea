"""The simulated provider over real sockets, mostly through the official client."""

import http.client
import json
import socket
import struct
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest
from openai import OpenAI

from tests.support.sim import running_sim

HELLO: Any = [{"role": "user", "content": "Hello there, you"}]
TOOL: Any = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_sim() as found:
        yield found


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=url, api_key="sk-any", max_retries=0, timeout=10) as made:
        yield made


def post(url: str, path: str, body: bytes, method: str = "POST") -> tuple[int, Any, Any]:
    """Status, headers and body of one request."""
    split = urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=10)
    try:
        connection.request(method, split.path + path, body)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_a_chat_has_the_tokens_asked_for_and_says_it_is_simulated(client: OpenAI) -> None:
    answer = client.chat.completions.with_raw_response.create(
        model="sim/chat", messages=HELLO, max_tokens=12
    )
    assert answer.headers["x-simulated"] == "true"
    chat = answer.parse()
    text = chat.choices[0].message.content
    assert text is not None
    assert text.startswith("Simulated")
    assert len(text.split()) == 12
    assert chat.system_fingerprint == "sim"
    assert chat.usage is not None
    assert (chat.usage.prompt_tokens, chat.usage.completion_tokens) == (3, 12)


def test_the_stream_says_the_same(client: OpenAI) -> None:
    whole = client.chat.completions.create(model="chat", messages=HELLO)
    text, usage = "", None
    for chunk in client.chat.completions.create(
        model="chat", messages=HELLO, stream=True, stream_options={"include_usage": True}
    ):
        usage = chunk.usage or usage
        if chunk.choices:
            text += chunk.choices[0].delta.content or ""
    assert text == whole.choices[0].message.content
    assert usage == whole.usage


def test_equal_requests_get_equal_bytes(url: str) -> None:
    body = json.dumps({"model": "chat", "messages": HELLO, "stream": True}).encode()
    answers = {post(url, "/chat/completions", body)[2] for _ in range(3)}
    assert len(answers) == 1
    assert answers.pop().endswith(b"data: [DONE]\n\n")


def test_tools_are_called_and_their_results_answered(client: OpenAI) -> None:
    messages: Any = [*HELLO]
    first = client.chat.completions.create(
        model="chat", messages=messages, tools=[TOOL], metadata={"sim_tool_calls": "2"}
    )
    calls = first.choices[0].message.tool_calls or []
    assert [call.type for call in calls] == ["function", "function"]
    assert first.choices[0].finish_reason == "tool_calls"
    messages.append(first.choices[0].message)
    for call in calls:
        assert call.type == "function"
        assert json.loads(call.function.arguments)["city"]
        messages.append({"role": "tool", "tool_call_id": call.id, "content": "sunny"})
    second = client.chat.completions.create(
        model="chat", messages=messages, tools=[TOOL], metadata={"sim_tool_calls": "2"}
    )
    assert second.choices[0].message.content
    assert not second.choices[0].message.tool_calls


def test_embeddings_models_and_completions_work(client: OpenAI) -> None:
    vectors = client.embeddings.create(model="sim/embed", input=["a b", "c"], dimensions=16)
    assert [len(one.embedding) for one in vectors.data] == [16, 16]
    assert vectors.usage.prompt_tokens == 3
    assert [model.id for model in client.models.list()] == ["chat", "embed"]
    assert client.models.retrieve("embed").owned_by == "simulated"
    text = client.completions.create(model="chat", prompt="Once", max_tokens=5)
    assert len(text.choices[0].text.split()) == 5
    parts = client.completions.create(model="chat", prompt="Once", max_tokens=5, stream=True)
    assert "".join(part.choices[0].text for part in parts) == text.choices[0].text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("400", openai.BadRequestError),
        ("401", openai.AuthenticationError),
        ("404", openai.NotFoundError),
        ("429", openai.RateLimitError),
        ("500", openai.InternalServerError),
        ("503", openai.InternalServerError),
    ],
)
def test_errors_are_the_client_s_own(
    client: OpenAI, code: str, kind: type[openai.APIStatusError]
) -> None:
    with pytest.raises(kind) as raised:
        client.chat.completions.create(
            model="chat", messages=HELLO, metadata={"sim_error": code, "sim_retry_after_s": "7"}
        )
    assert raised.value.status_code == int(code)
    expected = "7" if code in ("429", "503") else None
    assert raised.value.response.headers.get("retry-after") == expected


def test_a_stream_can_be_cut(url: str) -> None:
    steered = {"sim_error": "cut", "sim_error_after": "2"}
    body = {"model": "chat", "messages": HELLO, "stream": True, "metadata": steered}
    with pytest.raises(http.client.IncompleteRead) as broken:
        post(url, "/chat/completions", json.dumps(body).encode())
    assert broken.value.partial.count(b"data: ") == 3


def test_a_whole_answer_can_be_cut(url: str) -> None:
    body = {"model": "chat", "messages": HELLO, "metadata": {"sim_error": "cut"}}
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        post(url, "/chat/completions", json.dumps(body).encode())


def test_an_error_event_ends_a_stream(client: OpenAI) -> None:
    stream = client.chat.completions.create(
        model="chat", messages=HELLO, stream=True, metadata={"sim_error": "error_event"}
    )
    with pytest.raises(openai.APIError, match="middle of the stream"):
        list(stream)


def test_a_stall_lasts_until_the_client_leaves(url: str) -> None:
    split = urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=0.3)
    body = {"model": "chat", "messages": HELLO, "stream": True, "metadata": {"sim_error": "stall"}}
    connection.request("POST", "/v1/chat/completions", json.dumps(body))
    response = connection.getresponse()
    with pytest.raises(TimeoutError):
        response.read()
    connection.close()


def test_delays_pass_before_the_head_and_between_chunks(client: OpenAI) -> None:
    began = time.monotonic()
    steered = {"sim_delay_ms": "60", "sim_chunk_delay_ms": "20", "sim_chunk_tokens": "5"}
    stream = client.chat.completions.create(
        model="chat", messages=HELLO, max_tokens=20, stream=True, metadata=steered
    )
    at = [time.monotonic() - began for chunk in stream if chunk.choices[0].delta.content]
    assert len(at) == 4
    assert at[0] >= 0.06
    assert at[-1] - at[0] >= 0.05


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/chat/completions", b"{", 400),
        ("POST", "/chat/completions", b'{"model":"chat"}', 400),
        ("POST", "/chat/completions", b'{"model":"gpt-4o","messages":[]}', 404),
        ("GET", "/chat/completions", b"", 405),
        ("POST", "/models", b"{}", 405),
        ("POST", "/audio/speech", b"{}", 404),
        ("GET", "/models/gpt-4o", b"", 404),
    ],
)
def test_a_bad_request_gets_openai_s_error(
    url: str, method: str, path: str, body: bytes, status: int
) -> None:
    got, headers, answer = post(url, path, body, method)
    assert got == status
    assert headers["x-simulated"] == "true"
    assert json.loads(answer)["error"]["message"]


def test_a_client_that_reads_slowly_gets_all_of_a_long_stream(url: str) -> None:
    body = json.dumps(
        {"model": "chat", "messages": HELLO, "stream": True, "max_tokens": 20_000}
    ).encode()
    split = urlsplit(url)
    sock = socket.socket()
    sock.settimeout(10)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    sock.connect((split.hostname, split.port))
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    sock.sendall(head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    got = b"".join(iter(lambda: sock.recv(65536), b""))
    sock.close()
    assert got.count(b'"content":" ') == 19_999
    assert got.endswith(b"0\r\n\r\n")


def test_a_client_that_resets_does_not_hurt_the_others(url: str, client: OpenAI) -> None:
    split = urlsplit(url)
    sock = socket.create_connection((split.hostname, split.port))
    body = b'{"model":"chat","messages":[{"role":"user","content":"x"}],"stream":true}'
    sock.sendall(
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        % (len(body), body)
    )
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()
    assert client.chat.completions.create(model="chat", messages=HELLO).choices


def test_a_closed_server_refuses() -> None:
    with running_sim() as url:
        assert post(url, "/models", b"", "GET")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        post(url, "/models", b"", "GET")
