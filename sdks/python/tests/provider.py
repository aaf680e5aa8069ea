"""A provider that speaks all the APIs: what it answers depends on what it is asked.

Tools in the request give a call of the first one; the model `fail` a 429; in streams the model
`cut` an answer that breaks off.
"""

import binascii
import json
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SAID = "The next train leaves at noon."
WORDS = ["The next ", "train leaves ", "at noon."]
CITY = {"city": "Cologne"}
CHAT_USAGE = {
    "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120,
    "prompt_tokens_details": {"cached_tokens": 40},
    "completion_tokens_details": {"reasoning_tokens": 5},
}  # fmt: skip
RESPONSES_USAGE = {
    "input_tokens": 100, "output_tokens": 20, "total_tokens": 120,
    "input_tokens_details": {"cached_tokens": 40},
    "output_tokens_details": {"reasoning_tokens": 5},
}  # fmt: skip
ANTHROPIC_USAGE = {
    "input_tokens": 50, "output_tokens": 20, "cache_read_input_tokens": 40,
    "cache_creation_input_tokens": 10,
}  # fmt: skip
GEMINI_USAGE = {
    "promptTokenCount": 100, "candidatesTokenCount": 15, "totalTokenCount": 120,
    "cachedContentTokenCount": 40, "thoughtsTokenCount": 5,
}  # fmt: skip


class Provider:
    """A server for clients to call."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def chat(body: dict[str, Any], number: int) -> Any:
    head = {"id": f"chatcmpl-{number}", "created": 1, "model": "gpt-4o-2024-08-06",
            "system_fingerprint": "fp_1"}  # fmt: skip
    call = {"id": "call_1", "type": "function",
            "function": {"name": "get_weather", "arguments": json.dumps(CITY)}}  # fmt: skip
    has_tools = bool(body.get("tools"))
    reason = "tool_calls" if has_tools else "stop"
    if not body.get("stream"):
        message: dict[str, Any] = {"role": "assistant", "content": None if has_tools else SAID}
        if has_tools:
            message["tool_calls"] = [call]
        choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
        return {**head, "object": "chat.completion", "choices": [choice], "usage": CHAT_USAGE}
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += (
        [{"tool_calls": [{"index": 0, **call}]}] if has_tools else [{"content": w} for w in WORDS]
    )
    chunks: list[tuple[dict[str, Any], str | None]]
    chunks = [(delta, None) for delta in deltas] + [({}, reason)]
    said = [
        {**head, "object": "chat.completion.chunk",
         "choices": [{"index": 0, "delta": delta, "finish_reason": why, "logprobs": None}]}
        for delta, why in chunks
    ]  # fmt: skip
    if (body.get("stream_options") or {}).get("include_usage"):
        said = [{**each, "usage": None} for each in said]
        said.append({**head, "object": "chat.completion.chunk", "choices": [], "usage": CHAT_USAGE})
    return sse(said, done=True)


def completion(body: dict[str, Any], number: int) -> Any:
    choice = {"index": 0, "text": SAID, "finish_reason": "stop", "logprobs": None}
    return {"id": f"cmpl-{number}", "object": "text_completion", "created": 1, "model": "gpt-3.5",
            "choices": [choice], "usage": CHAT_USAGE}  # fmt: skip


def embeddings(body: dict[str, Any], number: int) -> Any:
    vector = {"object": "embedding", "index": 0, "embedding": [0.1, 0.2]}
    return {"object": "list", "model": "text-embedding-3-small", "data": [vector],
            "usage": {"prompt_tokens": 7, "total_tokens": 7}}  # fmt: skip


def responses(body: dict[str, Any], number: int) -> Any:
    if body.get("tools"):
        output: list[dict[str, Any]] = [
            {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "get_weather",
             "arguments": json.dumps(CITY), "status": "completed"}
        ]  # fmt: skip
    else:
        output = [
            {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
             "content": [{"type": "output_text", "text": SAID, "annotations": []}]}
        ]  # fmt: skip
    whole = {
        "id": f"resp_{number}", "object": "response", "created_at": 1, "status": "completed",
        "model": "gpt-4o-2024-08-06", "output": output, "usage": RESPONSES_USAGE, "tools": [],
        "tool_choice": "auto", "parallel_tool_calls": True, "error": None, "metadata": {},
        "incomplete_details": None, "instructions": None, "temperature": 1.0, "top_p": 1.0,
    }  # fmt: skip
    if not body.get("stream"):
        return whole
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": {**whole, "status": "in_progress", "output": [],
                                                  "usage": None}},
        {"type": "response.output_item.added", "output_index": 0,
         "item": {**output[0], **({} if body.get("tools") else {"content": []})}},
    ]  # fmt: skip
    place = {"item_id": output[0]["id"], "output_index": 0, "content_index": 0}
    if not body.get("tools"):
        part = {"type": "output_text", "text": "", "annotations": []}
        events.append({"type": "response.content_part.added", **place, "part": part})
        events += [
            {"type": "response.output_text.delta", **place, "delta": w, "logprobs": []}
            for w in WORDS
        ]  # fmt: skip
    events.append({"type": "response.output_item.done", "output_index": 0, "item": output[0]})
    events.append({"type": "response.completed", "response": whole})
    for sequence, event in enumerate(events):
        event["sequence_number"] = sequence
    return sse(events, named=True)


def messages(body: dict[str, Any], number: int) -> Any:
    head = {"id": f"msg_{number}", "type": "message", "role": "assistant",
            "model": "claude-of-ours", "stop_sequence": None}  # fmt: skip
    has_tools = bool(body.get("tools"))
    reason = "tool_use" if has_tools else "end_turn"
    use = {"type": "tool_use", "id": "toolu_1", "name": "get_weather"}
    if not body.get("stream"):
        block = {**use, "input": CITY} if has_tools else {"type": "text", "text": SAID}
        return {**head, "content": [block], "stop_reason": reason, "usage": ANTHROPIC_USAGE}
    start: dict[str, Any] = {**head, "content": [], "stop_reason": None,
             "usage": {**ANTHROPIC_USAGE, "output_tokens": 1}}  # fmt: skip
    block = {**use, "input": {}} if has_tools else {"type": "text", "text": ""}
    deltas = (
        [
            {"type": "input_json_delta", "partial_json": piece}
            for piece in ('{"city": ', '"Cologne"}')
        ]
        if has_tools
        else [{"type": "text_delta", "text": w} for w in WORDS]
    )
    return sse(
        [
            {"type": "message_start", "message": start},
            {"type": "content_block_start", "index": 0, "content_block": block},
            {"type": "ping"},
            *({"type": "content_block_delta", "index": 0, "delta": delta} for delta in deltas),
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
             "usage": {"output_tokens": 20}},
            {"type": "message_stop"},
        ],
        named=True,
    )  # fmt: skip


def gemini(body: dict[str, Any], number: int, *, stream: bool) -> Any:
    head = {"responseId": f"gem_{number}", "modelVersion": "gemini-2.5-flash-001"}
    if body.get("tools"):
        pieces: list[dict[str, Any]] = [{"functionCall": {"name": "get_weather", "args": CITY}}]
    else:
        pieces = [{"text": w} for w in WORDS] if stream else [{"text": SAID}]
    chunks: list[dict[str, Any]] = [
        {**head, "candidates": [{"content": {"role": "model", "parts": [piece]}, "index": 0}]}
        for piece in pieces
    ]
    chunks[-1]["candidates"][0]["finishReason"] = "STOP"
    chunks[-1]["usageMetadata"] = GEMINI_USAGE
    return sse(chunks) if stream else chunks[0]


def ollama(body: dict[str, Any], number: int, *, path: str) -> Any:
    head = {"model": "llama3.2", "created_at": "2025-01-01T00:00:00Z"}
    end: dict[str, Any] = {
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 100,
        "eval_count": 20,
    }
    if path == "/api/embed":
        return {**head, "embeddings": [[0.1, 0.2]], "prompt_eval_count": 7}
    call = {"function": {"name": "get_weather", "arguments": CITY}}

    def said(text: str) -> dict[str, Any]:
        if path == "/api/generate":
            return {"response": text}
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if body.get("tools"):
            message = {"role": "assistant", "content": "", "tool_calls": [call]}
        return {"message": message}

    if not body.get("stream"):
        return {**head, **said(SAID), **end}
    words = [""] if body.get("tools") else WORDS
    lines = [{**head, **said(w), "done": False} for w in words]
    last: dict[str, Any] = {"response": ""} if path == "/api/generate" else {
        "message": {"role": "assistant", "content": ""}
    }  # fmt: skip
    return [json.dumps(line).encode() + b"\n" for line in [*lines, {**head, **last, **end}]]


def converse(body: dict[str, Any], number: int, *, stream: bool) -> Any:
    has_tools = bool(body.get("toolConfig"))
    reason = "tool_use" if has_tools else "end_turn"
    usage = {"inputTokens": 60, "outputTokens": 20, "totalTokens": 120,
             "cacheReadInputTokens": 40, "cacheWriteInputTokens": 0}  # fmt: skip
    use = {"toolUseId": "tooluse_1", "name": "get_weather"}
    if not stream:
        block = {"toolUse": {**use, "input": CITY}} if has_tools else {"text": SAID}
        message = {"role": "assistant", "content": [block]}
        return {"output": {"message": message}, "stopReason": reason, "usage": usage,
                "metrics": {"latencyMs": 10}}  # fmt: skip
    events: list[tuple[str, dict[str, Any]]] = [("messageStart", {"role": "assistant"})]
    if has_tools:
        events.append(("contentBlockStart", {"contentBlockIndex": 0, "start": {"toolUse": use}}))
        delta: dict[str, Any] = {"toolUse": {"input": json.dumps(CITY)}}
        events.append(("contentBlockDelta", {"contentBlockIndex": 0, "delta": delta}))
    else:
        events += [
            ("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": w}}) for w in WORDS
        ]
    events += [
        ("contentBlockStop", {"contentBlockIndex": 0}), ("messageStop", {"stopReason": reason}),
        ("metadata", {"usage": usage, "metrics": {"latencyMs": 10}}),
    ]  # fmt: skip
    return [aws_event(name, said) for name, said in events]


def sse(events: list[dict[str, Any]], *, named: bool = False, done: bool = False) -> list[bytes]:
    said = [
        (f"event: {event['type']}\n" if named else "").encode()
        + b"data: " + json.dumps(event, separators=(",", ":")).encode() + b"\n\n"
        for event in events
    ]  # fmt: skip
    return [*said, b"data: [DONE]\n\n"] if done else said


def aws_event(name: str, said: dict[str, Any]) -> bytes:
    """One message of AWS's event stream."""
    headers = b""
    for key, value in ((":event-type", name), (":content-type", "application/json"),
                       (":message-type", "event")):  # fmt: skip
        headers += struct.pack("!B", len(key)) + key.encode() + b"\x07"
        headers += struct.pack("!H", len(value)) + value.encode()
    payload = json.dumps(said).encode()
    prelude = struct.pack("!II", len(headers) + len(payload) + 16, len(headers))
    prelude += struct.pack("!I", binascii.crc32(prelude))
    message = prelude + headers + payload
    return message + struct.pack("!I", binascii.crc32(message))


_EXACT = {
    "/chat/completions": chat, "/completions": completion, "/embeddings": embeddings,
    "/responses": responses, "/v1/messages": messages,
}  # fmt: skip


def answer(path: str, body: dict[str, Any], number: int) -> Any:
    path = path.partition("?")[0]
    if path.startswith("/api/"):
        return ollama(body, number, path=path)
    if path.endswith(("/converse", "/converse-stream")):
        return converse(body, number, stream=path.endswith("stream"))
    if path.endswith(("/invoke", "/invoke-with-response-stream")):
        return messages(body, number)
    if ":embedContent" in path or ":batchEmbedContents" in path:
        vector = {"values": [0.1, 0.2]}
        return {"embedding": vector, "embeddings": [vector]}
    if ":generateContent" in path or ":streamGenerateContent" in path:
        return gemini(body, number, stream=":stream" in path)
    return next(make(body, number) for end, make in _EXACT.items() if path.endswith(end))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)))
        self.provider.requests.append((self.path, dict(self.headers), body))
        model = str(body.get("model") or self.path)
        if "fail" in model:
            said = {"message": "slow down, secret-prompt", "type": "rate_limit_error",
                    "code": 429, "status": "RESOURCE_EXHAUSTED"}  # fmt: skip
            failed = json.dumps({"error": said, "message": "slow down"})
            self._send(429, failed.encode(), "application/json")
            return
        found = answer(self.path, body, len(self.provider.requests))
        if isinstance(found, dict):
            self._send(200, json.dumps(found).encode(), "application/json")
        else:
            self._stream(found[:3] if "cut" in model else found, cut="cut" in model)

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("retry-after", "0")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, chunks: list[bytes], *, cut: bool) -> None:
        kind = "text/event-stream"
        if self.path.startswith("/api/"):
            kind = "application/x-ndjson"
        elif "converse" in self.path:
            kind = "application/vnd.amazon.eventstream"
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for piece in _chunked(chunks, cut):
            self.wfile.write(piece)
            self.wfile.flush()
        if cut:
            self.close_connection = True
            self.connection.close()

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError, ValueError):
            pass

    def log_message(self, *_: Any) -> None:
        return


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"provider": provider})


def _chunked(chunks: list[bytes], cut: bool) -> Iterator[bytes]:
    for chunk in chunks:
        yield b"%x\r\n%s\r\n" % (len(chunk), chunk)
    if not cut:
        yield b"0\r\n\r\n"
