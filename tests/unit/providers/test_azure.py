import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import HttpCall
from vedette.providers.azure import Provider, TokenRefused

CLIENT = [(b"authorization", b"Bearer client"), (b"api-key", b"client"), (b"x-ms-region", b"eu")]
SECRET = {"tenant_id": "contoso.onmicrosoft.com", "client_id": "app", "client_secret": "s&s"}
DATED = {"api_version": "2024-10-21"}


def provider(
    options: dict[str, str] | None = None,
    url: str = "https://n.openai.azure.com/openai/v1",
    **changes: Any,
) -> Provider:
    fields: dict[str, Any] = {"base_url": url, "auth": "api-key", **changes}
    return Provider(ProviderSettings(name="a", kind="azure", options=options or {}, **fields))


def call(it: Provider, dialect: str, query: str = "") -> HttpCall:
    return it.call(dialect=dialect, model="my gpt", stream=True, query=query, headers=CLIENT)


def target(it: Provider, path: str, query: str = "") -> bytes:
    return it.prepare(method="POST", path=path, query=query, headers=CLIENT).target


@pytest.mark.parametrize(
    "url",
    [
        "https://n.openai.azure.com", "https://n.openai.azure.com/openai",
        "https://n.openai.azure.com/openai/v1", "https://n.openai.azure.com/openai/v1/",
    ],
)  # fmt: skip
def test_an_endpoint_may_be_written_in_any_of_its_forms(url: str) -> None:
    assert target(provider(url=url), "/chat/completions") == b"/openai/v1/chat/completions"
    dated = provider(DATED, url)
    assert target(dated, "/models") == b"/openai/models?api-version=2024-10-21"


@pytest.mark.parametrize(
    ("options", "dialect", "expected"),
    [
        ({}, "openai_chat", b"/openai/v1/chat/completions"),
        ({"api_version": "v1"}, "openai_responses", b"/openai/v1/responses"),
        (
            {"api_version": "preview"},
            "openai_chat",
            b"/openai/v1/chat/completions?api-version=preview",
        ),
        (
            DATED,
            "openai_chat",
            b"/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
        ),
        (
            {"api_version": "2025-04-01-preview"},
            "openai_embeddings",
            b"/openai/deployments/my%20gpt/embeddings?api-version=2025-04-01-preview",
        ),
        (DATED, "openai_responses", b"/openai/responses?api-version=2024-10-21"),
    ],
)
def test_the_version_says_where_the_model_stands(
    options: dict[str, str], dialect: str, expected: bytes
) -> None:
    assert call(provider(options), dialect).target == expected


def test_the_clients_version_gives_way_and_the_rest_of_its_query_stays() -> None:
    query = "api-version=2023-05-15&a=1%262&b="
    assert target(provider(), "/files", query) == b"/openai/v1/files?a=1%262&b="
    assert target(provider(DATED), "/files", query) == (
        b"/openai/files?a=1%262&b=&api-version=2024-10-21"
    )


def test_a_key_replaces_what_the_client_sent() -> None:
    headers = call(provider(api_key="k"), "openai_chat").headers
    assert headers == [(b"host", b"n.openai.azure.com"), (b"api-key", b"k"), CLIENT[2]]


def test_a_token_of_ones_own_is_a_bearer_token() -> None:
    headers = call(provider(api_key="t", auth="bearer"), "openai_chat").headers
    assert (b"authorization", b"Bearer t") in headers
    assert provider(api_key="t", auth="bearer").token_request(0) is None


def test_tokens_are_fetched_with_the_secret_of_the_application() -> None:
    it = provider({**SECRET, "authority": "http://127.0.0.1:9"})
    request = it.token_request(0)
    assert request is not None
    assert request.url == "http://127.0.0.1:9/contoso.onmicrosoft.com/oauth2/v2.0/token"
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["client_credentials"], "client_id": ["app"], "client_secret": ["s&s"],
        "scope": ["https://cognitiveservices.azure.com/.default"],
    }  # fmt: skip
    # The gateway adds the token; nothing of the client's may stand beside it.
    assert call(it, "openai_chat").headers == [(b"host", b"n.openai.azure.com"), CLIENT[2]]


@pytest.mark.parametrize(
    ("host", "audience"),
    [
        ("n.openai.azure.com", "https://cognitiveservices.azure.com"),
        ("n.services.ai.azure.com", "https://cognitiveservices.azure.com"),
        ("n.openai.azure.us", "https://cognitiveservices.azure.us"),
        ("n.openai.azure.cn", "https://cognitiveservices.azure.cn"),
    ],
)
def test_a_token_is_for_the_cloud_of_the_endpoint(host: str, audience: str) -> None:
    request = provider(SECRET, f"https://{host}").token_request(0)
    assert request is not None
    assert parse_qs(request.body.decode())["scope"] == [f"{audience}/.default"]


@pytest.mark.parametrize("expires_in", [3599, "3599"])
def test_a_token_is_read(expires_in: Any) -> None:
    answer = {"token_type": "Bearer", "expires_in": expires_in, "access_token": "eyJ"}
    token = provider(SECRET).read_token(json.dumps(answer).encode())
    assert (token.value, token.expires_in_s) == ("eyJ", 3599.0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error": "invalid_client", "error_description": "AADSTS7000215: hunter2"}',
         "invalid_client"),
        (b'{"error": "hunter2 hunter2"}', "no answer"),
        (b"<html>hunter2", "no answer"),
        (b'{"access_token": "hunter2", "expires_in": "soon"}', "no answer"),
        (b"", "no answer"),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_no_more(body: bytes, reason: str) -> None:
    with pytest.raises(TokenRefused, match=f"'a' no token: {reason}") as raised:
        provider(SECRET).read_token(body)
    assert "hunter2" not in raised.value.message
