"""A provider's error, as the official client of another dialect raises it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anthropic
import botocore.exceptions  # type: ignore[import-untyped]
import ollama
import openai
import pytest
from google.genai import errors as google

from tests.support.answers import answer
from tests.support.clients import TALKS
from tests.support.providers import KINDS, provider_of

pytestmark = pytest.mark.slow

SAID = "Whatever this provider has to say 7."
STATUSES = (400, 401, 403, 404, 429, 500, 503, 529)
NEVER = {"bedrock": {401, 529}, "ollama_chat": {529}}
"""Statuses that a provider has no word for."""
Body = Callable[[int], Any]


def openai_error(status: int) -> Any:
    kind = {429: "requests", 500: "server_error"}.get(status, "invalid_request_error")
    code = {401: "invalid_api_key", 404: "model_not_found"}.get(status)
    return {"error": {"message": SAID, "type": kind, "param": None, "code": code}}


def anthropic_error(status: int) -> Any:
    kinds = {
        400: "invalid_request_error", 401: "authentication_error", 403: "permission_error",
        404: "not_found_error", 429: "rate_limit_error", 500: "api_error",
        503: "overloaded_error", 529: "overloaded_error",
    }  # fmt: skip
    error = {"type": kinds[status], "message": SAID}
    return {"type": "error", "error": error, "request_id": "req_1"}


def gemini_error(status: int) -> Any:
    words = {
        400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED",
        404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL",
    }  # fmt: skip
    return {"error": {"code": status, "message": SAID, "status": words.get(status, "UNAVAILABLE")}}


BODIES: dict[str, Body] = {
    "openai_chat": openai_error,
    "openai_responses": openai_error,
    "anthropic": anthropic_error,
    "gemini": gemini_error,
    "bedrock": lambda _: {"message": SAID},
    "ollama_chat": lambda _: {"error": SAID},
}


def openai_class(module: Any, status: int) -> type[Exception]:
    """OpenAI's and Anthropic's clients are made by the same generator."""
    names = {
        400: "BadRequestError", 401: "AuthenticationError", 403: "PermissionDeniedError",
        404: "NotFoundError", 429: "RateLimitError",
    }  # fmt: skip
    found: type[Exception] = getattr(module, names.get(status, "InternalServerError"))
    return found


def raised_by(client: str, status: int) -> type[Exception]:
    """The class that this client's users catch."""
    if client.startswith("openai"):
        return openai_class(openai, status)
    if client == "anthropic":
        return openai_class(anthropic, status)
    if client == "gemini":
        return google.ServerError if status >= 500 else google.ClientError
    if client == "bedrock":
        found: type[Exception] = botocore.exceptions.ClientError
        return found
    return ollama.ResponseError


AWS_CODES = {
    400: "ValidationException", 401: "AccessDeniedException", 403: "AccessDeniedException",
    404: "ResourceNotFoundException", 429: "ThrottlingException", 500: "InternalServerException",
    503: "ServiceUnavailableException", 529: "ServiceUnavailableException",
}  # fmt: skip


def check(client: str, status: int, error: Any) -> None:
    """What the client's own fields say."""
    if client == "bedrock":
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status
        assert error.response["Error"]["Code"] == AWS_CODES[status]
    elif client == "gemini":
        assert error.code == status
        assert error.status
    else:
        assert error.status_code == status
    if client.startswith("openai"):
        assert error.type in {
            "invalid_request_error", "authentication_error", "permission_error",
            "not_found_error", "rate_limit_error", "server_error", "overloaded_error",
            "service_unavailable_error", "requests",
        }  # fmt: skip
    elif client == "anthropic":
        assert error.body["type"] == "error"
        assert error.body["error"]["type"] == anthropic_error(status)["error"]["type"]


@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", TALKS)
async def test_an_error_is_the_class_that_the_client_has_for_it(
    tmp_path: Path, client: str, dialect: str
) -> None:
    cases = [(status, False) for status in STATUSES if status not in NEVER.get(dialect, ())]
    cases.append((429, True))
    async with provider_of(tmp_path, dialect) as (upstream, gateway, root):
        for status, stream in cases:
            body = json.dumps(BODIES[dialect](status)).encode()
            upstream.script(answer(body, status))
            with pytest.raises(raised_by(client, status), match=SAID) as raised:
                await TALKS[client](root).ask(stream=stream)
            if dialect != "bedrock" or client != "bedrock":
                # Bedrock's own type stands in a header, which this provider leaves out.
                check(client, status, raised.value)
        assert len(upstream.requests) == len(cases), "nobody is asked again for these"
        spans = await gateway.spans.count(len(cases))
        assert {span.status for span in spans} == {"error"}
