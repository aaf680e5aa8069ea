"""The rows of the catalogue."""

import re
from urllib.parse import urlsplit

import pytest
from genai_prices.data import providers as price_lists

from vedette.config.address import parse_base_url
from vedette.costs.prices import LOCAL_PROVIDERS
from vedette.model.catalogue import COMMON_DIALECTS, ProviderKind
from vedette.plugins import load
from vedette.providers import openai
from vedette.providers.catalogue import AUTH_STYLES, load_kinds

ROWS = list(load_kinds().items())
PROMISED = {
    "openai", "anthropic", "gemini", "azure", "bedrock", "ollama", "vllm", "sglang", "tgi",
    "shimmy", "llama.cpp", "lmstudio", "groq", "mistral", "deepseek", "openrouter", "together",
    "fireworks", "xai", "cerebras", "perplexity", "nvidia", "deepinfra", "cohere", "moonshot",
    "sim", "openai_compatible", "azure_anthropic", "alibaba", "zai", "minimax", "vercel",
    "ollama_cloud", "sambanova", "nebius", "github_models", "cloudflare", "databricks",
}  # fmt: skip
RESOLD = {"azure_anthropic": "anthropic"}
"""Who sells somebody else's models at that one's prices."""


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
    if name in RESOLD:
        assert kind.price_provider == RESOLD[name]
        return
    pattern = lists[kind.price_provider].api_pattern
    address = kind.base_url or kind.base_url_hint.replace("REGION", "eu-west-1")
    assert re.match(pattern, address)


@pytest.mark.parametrize(("name", "kind"), ROWS, ids=[name for name, _ in ROWS])
def test_a_probe_asks_where_the_server_lives(name: str, kind: ProviderKind) -> None:
    if kind.probe is None:
        return
    assert urlsplit(kind.base_url).port == kind.probe.port
    assert bool(kind.probe.has) != bool(kind.probe.owned_by)


@pytest.mark.parametrize(("name", "kind"), ROWS, ids=[name for name, _ in ROWS])
def test_a_row_speaks_what_its_module_has_a_path_for(name: str, kind: ProviderKind) -> None:
    paths = getattr(load("providers", name, otherwise="openai"), "PATHS", None)
    assert kind.dialects
    assert len(set(kind.dialects)) == len(kind.dialects)
    assert paths is None or set(kind.dialects) <= set(paths)
    for start, root in kind.path_roots.items():
        assert start in openai.PATHS.values()
        assert root.startswith("/")
        assert not root.endswith("/")


def test_the_common_dialects_are_those_of_the_plain_provider() -> None:
    assert set(COMMON_DIALECTS) == set(openai.PATHS)
    assert set(load_kinds()["openai_compatible"].dialects) <= set(COMMON_DIALECTS)


def test_a_variable_stands_for_one_kind_alone() -> None:
    variables = [variable for _, kind in ROWS for variable in kind.key_env]
    assert len(set(variables)) == len(variables)


def test_anthropic_takes_its_key_by_path() -> None:
    anthropic = load_kinds()["anthropic"]
    assert anthropic.auth == "bearer"
    assert anthropic.path_auth["/messages"] == "x-api-key"
    assert anthropic.default_headers == {"anthropic-version": "2023-06-01"}


def test_the_catalogue_is_read_once() -> None:
    assert load_kinds() is load_kinds()
