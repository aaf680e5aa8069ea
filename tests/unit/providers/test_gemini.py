import json
from typing import Any

import pytest

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import HttpCall
from vedette.providers.gemini import Provider, model_path, stream_query

CLIENT = [(b"authorization", b"Bearer client"), (b"x-api-key", b"client"), (b"accept", b"*/*")]
ROOT = "https://generativelanguage.googleapis.com/v1beta"
PERSON = json.dumps(
    {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r",
     "quota_project_id": "p2"}
)  # fmt: skip


def provider(url: str = ROOT, **changes: Any) -> Provider:
    return Provider(ProviderSettings(name="g", kind="gemini", base_url=url, **changes))


def call(
    it: Provider,
    dialect: str = "gemini",
    model: str = "m",
    query: str = "",
    *,
    stream: bool = False,
) -> HttpCall:
    return it.call(dialect=dialect, model=model, stream=stream, query=query, headers=CLIENT)


@pytest.mark.parametrize("url", [ROOT, ROOT + "/", ROOT + "/openai", ROOT + "/openai/"])
def test_native_and_openai_shaped_paths_have_one_root(url: str) -> None:
    it = provider(url, api_key="AIza")
    native = call(it)
    assert native.target == b"/v1beta/models/m:generateContent"
    assert native.headers == [
        (b"host", b"generativelanguage.googleapis.com"),
        (b"x-goog-api-key", b"AIza"),
        (b"accept", b"*/*"),
    ]
    shaped = it.prepare(method="POST", path="/chat/completions", query="", headers=CLIENT)
    assert shaped.target == b"/v1beta/openai/chat/completions"
    assert (b"authorization", b"Bearer AIza") in shaped.headers
    assert b"client" not in b"".join(value for _, value in shaped.headers)


@pytest.mark.parametrize(
    ("dialect", "stream", "target"),
    [
        ("gemini", False, b"/v1beta/models/m:generateContent"),
        ("gemini", True, b"/v1beta/models/m:streamGenerateContent?alt=sse"),
        ("gemini_embeddings", False, b"/v1beta/models/m:batchEmbedContents"),
        ("gemini_count", False, b"/v1beta/models/m:countTokens"),
        ("openai_chat", True, b"/v1beta/openai/chat/completions"),
        ("openai_embeddings", False, b"/v1beta/openai/embeddings"),
    ],
)
def test_every_dialect_has_its_path(dialect: str, stream: bool, target: bytes) -> None:
    assert call(provider(), dialect, stream=stream).target == target


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("gemini-3-flash", "models/gemini-3-flash"),
        ("models/gemini-3-flash", "models/gemini-3-flash"),
        ("tunedModels/mine-1", "tunedModels/mine-1"),
        ("a b?c#d", "models/a%20b%3Fc%23d"),
        ("../../x", "models/..%2F..%2Fx"),
        ("models/../x", "models/..%2Fx"),
        ("other/x", "models/other%2Fx"),
    ],
)
def test_a_model_stays_in_its_place(model: str, path: str) -> None:
    assert model_path(model) == path


@pytest.mark.parametrize(
    ("query", "stream", "expected"),
    [
        ("", False, ""),
        ("", True, "alt=sse"),
        ("alt=json", True, "alt=json"),
        ("alt=sse", True, "alt=sse"),
        ("x=1", True, "x=1"),
    ],
)
def test_how_a_stream_comes_is_the_clients_choice(query: str, stream: bool, expected: str) -> None:
    assert stream_query(query, stream=stream) == expected


def test_a_key_in_the_address_goes_into_a_header() -> None:
    moved = call(provider(), query="key=AIza&alt=sse", stream=True)
    assert moved.target == b"/v1beta/models/m:streamGenerateContent?alt=sse"
    listed = call(provider(), query="key=AIza", stream=True)
    assert listed.target == b"/v1beta/models/m:streamGenerateContent"
    assert (b"x-goog-api-key", b"AIza") in moved.headers
    struck = call(provider(api_key="own"), query="key=AIza")
    assert struck.target == b"/v1beta/models/m:generateContent"
    assert b"AIza" not in b"".join(value for _, value in struck.headers)


def test_without_a_key_the_clients_goes_on_in_the_form_of_the_path() -> None:
    assert (b"x-goog-api-key", b"client") in call(provider()).headers
    shaped = call(provider(), "openai_chat").headers
    assert (b"authorization", b"Bearer client") in shaped
    assert len(shaped) == 3


@pytest.mark.parametrize(
    ("path", "header", "target"),
    [
        ("/models", b"x-stainless-lang", b"/v1beta/openai/models"),
        ("/models", b"x-goog-api-client", b"/v1beta/models"),
        ("/models/gemini-x", b"accept", b"/v1beta/openai/models/gemini-x"),
        ("/models/gemini-x:countTokens", b"accept", b"/v1beta/models/gemini-x:countTokens"),
        ("/cachedContents/1", b"accept", b"/v1beta/cachedContents/1"),
        ("/files/1", b"x-goog-api-key", b"/v1beta/files/1"),
        ("/images/generations", b"x-goog-api-client", b"/v1beta/openai/images/generations"),
    ],
)
def test_paths_that_both_have_go_by_the_client(path: str, header: bytes, target: bytes) -> None:
    made = provider().prepare(method="GET", path=path, query="", headers=[(header, b"x")])
    assert made.target == target


def test_a_persons_credentials_make_tokens() -> None:
    it = provider(options={"credentials_json": PERSON})
    asked = it.token_request(0)
    assert asked is not None
    assert asked.url == "https://oauth2.googleapis.com/token"
    assert it.read_token(b'{"access_token": "t", "expires_in": 5}').value == "t"
    headers = call(it).headers
    assert (b"x-goog-user-project", b"p2") in headers
    assert b"client" not in b"".join(value for _, value in headers)
    assert provider(api_key="AIza").token_request(0) is None


def test_a_key_that_is_a_token_and_no_key_at_all() -> None:
    assert (b"authorization", b"Bearer ya29.x") in call(provider(api_key="ya29.x")).headers
    open_one = call(provider(api_key="k", auth="none"))
    assert b"k" not in [value for _, value in open_one.headers]
