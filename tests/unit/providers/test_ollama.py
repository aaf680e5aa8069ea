from typing import Any

import pytest

from vedette.model.settings import ProviderSettings
from vedette.providers.catalogue import load_kinds
from vedette.providers.ollama import PATHS, Provider

HEADERS = [(b"content-type", b"application/json")]


def provider(url: str = "http://127.0.0.1:11434/v1", **changes: Any) -> Provider:
    return Provider(ProviderSettings(name="o", kind="ollama", base_url=url, auth="none", **changes))


@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("http://127.0.0.1:11434", b""),
        ("http://127.0.0.1:11434/v1", b""),
        ("https://example.com/ollama/v1/", b"/ollama"),
    ],
)
def test_an_address_may_have_the_version_or_not(url: str, prefix: bytes) -> None:
    it = provider(url)

    def prepared(path: str) -> bytes:
        return it.prepare(method="POST", path=path, query="", headers=HEADERS).target

    assert prepared("/chat/completions") == prefix + b"/v1/chat/completions"
    assert prepared("/models") == prefix + b"/v1/models"
    assert prepared("/api/tags") == prefix + b"/api/tags"


@pytest.mark.parametrize(
    ("dialect", "path"),
    [
        ("openai_chat", b"/v1/chat/completions"),
        ("openai_responses", b"/v1/responses"),
        ("anthropic", b"/v1/messages"),
        ("ollama_chat", b"/api/chat"),
        ("ollama_generate", b"/api/generate"),
        ("ollama_embeddings", b"/api/embed"),
    ],
)
def test_each_dialect_has_its_path(dialect: str, path: bytes) -> None:
    call = provider().call(dialect=dialect, model="m", stream=True, query="", headers=HEADERS)
    assert (call.method, call.target) == ("POST", path)


def test_the_row_names_nothing_without_a_path() -> None:
    assert set(load_kinds()["ollama"].dialects) <= set(PATHS)


def test_a_key_is_sent_where_there_is_one() -> None:
    settings = ProviderSettings(
        name="o", kind="ollama", base_url="https://ollama.com", auth="bearer", api_key="k"
    )
    call = Provider(settings).prepare(method="GET", path="/models", query="", headers=HEADERS)
    assert (b"authorization", b"Bearer k") in call.headers
    assert (b"host", b"ollama.com") in call.headers
