"""Bytes that a scripted upstream sends: whole answers as scripts of steps.

A script is a tuple of steps played one after the other on the socket. The builders below make
well-formed answers; the breakers turn any of them into one that stalls, is cut or is reset after
so many bytes. Bytes are this project's own, in the shapes that providers document.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Framing = Literal["length", "chunked", "close"]
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Send:
    """These bytes, as they are, in one write."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing for so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gate:
    """Nothing until the test calls `Upstream.open_gate(name)`."""

    name: str = "gate"


@dataclass(frozen=True, slots=True)
class Stall:
    """Nothing for ever: the connection stays open until the client closes it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Close the connection in order (FIN)."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Tear the connection down (RST); bytes on their way may be lost."""


Step = Send | Pause | Gate | Stall | Cut | Reset
Script = tuple[Step, ...]


def raw(*pieces: bytes) -> Script:
    """Exactly these bytes, one write for each piece: malformed heads, 1xx, extra bytes."""
    return tuple(Send(piece) for piece in pieces)


def answer(
    body: bytes,
    status: int = 200,
    *,
    headers: Headers = (),
    content_type: str = "application/json",
    framing: Framing = "length",
) -> Script:
    """A whole answer, head and body in one write."""
    return answer_in_pieces(
        [body], status, headers=headers, content_type=content_type, framing=framing, joined=True
    )


def answer_in_pieces(
    pieces: Sequence[bytes],
    status: int = 200,
    *,
    headers: Headers = (),
    content_type: str = "text/event-stream; charset=utf-8",
    framing: Framing = "chunked",
    gap: Step | None = None,
    joined: bool = False,
) -> Script:
    """An answer whose body is written piece by piece, with `gap` before each piece."""
    length = sum(map(len, pieces)) if framing == "length" else None
    head = response_head(status, content_type, headers, framing=framing, length=length)
    frames = [_chunk(piece) if framing == "chunked" else piece for piece in pieces]
    if framing == "chunked":
        frames.append(b"0\r\n\r\n")
    ending: Script = (Cut(),) if framing == "close" else ()
    if joined:
        return (Send(head + b"".join(frames)), *ending)
    steps: list[Step] = [Send(head)]
    for frame in frames:
        steps += [gap, Send(frame)] if gap else [Send(frame)]
    return (*steps, *ending)


def response_head(
    status: int, content_type: str, headers: Headers, *, framing: Framing, length: int | None
) -> bytes:
    """Status line and headers, with the framing header that belongs to `framing`."""
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Type: {content_type}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if framing == "length":
        lines.append(f"Content-Length: {length or 0}")
    elif framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
    else:
        lines.append("Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data) if data else b""


# ---- OpenAI shapes ----------------------------------------------------------------------------


def chat_body(text: str = "Hello there.", **changes: Any) -> bytes:
    """A chat completion that is not streamed; `changes` replace top-level fields."""
    answered: dict[str, Any] = {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 1763683200,
        "model": "m1-2026",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
        "system_fingerprint": "fp_test",
    }
    return json.dumps({**answered, **changes}).encode()


def chat_events(
    words: Iterable[str] = ("Hel", "lo ", "there."), *, usage: bool = False, done: bool = True
) -> list[bytes]:
    """The SSE events of a streamed chat completion, each with its blank line."""
    deltas: list[tuple[dict[str, Any], str | None]] = [({"role": "assistant", "content": ""}, None)]
    deltas += [({"content": word}, None) for word in words]
    deltas.append(({}, "stop"))
    chunks: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}
        for delta, finish in deltas
    ]
    if usage:
        counts = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
        chunks = [{**chunk, "usage": None} for chunk in chunks]
        chunks.append({"choices": [], "usage": counts})
    fixed = {
        "id": "chatcmpl-test",
        "object": "chat.completion.chunk",
        "created": 1763683200,
        "model": "m1-2026",
        "system_fingerprint": "fp_test",
    }
    events = [sse(json.dumps({**fixed, **chunk}).encode()) for chunk in chunks]
    return [*events, sse(b"[DONE]")] if done else events


def sse(data: bytes, event: str = "") -> bytes:
    """One server-sent event."""
    name = f"event: {event}\n".encode() if event else b""
    return b"%sdata: %s\n\n" % (name, data)


def error_body(
    message: str = "The server had an error.",
    type_: str = "server_error",
    code: str | None = None,
) -> bytes:
    """An error in the shape of OpenAI."""
    fields = {"message": message, "type": type_, "param": None, "code": code}
    return json.dumps({"error": fields}).encode()


def chat(text: str = "Hello there.", **changes: Any) -> Script:
    """A chat completion, not streamed."""
    return answer(chat_body(text, **changes), headers=[("x-request-id", "req_test")])


def chat_stream(
    words: Iterable[str] = ("Hel", "lo ", "there."),
    *,
    usage: bool = False,
    framing: Framing = "chunked",
    gap: Step | None = None,
) -> Script:
    """A streamed chat completion, one write for each event."""
    events = chat_events(words, usage=usage)
    headers = [("x-request-id", "req_test")]
    return answer_in_pieces(events, headers=headers, framing=framing, gap=gap)


def polite(method: str, path: str, body: bytes) -> Script:
    """A fitting answer to any request: models, an embedding, a chat, streamed when asked for."""
    if method == "GET":
        listed = [{"id": "m1", "object": "model", "created": 1, "owned_by": "test"}]
        return answer(json.dumps({"object": "list", "data": listed}).encode())
    try:
        asked = json.loads(body)
    except ValueError:
        return answer(b'{"object":"other"}')
    if path.endswith("/embeddings"):
        vector = {"object": "embedding", "index": 0, "embedding": [0.6, 0.8]}
        usage = {"prompt_tokens": 2, "total_tokens": 2}
        embedded = {"object": "list", "data": [vector], "model": "e1", "usage": usage}
        return answer(json.dumps(embedded).encode())
    if isinstance(asked, dict) and asked.get("stream"):
        options = asked.get("stream_options") or {}
        return chat_stream(usage=bool(options.get("include_usage")))
    return chat()


def error(status: int, *, headers: Headers = (), message: str = "No.") -> Script:
    """An error answer in the shape of OpenAI."""
    return answer(error_body(message), status, headers=headers)


# ---- breaking an answer -----------------------------------------------------------------------


def after(script: Script, sent_bytes: int, *ending: Step) -> Script:
    """The first `sent_bytes` bytes of `script`, then `ending`; pauses before that point stay."""
    kept: list[Step] = []
    left = sent_bytes
    for step in script:
        if isinstance(step, Send):
            if left <= 0:
                break
            kept.append(Send(step.data[:left]))
            left -= len(step.data)
        elif left > 0:
            kept.append(step)
    return (*kept, *ending)


def delayed(script: Script, seconds: float) -> Script:
    """The same answer, its head late."""
    return (Pause(seconds), *script)


def gated(script: Script, name: str = "gate") -> Script:
    """The same answer, its head held until the test opens the gate."""
    return (Gate(name), *script)


def stalled_after(script: Script, sent_bytes: int) -> Script:
    return after(script, sent_bytes, Stall())


def cut_after(script: Script, sent_bytes: int) -> Script:
    return after(script, sent_bytes, Cut())


def reset_after(script: Script, sent_bytes: int) -> Script:
    return after(script, sent_bytes, Reset())


def size(script: Script) -> int:
    """How many bytes the script sends in all."""
    return sum(len(step.data) for step in script if isinstance(step, Send))
