"""The rows of the catalogue."""

import re
from urllib.parse import urlsplit

import pytest
from genai_prices.data import providers as price_lists

from vedette.config.address import parse_base_url
from vedette.costs.prices import LOCAL_PROVIDERS
from vedette.model.catalogue import ProviderKind
from vedette.providers.catalogue import AUTH_STYLES, load_kinds

ROWS = list(load_kinds().items())
PROMISED = {
    "openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "vllm", "sglang", "tgi",
    "shimmy", "llama.cpp", "lmstudio", "groq", "mistral", "deepseek", "openrouter", "together",
    "fireworks", "xai", "cerebras", "perplexity", "nvidia", "deepinfra", "cohere", "moonshot",
    "sim", "openai_compatible",
}  # fmt: skip


def test_the_promised_kinds_are_there() -> None:
    assert set(load_kinds()) >= PROMISED


def test_openai_comes_first() -> None:
    assert next(iter(load_kinds())) == "openai"


@pytest.mark.parametrize(("name", "kind"), ROWS, ids=[name for name, _ in ROWS])
def test_a_row_makes_sense(name: str, kind: ProviderKind) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_.]*", name)
    assert kind.title
    assert {kind.auth, *kind.path_auth.values()} <= AUTH_STYLES
    assert all(path.startswith("/") for path in kind.path_auth)
    assert bool(kind.base_url) != bool(kind.base_url_hint)
    if name != "sim" and kind.base_url:
        assert parse_base_url(kind.base_url) == kind.base_url
    if kind.local and name != "sim":
        assert urlsplit(kind.base_url).hostname == "127.0.0.1"
    elif kind.base_url and name != "sim":
        assert kind.base_url.startswith("https://")
        assert kind.key_env


@pytest.mark.parametrize(("name", "kind"), ROWS, ids=[name for name, _ in ROWS])
def test_prices_are_those_of_a_known_list_that_matches_the_address(
    name: str, kind: ProviderKind
) -> None:
    if not kind.price_provider or kind.price_provider in LOCAL_PROVIDERS:
        return
    lists = {price_list.id: price_list for price_list in price_lists}
    pattern = lists[kind.price_provider].api_pattern
    address = kind.base_url or kind.base_url_hint.replace("REGION", "eu-west-1")
    assert re.match(pattern, address)


@pytest.mark.parametrize(("name", "kind"), ROWS, ids=[name for name, _ in ROWS])
def test_a_probe_asks_where_the_server_lives(name: str, kind: ProviderKind) -> None:
    if kind.probe is None:
        return
    assert urlsplit(kind.base_url).port == kind.probe.port
    assert bool(kind.probe.has) != bool(kind.probe.owned_by)


def test_anthropic_takes_its_key_by_path() -> None:
    anthropic = load_kinds()["anthropic"]
    assert anthropic.auth == "bearer"
    assert anthropic.path_auth["/messages"] == "x-api-key"
    assert anthropic.default_headers == {"anthropic-version": "2023-06-01"}


def test_the_catalogue_is_read_once() -> None:
    assert load_kinds() is load_kinds()
