"""Whether a call is of the kind that a target of a `conditional` route is meant for."""

from collections.abc import Callable
from fnmatch import fnmatchcase

from vedette.dialects.registry import CODECS
from vedette.errors import VedetteError
from vedette.gateway.exchange import Exchange
from vedette.model.chat import ChatRequest, MediaPart, Part, ToolResultPart
from vedette.model.settings import WhenSettings

BYTES_PER_TOKEN = 4
"""Rough mean over English JSON requests."""


def holds(when: WhenSettings | None, exchange: Exchange) -> bool:
    """Whether all that is set holds; nothing set holds for any call."""
    return when is None or why_not(when, exchange) == ""


def why_not(when: WhenSettings, exchange: Exchange) -> str:
    """Which condition does not hold, in words; empty where all hold."""
    model = exchange.requested_model
    if when.models and not any(fnmatchcase(model, glob) for glob in when.models):
        return f"model {model!r} matches none of {', '.join(when.models)}"
    if when.tags and not set(when.tags) & set(exchange.caller.tags):
        return f"no tag of {', '.join(when.tags)}"
    tokens = max(1, exchange.request_bytes // BYTES_PER_TOKEN)
    if when.min_input_tokens is not None and tokens < when.min_input_tokens:
        return f"about {tokens} input tokens, fewer than {when.min_input_tokens}"
    if when.max_input_tokens is not None and tokens > when.max_input_tokens:
        return f"about {tokens} input tokens, more than {when.max_input_tokens}"
    missing = [name for name in when.capabilities if not _uses(name, exchange)]
    return f"no use of {', '.join(missing)}" if missing else ""


def _uses(capability: str, exchange: Exchange) -> bool:
    if capability == "stream":
        return exchange.stream
    request = asked(exchange)
    return request is not None and _USES[capability](request)


def asked(exchange: Exchange) -> ChatRequest | None:
    """The request in neutral form, read once; None where it is no chat."""
    if exchange.asked is None:
        codec = CODECS.get(exchange.endpoint.dialect)
        if codec is None or not exchange.body:
            return None
        try:
            exchange.asked = codec.read_request(exchange.body)
        except VedetteError:
            return None
    return exchange.asked


def _media(modality: str) -> Callable[[ChatRequest], bool]:
    def uses(request: ChatRequest) -> bool:
        return any(_is(part, modality) for message in request.messages for part in message.parts)

    return uses


def _is(part: Part, modality: str) -> bool:
    if isinstance(part, ToolResultPart):
        return any(_is(inner, modality) for inner in part.parts)
    return isinstance(part, MediaPart) and part.modality == modality


def _json(request: ChatRequest) -> bool:
    return request.output_format is not None and request.output_format.kind != "text"


def _reasoning(request: ChatRequest) -> bool:
    wanted = request.reasoning
    return wanted is not None and wanted.enabled is not False and wanted.effort != "none"


_USES: dict[str, Callable[[ChatRequest], bool]] = {
    "tools": lambda request: bool(request.tools),
    "images": _media("image"),
    "audio": _media("audio"),
    "files": _media("file"),
    "json": _json,
    "reasoning": _reasoning,
}
