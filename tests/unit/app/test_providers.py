"""From configured providers to what a worker calls."""

import json
from pathlib import Path
from typing import Any

import pytest

from vedette.app.providers import has_credential, provider_settings, timeouts
from vedette.config.provider import TimeoutsConfig
from vedette.config.schema import Config
from vedette.errors import ConfigError
from vedette.model.catalogue import ProviderKind
from vedette.model.settings import ProviderSettings, Timeouts
from vedette.providers.catalogue import load_kinds

PLACED = ProviderKind(
    title="P",
    base_url_hint="https://x",
    base_path="/v1",
    place_urls={"*": "https://{place}.example.com", "global": "https://example.com/g"},
)


def provider(**settings: Any) -> ProviderSettings:
    tree = {"providers": [{"name": "a", "kind": "openai", **settings}]}
    kinds = {**load_kinds(), "placed": PLACED}
    return provider_settings(Config.model_validate(tree), kinds)[0]


def test_a_kind_fills_in_what_the_provider_leaves_open() -> None:
    settings = provider(kind="anthropic", api_key="sk-1")
    assert settings.base_url == "https://api.anthropic.com/v1"
    assert settings.api_key == "sk-1"
    assert settings.auth == "bearer"
    assert ("/messages", "x-api-key") in settings.path_auth
    assert settings.default_headers == (("anthropic-version", "2023-06-01"),)
    assert settings.price_provider == "anthropic"
    assert settings.models == ("claude-*",)
    assert settings.stream_usage


def test_what_the_provider_says_wins_over_its_kind() -> None:
    settings = provider(
        kind="anthropic", auth="x-api-key", api_key="k", base_url="https://p.example.com/v2/",
        models=["m*"], stream_usage=False, price_provider="", headers={"X-Team": "t"},
        timeouts={"connect_s": 1}, max_connections=5, verify_tls=False,
    )  # fmt: skip
    assert settings == ProviderSettings(
        name="a", kind="anthropic", base_url="https://p.example.com/v2", api_key="k",
        auth="x-api-key", headers=(("x-team", "t"),),
        default_headers=(("anthropic-version", "2023-06-01"),), models=("m*",),
        timeouts=Timeouts(connect_s=1, whole_s=600), stream_usage=False, max_connections=5,
        verify_tls=False, dialects=("anthropic",),
    )  # fmt: skip


def test_an_endpoint_of_azure_gets_its_path() -> None:
    azure = provider(kind="azure", base_url="https://n.openai.azure.com", api_key="k")
    assert azure.base_url == "https://n.openai.azure.com/openai/v1"
    assert azure.auth == "api-key"
    own = provider(kind="azure", base_url="https://n.openai.azure.com/custom/v1")
    assert own.base_url == "https://n.openai.azure.com/custom/v1"


@pytest.mark.parametrize("kind", ["anthropic", "vllm", "sglang", "llama.cpp", "lmstudio", "shimmy"])
def test_an_address_without_a_path_gets_the_usual_one(kind: str) -> None:
    assert provider(kind=kind, base_url="http://host:8000").base_url == "http://host:8000/v1"
    assert provider(kind=kind, base_url="http://host/api/v1").base_url == "http://host/api/v1"


def test_a_server_that_asks_for_no_key_still_gets_one_that_is_set() -> None:
    assert provider(kind="ollama").auth == "none"
    assert provider(kind="ollama", api_key="k").auth == "bearer"


def test_an_unknown_kind_is_an_error_here_too() -> None:
    with pytest.raises(ConfigError, match="Unknown kind 'opnai'"):
        provider(kind="opnai")
    with pytest.raises(ConfigError, match=r"needs a base_url, such as https://NAME"):
        provider(kind="azure")


def test_several_keys_are_all_there_and_the_first_is_the_key() -> None:
    settings = provider(api_keys=["k1", "k2"])
    assert (settings.api_key, settings.api_keys) == ("k1", ("k1", "k2"))
    settings = provider(api_keys=["k1"])
    assert (settings.api_key, settings.api_keys) == ("k1", ())
    assert provider(kind="ollama", api_keys=["k1"]).auth == "bearer"


def test_keys_are_read_from_their_file_each_time(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("k1\nk2\n")
    settings = provider(api_key_file=str(path))
    assert (settings.api_key, settings.api_keys) == ("k1", ("k1", "k2"))
    path.write_text("k3")
    assert provider(api_key_file=str(path)).api_key == "k3"
    path.unlink()
    with pytest.raises(ConfigError, match=r"providers\.a: api_key_file: .* cannot be read"):
        provider(api_key_file=str(path))


def test_options_are_what_is_set_and_no_more(tmp_path: Path) -> None:
    account = json.dumps({"type": "service_account", "client_email": "a@b", "private_key": "x"})
    path = tmp_path / "account.json"
    path.write_text(account)
    assert provider().options == {}
    assert provider(aws={"region": "eu-west-1", "access_key_id": "AK"}).options == {
        "region": "eu-west-1", "access_key_id": "AK",
    }  # fmt: skip
    google = {"project": "p", "location": "global", "credentials_file": str(path)}
    assert provider(google=google).options == {
        "project": "p", "location": "global", "credentials_json": account,
    }  # fmt: skip
    assert provider(azure={"client_secret": "s"}).options == {
        "client_secret": "s", "authority": "https://login.microsoftonline.com",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"aws": {"region": "eu-west-1"}}, "https://eu-west-1.example.com/v1"),
        ({"google": {"location": "global"}}, "https://example.com/g"),
        ({"aws": {"region": "eu-west-1"}, "base_url": "https://own/v2"}, "https://own/v2"),
    ],
)
def test_the_place_of_a_cloud_makes_the_address(settings: dict[str, Any], url: str) -> None:
    assert provider(kind="placed", **settings).base_url == url


def test_without_a_place_an_address_is_asked_for() -> None:
    with pytest.raises(ConfigError, match="needs a base_url"):
        provider(kind="placed", aws={})


def test_roots_of_single_paths_belong_to_the_kinds_own_address() -> None:
    assert provider(kind="deepseek").path_roots == (("/messages", "/anthropic/v1"),)
    assert provider(kind="deepseek", base_url="https://proxy/v1").path_roots == ()


def test_the_dialects_of_the_provider_win() -> None:
    assert provider().dialects[0] == "openai_chat"
    assert provider(dialects=["anthropic"]).dialects == ("anthropic",)


@pytest.mark.parametrize(
    ("settings", "has"),
    [
        ({}, False),
        ({"api_key": "k"}, True),
        ({"aws": {"access_key_id": "a", "secret_access_key": "s"}}, True),
        ({"azure": {"api_version": "1"}}, False),
        ({"azure": {"tenant_id": "t", "client_id": "c", "client_secret": "s"}}, True),
    ],
)
def test_a_credential_is_known_whatever_its_kind(settings: dict[str, Any], has: bool) -> None:
    assert has_credential(provider(**settings)) is has


def test_timeouts_are_carried_over() -> None:
    assert timeouts(TimeoutsConfig(idle_s=7, first_byte_s=9)) == Timeouts(idle_s=7, first_byte_s=9)


def test_without_a_word_whole_answers_have_all_the_time() -> None:
    assert timeouts(TimeoutsConfig(total_s=70)) == Timeouts(total_s=70, whole_s=70)
