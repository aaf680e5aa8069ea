"""A call that nobody makes: an exchange without a connection, for questions about routing."""

from urllib.parse import quote

import msgspec

from vedette.api.route_shapes import Capability, Client, ExplainBody
from vedette.clock import Clock
from vedette.dialects.registry import CODECS, EMBEDDINGS
from vedette.gateway.admission import PRIORITY
from vedette.gateway.conditions import BYTES_PER_TOKEN
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import read_caller
from vedette.gateway.routes import Endpoint, endpoint
from vedette.http1.request import Head
from vedette.http1.server import Body, Request, Response

_PATHS: dict[Client, str] = {
    "openai_chat": "/v1/chat/completions",
    "openai_responses": "/v1/responses",
    "openai_completions": "/v1/completions",
    "openai_embeddings": "/v1/embeddings",
    "anthropic": "/v1/messages",
    "gemini": "/v1beta/models/{model}:generateContent",
    "bedrock": "/model/{model}/converse",
    "ollama_chat": "/api/chat",
}

_PARTS: dict[Capability, dict[str, object]] = {
    "images": {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
    "audio": {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
    "files": {"type": "file", "file": {"file_id": "f"}},
}
_FIELDS: dict[Capability, dict[str, object]] = {
    "tools": {"tools": [{"type": "function", "function": {"name": "f"}}]},
    "json": {"response_format": {"type": "json_object"}},
    "reasoning": {"reasoning_effort": "medium"},
}


class _Nowhere:
    """Where a connection would be."""

    keeps_open = False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def continue_expected(self) -> None: ...

    def send(self, data: bytes) -> None: ...

    def response_ended(self, *, keep_alive: bool) -> None: ...

    def cut(self, *, reset: bool = False) -> None: ...


def dry_exchange(question: ExplainBody, clock: Clock) -> Exchange:
    """The exchange that such a request would be, up to the choice of its plan."""
    path = _PATHS[question.client].format(model=quote(question.model, safe=""))
    place = endpoint(path) or Endpoint("chat", question.client, path)
    head = Head("POST", path.encode(), _headers(question))
    request = Request(head, peer="", body=Body(_Nowhere(), 0))
    response = Response(_Nowhere(), method="POST", minor=1, keep_alive=False)
    exchange = Exchange(request, response, place)
    exchange.requested_model = question.model
    exchange.request_bytes = question.input_tokens * BYTES_PER_TOKEN
    exchange.stream = question.stream or "stream" in question.capabilities
    exchange.caller = read_caller(request, "", {}, clock)
    if place.dialect not in EMBEDDINGS:
        # Conditions look at the neutral form, whatever the client's dialect.
        exchange.asked = CODECS["openai_chat"].read_request(_body(question))
    return exchange


def _headers(question: ExplainBody) -> list[tuple[bytes, bytes]]:
    named = {
        b"x-vedette-session": question.session,
        b"x-vedette-user": question.user,
        b"x-vedette-tags": ",".join(question.tags),
        PRIORITY: "batch" if question.priority == "batch" else "",
    }
    return [(name, value.encode()) for name, value in named.items() if value]


def _body(question: ExplainBody) -> bytes:
    """A small chat that makes use of what is asked for."""
    content: list[dict[str, object]] = [{"type": "text", "text": "?"}]
    fields: dict[str, object] = {}
    for capability in question.capabilities:
        if capability in _PARTS:
            content.append(_PARTS[capability])
        fields |= _FIELDS.get(capability, {})
    message = {"role": "user", "content": content}
    return msgspec.json.encode({"model": question.model, "messages": [message], **fields})
