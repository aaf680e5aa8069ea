import json
from typing import Any

import pytest

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import HttpCall
from vedette.providers.vertex import Provider

CLIENT = [(b"authorization", b"Bearer ya29.client"), (b"accept", b"*/*")]
EUROPE = "https://europe-west4-aiplatform.googleapis.com/v1"
PLACE = "/v1/projects/p1/locations/europe-west4"


def provider(url: str = EUROPE, options: dict[str, str] | None = None, **changes: Any) -> Provider:
    options = {"project": "p1"} if options is None else options
    settings = ProviderSettings(name="v", kind="vertex", base_url=url, options=options, **changes)
    return Provider(settings)


def call(
    it: Provider, model: str = "gemini-3-flash", dialect: str = "gemini", *, stream: bool = False
) -> HttpCall:
    return it.call(dialect=dialect, model=model, stream=stream, query="", headers=CLIENT)


def target(it: Provider, model: str = "gemini-3-flash") -> str:
    return call(it, model).target.decode()


def test_project_and_location_stand_in_the_path() -> None:
    made = call(provider(), stream=True)
    path = f"{PLACE}/publishers/google/models/gemini-3-flash:streamGenerateContent?alt=sse"
    assert made.target.decode() == path
    assert made.headers == [
        (b"host", b"europe-west4-aiplatform.googleapis.com"),
        (b"accept", b"*/*"),
        (b"authorization", b"Bearer ya29.client"),
    ]


@pytest.mark.parametrize(
    ("url", "options", "place"),
    [
        (EUROPE + "/", {"project": "p1"}, PLACE),
        ("https://europe-west4-aiplatform.googleapis.com", {"project": "p1"}, PLACE),
        (EUROPE, {"project": "p1", "location": "us-central1"},
         "/v1/projects/p1/locations/us-central1"),
        ("https://aiplatform.googleapis.com/v1", {"project": "p1"},
         "/v1/projects/p1/locations/global"),
        ("https://aiplatform.eu.rep.googleapis.com/v1", {"project": "p1"},
         "/v1/projects/p1/locations/eu"),
        (EUROPE + "/projects/p1/locations/europe-west4", {}, PLACE),
        (EUROPE + "/projects/p1/locations/europe-west4/endpoints/openapi", {}, PLACE),
        ("https://proxy.example.com/google/v1beta1", {"project": "p1"},
         "/google/v1beta1/projects/p1/locations/global"),
        ("https://aiplatform.googleapis.com/v1", {}, "/v1"),
    ],
)  # fmt: skip
def test_where_a_project_lives(url: str, options: dict[str, str], place: str) -> None:
    assert target(provider(url, options)) == (
        f"{place}/publishers/google/models/gemini-3-flash:generateContent"
    )


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("models/gemini-x", "/models/gemini-x"),
        ("google/gemini-x", "/publishers/google/models/gemini-x"),
        ("meta/llama@001", "/publishers/meta/models/llama@001"),
        ("publishers/google/models/gemini-x", "/publishers/google/models/gemini-x"),
        ("endpoints/123", "/endpoints/123"),
        ("projects/p1/locations/europe-west4/endpoints/123", "/endpoints/123"),
        ("projects/other/locations/europe-west4/endpoints/123",
         "/publishers/google/models/projects%2Fother%2Flocations%2Feurope-west4%2Fendpoints%2F123"),
        ("endpoints/..", "/publishers/endpoints/models/.."),
        ("../../x", "/publishers/google/models/..%2F..%2Fx"),
    ],
)  # fmt: skip
def test_models_and_endpoints(model: str, path: str) -> None:
    expected = "/publishers/google" + path if path.startswith("/models/") else path
    assert target(provider(), model) == f"{PLACE}{expected}:generateContent"


def test_the_methods_of_other_dialects() -> None:
    it = provider()
    vectors = call(it, "text-embedding-005", "gemini_predict").target.decode()
    assert vectors == f"{PLACE}/publishers/google/models/text-embedding-005:predict"
    claude = call(it, "claude-x@20250101", "anthropic", stream=True).target.decode()
    assert claude == f"{PLACE}/publishers/anthropic/models/claude-x@20250101:streamRawPredict"
    shaped = call(it, "google/gemini-x", "openai_chat").target.decode()
    assert shaped == f"{PLACE}/endpoints/openapi/chat/completions"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/models", "/v1beta1/publishers/google/models"),
        ("POST", "/models/m:countTokens", f"{PLACE}/publishers/google/models/m:countTokens"),
        ("POST", "/publishers/google/models/m:predict",
         f"{PLACE}/publishers/google/models/m:predict"),
        ("GET", "/projects/p1/locations/eu/cachedContents",
         "/v1/projects/p1/locations/eu/cachedContents"),
        ("GET", "/cachedContents", f"{PLACE}/cachedContents"),
    ],
)  # fmt: skip
def test_calls_that_pass_through(method: str, path: str, expected: str) -> None:
    made = provider().prepare(method=method, path=path, query="", headers=CLIENT)
    assert made.target.decode() == expected


def test_express_mode_has_a_key_and_no_project() -> None:
    it = provider("https://aiplatform.googleapis.com/v1", {}, api_key="AQ.x")
    made = call(it)
    assert made.target == b"/v1/publishers/google/models/gemini-3-flash:generateContent"
    assert (b"x-goog-api-key", b"AQ.x") in made.headers
    assert b"client" not in b"".join(value for _, value in made.headers)


def test_a_service_account_brings_its_project_and_makes_tokens() -> None:
    account = {"type": "service_account", "client_email": "sa@x", "private_key": "k",
               "project_id": "p9"}  # fmt: skip
    it = provider(options={"credentials_json": json.dumps(account)})
    assert target(it).startswith("/v1/projects/p9/locations/europe-west4/")
    assert b"client" not in b"".join(value for _, value in call(it).headers)


def test_a_token_of_ones_own() -> None:
    assert (b"authorization", b"Bearer ya29.own") in call(provider(api_key="ya29.own")).headers
