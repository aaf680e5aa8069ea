from typing import Any

from vedette.model.settings import ProviderSettings
from vedette.providers.openai import Provider

CLIENT = [
    (b"authorization", b"Bearer client"),
    (b"x-api-key", b"client"),
    (b"content-type", b"application/json"),
    (b"openai-beta", b"x=1"),
]


def provider(**changes: Any) -> Provider:
    fields: dict[str, Any] = {"base_url": "https://api.example.com:8443/openai/v1", **changes}
    return Provider(ProviderSettings(name="p", kind="openai", **fields))


def prepare(it: Provider, path: str = "/chat/completions", query: str = "") -> tuple[bytes, Any]:
    call = it.prepare(method="POST", path=path, query=query, headers=CLIENT)
    return call.target, call.headers


def test_the_address_is_base_url_and_path() -> None:
    target, headers = prepare(provider(), query="a=1&b=%20")
    assert target == b"/openai/v1/chat/completions?a=1&b=%20"
    assert headers[0] == (b"host", b"api.example.com:8443")


def test_without_a_key_the_clients_credential_goes_on() -> None:
    _, headers = prepare(provider())
    assert headers[1:] == CLIENT


def test_with_a_key_every_credential_of_the_client_is_replaced() -> None:
    _, headers = prepare(provider(api_key="sk-own"))
    assert (b"authorization", b"Bearer sk-own") in headers
    assert not [value for _, value in headers if b"client" in value]
    assert (b"openai-beta", b"x=1") in headers


def test_keys_are_sent_in_the_providers_own_way() -> None:
    assert (b"api-key", b"k") in prepare(provider(api_key="k", auth="api-key"))[1]
    assert (b"x-api-key", b"k") in prepare(provider(api_key="k", auth="x-api-key"))[1]
    assert not [h for h in prepare(provider(api_key="k", auth="none"))[1] if h[1].endswith(b"k")]


def test_a_path_may_want_another_way() -> None:
    it = provider(api_key="k", path_auth=(("/messages", "x-api-key"),))
    assert (b"x-api-key", b"k") in prepare(it, "/messages")[1]
    assert (b"authorization", b"Bearer k") in prepare(it)[1]


def test_own_headers_replace_and_default_headers_fill_in() -> None:
    it = provider(
        headers=(("OpenAI-Beta", "own"), ("X-Org", "o")),
        default_headers=(("Content-Type", "text/x"), ("anthropic-version", "1")),
    )
    _, headers = prepare(it)
    assert [v for n, v in headers if n == b"openai-beta"] == [b"own"]
    assert [v for n, v in headers if n == b"content-type"] == [b"application/json"]
    assert (b"x-org", b"o") in headers
    assert (b"anthropic-version", b"1") in headers


def test_a_path_may_begin_at_a_root_of_its_own() -> None:
    it = provider(path_roots=(("/messages", "/anthropic/v1"),))
    assert prepare(it, "/messages")[0] == b"/anthropic/v1/messages"
    assert prepare(it, "/messages/count_tokens")[0] == b"/anthropic/v1/messages/count_tokens"
    assert prepare(it)[0] == b"/openai/v1/chat/completions"
    call = it.call(dialect="anthropic", model="m", stream=True, query="", headers=CLIENT)
    assert call.target == b"/anthropic/v1/messages"
