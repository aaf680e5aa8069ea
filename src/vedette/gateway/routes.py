"""Which door a request came to: the table of paths."""

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


_JSON = {
    "/chat/completions": ("chat", "openai_chat"),
    "/completions": ("text_completion", "openai_completions"),
    "/embeddings": ("embeddings", "openai_embeddings"),
    "/responses": ("chat", "openai_responses"),
    "/messages": ("chat", "anthropic"),
}

ENDPOINTS = {
    prefix + path: Endpoint(operation, dialect, path)
    for path, (operation, dialect) in _JSON.items()
    for prefix in ("/v1", "")
}
"""Calls whose bodies we read. SDKs with a base URL that lacks `/v1` are served as well."""


def endpoint(path: str) -> Endpoint | None:
    """The endpoint of a request path; None for what is not ours to proxy."""
    found = ENDPOINTS.get(path)
    if found is not None:
        return found
    trimmed = path.rstrip("/")
    if trimmed in ENDPOINTS:
        return ENDPOINTS[trimmed]
    if path.startswith("/v1/") and len(path) > 4 and ".." not in unquote(path).split("/"):
        return Endpoint("other", "", path[3:])
    return None


class MethodNotAllowed(VedetteError):
    """The path exists, the method does not."""

    code = "method_not_allowed"
    status = 405
    allow = "POST"


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
