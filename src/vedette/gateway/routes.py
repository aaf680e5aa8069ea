"""Which door a request came to: the table of paths, in every client's own habits."""

import re
from posixpath import normpath
from urllib.parse import quote, unquote

import msgspec

from vedette.errors import VedetteError


class Endpoint(msgspec.Struct, frozen=True):
    """What stands behind a path.

    `operation` is the GenAI operation name, `dialect` the codec that reads both directions
    (empty: bytes only), `path` what follows the version prefix at the provider.
    """

    operation: str
    dialect: str
    path: str
    model: str = ""
    """Where the path names it."""
    stream: bool | None = None
    """Where the path says it; else the body does."""


_JSON = {
    "/chat/completions": ("chat", "openai_chat"),
    "/completions": ("text_completion", "openai_completions"),
    "/embeddings": ("embeddings", "openai_embeddings"),
    "/responses": ("chat", "openai_responses"),
    "/messages": ("chat", "anthropic"),
    "/messages/count_tokens": ("count_tokens", "anthropic"),
}
_OLLAMA = {
    "/api/chat": ("chat", "ollama_chat"),
    "/api/generate": ("text_completion", "ollama_generate"),
    "/api/embed": ("embeddings", "ollama_embeddings"),
    "/api/embeddings": ("embeddings", "ollama_embeddings"),
}

ENDPOINTS = {
    prefix + path: Endpoint(operation, dialect, path)
    for path, (operation, dialect) in _JSON.items()
    for prefix in ("/v1", "", "/openai/v1")
} | {path: Endpoint(operation, dialect, path) for path, (operation, dialect) in _OLLAMA.items()}
"""Calls whose bodies we read. SDKs with a base URL that lacks `/v1` are served as well."""

_GEMINI = re.compile(r"/v1(?:alpha|beta\d*)?/(?:models|tunedModels)/([^?]+):([A-Za-z]+)")
_GEMINI_METHODS = {
    "generateContent": ("chat", "gemini", False),
    "streamGenerateContent": ("chat", "gemini", True),
    "countTokens": ("count_tokens", "gemini", False),
    "embedContent": ("embeddings", "gemini_embeddings", False),
    "batchEmbedContents": ("embeddings", "gemini_embeddings", False),
}
_BEDROCK = re.compile(
    r"/model/([^?]+)/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)"
)
_BEDROCK_METHODS = {
    "converse": ("chat", "bedrock", False),
    "converse-stream": ("chat", "bedrock", True),
    "invoke": ("chat", "bedrock_invoke", False),
    "invoke-with-response-stream": ("chat", "bedrock_invoke", True),
    "count-tokens": ("count_tokens", "bedrock", False),
}
_AZURE = re.compile(r"/openai/deployments/([^/?]+)(/[^?]*)")


def endpoint(path: str) -> Endpoint | None:
    """The endpoint of a request path; None for what is not ours to proxy."""
    found = ENDPOINTS.get(path)
    if found is not None:
        return found
    trimmed = path.rstrip("/")
    if trimmed in ENDPOINTS:
        return ENDPOINTS[trimmed]
    if "//" in path:
        # Somebody joined a base URL and a path that both have one.
        return endpoint(_SLASHES.sub("/", path))
    return _with_model(path) or _passed_on(path)


def nothing_here(path: str) -> str:
    """What is said at a path that is none of ours."""
    return (
        f"Nothing is served at {path[:200]!r}. "
        "The API is under /v1 (for example /v1/chat/completions)."
    )


def _with_model(path: str) -> Endpoint | None:
    """Paths that name a model: Gemini's, Bedrock's, Azure's."""
    if (match := _GEMINI.fullmatch(path)) is not None:
        if (method := _GEMINI_METHODS.get(match[2])) is not None:
            operation, dialect, stream = method
            return Endpoint(operation, dialect, f":{match[2]}", unquote(match[1]), stream)
    elif (match := _BEDROCK.fullmatch(path)) is not None:
        operation, dialect, stream = _BEDROCK_METHODS[match[2]]
        return Endpoint(operation, dialect, f"/{match[2]}", unquote(match[1]), stream)
    elif (match := _AZURE.fullmatch(path)) is not None:
        place = ENDPOINTS.get(match[2])
        if place is not None:
            return Endpoint(place.operation, place.dialect, place.path, unquote(match[1]))
    return None


def _passed_on(path: str) -> Endpoint | None:
    for prefix, cut in (("/v1/", 3), ("/openai/v1/", 10)):
        if path.startswith(prefix) and len(path) > len(prefix):
            is_hidden = ".." in unquote(path).split("/") or _is_disguised(path)
            return None if is_hidden else Endpoint("other", "", path[cut:])
    return None


def _is_disguised(path: str) -> bool:
    """Whether a server that is not strict takes it for a path whose calls we read: then nobody
    would look at them."""
    plain = normpath(_PARAMETERS.sub("", unquote(unquote(path)).replace("\\", "/")))
    return plain.lower() in ENDPOINTS or (plain != path and _with_model(plain) is not None)


_SLASHES = re.compile(r"/{2,}")
_PARAMETERS = re.compile(r"[;?#\x00-\x20][^/]*")


def dialect_of_path(path: str) -> str:
    """Whose habits a path shows: in what dialect a caller there reads errors."""
    for start, dialect in _HABITS:
        if path.startswith(start):
            return dialect
    return "gemini" if _GEMINI.match(path) else "openai_chat"


_HABITS = (
    ("/v1/messages", "anthropic"), ("/messages", "anthropic"), ("/v1beta", "gemini"),
    ("/v1alpha", "gemini"), ("/api/", "ollama_chat"), ("/model/", "bedrock"),
)  # fmt: skip


class MethodNotAllowed(VedetteError):
    """The path exists, the method does not."""

    code = "method_not_allowed"
    status = 405
    allow = "POST"


_REALTIME = frozenset({"/realtime", "/openai/realtime"})
"""Of clients whose base URL lacks `/v1`, and of Azure's with a dated version."""


def opening_place(path: str) -> Endpoint | None:
    """What a request that opens a WebSocket came to; None where nothing of that kind is.

    `/v1/responses` is a place of its own: there is no body whose dialect could be read.
    """
    place = endpoint("/v1/realtime" if path in _REALTIME else path)
    if place is None or place.model:
        return None
    return Endpoint("realtime", "", place.path)


def other_method(place: Endpoint, method: str) -> Endpoint:
    """What a method other than POST means at a path whose calls we read.

    `GET /v1/chat/completions` lists stored completions: the provider's business. Raises
    MethodNotAllowed for the rest.
    """
    if method == "GET" and place.path in _LISTS:
        return Endpoint("other", "", place.path)
    raise MethodNotAllowed(f"{method} is not served at {place.path!r}: use POST.")


_LISTS = frozenset({"/chat/completions"})


def model_in_path(path: str) -> str:
    """The model that `/models/NAME` asks about, decoded; "" for any other path."""
    return unquote(path.removeprefix(_MODELS)) if path.startswith(_MODELS) else ""


def for_model(place: Endpoint, model: str) -> Endpoint:
    """The same place, but where its path names a model, that of the target."""
    if not model or not place.path.startswith(_MODELS):
        return place
    return Endpoint(place.operation, place.dialect, _MODELS + quote(model, safe="/:"))


_MODELS = "/models/"
