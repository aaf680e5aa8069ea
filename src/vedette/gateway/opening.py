"""The request that opens a WebSocket: what it has to have, whom it asks for, what goes on.

Of the client's head everything goes on that goes on of other calls, and the handshake itself
(RFC 6455, section 4): `sec-websocket-key` as it came, so the provider's answer to it is right for
the client. Extensions are not offered, for what they change of the frames could not be read here.
Browsers can set no header: there the key stands among the subprotocols, as OpenAI wants it.
"""

import re
from base64 import b64decode
from urllib.parse import quote, unquote_plus

from vedette.errors import BadRequest
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import KEY_PROTOCOL, PROTOCOLS
from vedette.gateway.outgoing import Headers, client_headers, kept_query
from vedette.http1.headers import request_head
from vedette.http1.request import Request

_KEY, _VERSION = b"sec-websocket-key", b"sec-websocket-version"
_OURS = frozenset({b"accept-encoding", b"sec-websocket-extensions", PROTOCOLS})
_UPGRADE: Headers = [(b"connection", b"Upgrade"), (b"upgrade", b"websocket")]
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{22}==")
_KEY_BYTES = 16
_DEPLOYMENT = "deployment"
_NAMES = frozenset({"model", _DEPLOYMENT})
"""Of the field that names the model; the second is that of Azure's clients."""
_MODEL_INSIDE = frozenset({"/responses"})
"""Where each message names its own model, whatever the address says."""


class BadOpening(BadRequest):
    """This is no opening handshake of a WebSocket."""

    code = "invalid_handshake"


def check_opening(request: Request) -> None:
    """Raises BadOpening for what RFC 6455, section 4.2.1, does not allow."""
    if request.header(_VERSION) != b"13":
        raise BadOpening("Only version 13 of the WebSocket protocol is served here.")
    key = request.header(_KEY) or b""
    if _BASE64.fullmatch(key) is None or len(b64decode(key)) != _KEY_BYTES:
        raise BadOpening("sec-websocket-key is not the base64 form of 16 bytes.")


def model_asked(path: str, query: str) -> str:
    """The model that the address names; "" where it names none, or messages name theirs.

    Raises BadRequest where it names several: who reads the other one would not be who was checked.
    """
    named = [value for name, value in _fields(query) if name in _NAMES]
    if len(named) > 1:
        raise BadRequest("The address names more than one model.")
    return named[0] if named and path not in _MODEL_INSIDE else ""


def opening_head(
    exchange: Exchange, target: Target, *, keeps_key: bool, token: tuple[bytes, bytes] | None
) -> bytes:
    """The whole head for the provider; `keeps_key` and `token` as for `provider_head`."""
    upstream = target.upstream
    provider = upstream.ring.providers[exchange.key]
    keeps_key = keeps_key and token is None
    headers = client_headers(exchange, keeps_key=keeps_key)
    sent = [header for header in headers if header[0] not in _OURS]
    keeps_key = keeps_key and not (upstream.settings.api_key or upstream.needs_token)
    sent += _protocols(headers, keeps_key=keeps_key)
    query = kept_query(exchange.request.query, upstream, keeps_key=keeps_key)
    query = _asking_for(target.model, query)
    call = provider.prepare(method="GET", path=exchange.endpoint.path, query=query, headers=sent)
    own = [] if token is None else [token]
    return request_head(call.method, call.target, [*call.headers, *own, *_UPGRADE])


def _protocols(headers: Headers, *, keeps_key: bool) -> Headers:
    """The subprotocols that are offered, without the client's key unless it is meant for the
    provider."""
    offered = [one.strip() for name, value in headers if name == PROTOCOLS
               for one in value.split(b",")]  # fmt: skip
    kept = [one for one in offered if one and (keeps_key or not one.startswith(KEY_PROTOCOL))]
    return [(PROTOCOLS, b", ".join(kept))] if kept else []


def _asking_for(model: str, query: str) -> str:
    """The query with the name that the provider knows; all else stays as it was written."""
    parts = []
    for part, (name, value) in zip(query.split("&"), _fields(query), strict=True):
        if name == _DEPLOYMENT or (name == "model" and model and value != model):
            parts.append(f"model={quote(model or value, safe='')}")
        else:
            parts.append(part)
    return "&".join(parts)


def _fields(query: str) -> list[tuple[str, str]]:
    """Name and value of each part, decoded."""
    pairs = (part.partition("=") for part in query.split("&"))
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs]
