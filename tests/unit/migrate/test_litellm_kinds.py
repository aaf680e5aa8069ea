"""LiteLLM's providers."""

import pytest

from vedette.migrate.litellm_kinds import PREFIXES, bare_model, prefix_of, split_model
from vedette.providers.catalogue import load_kinds

KINDS = load_kinds()


@pytest.mark.parametrize("name", sorted(PREFIXES))
def test_each_provider_has_a_kind_and_an_address(name: str) -> None:
    prefix = PREFIXES[name]
    kind = KINDS[prefix.kind]
    assert kind.base_url or kind.place_urls or prefix.base_url or prefix.base
    assert prefix.kind != "openai_compatible" or prefix.base_url or prefix.base


@pytest.mark.parametrize(
    ("model", "given", "provider", "bare"),
    [
        ("groq/llama-3.3-70b", "", "groq", "llama-3.3-70b"),
        ("openrouter/openai/gpt-4o", "", "openrouter", "openai/gpt-4o"),
        ("gpt-4o", "", "openai", "gpt-4o"),
        ("claude-opus-4-1", "", "anthropic", "claude-opus-4-1"),
        ("nobody/m", "", "nobody", "m"),
        ("unheard", "", "", "unheard"),
        ("groq/m", "groq", "groq", "m"),
        ("vendor/m", "openai", "openai", "vendor/m"),
        ("", "", "", ""),
    ],
)
def test_a_model_names_its_provider(model: str, given: str, provider: str, bare: str) -> None:
    assert split_model(model, given, KINDS) == (provider, bare)


def test_words_that_choose_a_way_of_calling_are_no_part_of_the_name() -> None:
    assert bare_model("bedrock", "converse/amazon.nova-pro-v1:0") == "amazon.nova-pro-v1:0"
    assert bare_model("azure", "o_series/mine") == "mine"
    assert bare_model("groq", "converse/m") == "converse/m"


@pytest.mark.parametrize(
    ("name", "model", "address", "kind"),
    [
        ("openai", "m", None, "openai"),
        ("openai", "m", "https://api.openai.com/v1", "openai"),
        ("openai", "m", "https://eu.api.openai.com/v1", "openai"),
        ("openai", "m", "http://host:8000/v1", "openai_compatible"),
        ("openai", "m", "os.environ/BASE", "openai_compatible"),
        ("azure_ai", "claude-opus-4-1", "https://a", "azure_anthropic"),
        ("azure_ai", "mistral-large", "https://a", "azure"),
        ("azure", "claude-mine", "https://a", "azure"),
        ("vertex_ai", "claude-opus-4-1@20250805", None, "vertex_anthropic"),
    ],
)
def test_the_address_and_the_model_tell_servers_apart(
    name: str, model: str, address: str | None, kind: str
) -> None:
    prefix = prefix_of(name, model, address)
    assert prefix is not None
    assert prefix.kind == kind


def test_an_unknown_provider_is_none() -> None:
    assert prefix_of("nobody", "m", None) is None
