"""Secrets that the configuration takes from the vault."""

import base64
from pathlib import Path
from typing import Any

import pytest

from vedette.access.vault import Vault
from vedette.app.providers import provider_settings
from vedette.app.vault import Secrets, master_key, open_vault, vault_path
from vedette.clock import FakeClock
from vedette.config.schema import Config
from vedette.errors import ConfigError
from vedette.model.settings import ProviderSettings
from vedette.providers.catalogue import load_kinds

AZURE = {"tenant_id": "t", "client_id": "c", "client_secret": "vault:entra"}


def config(folder: Path, **provider: Any) -> Config:
    tree = {
        "storage": {"path": str(folder)},
        "providers": [{"name": "a", "kind": "openai", **provider}],
    }
    return Config.model_validate(tree)


def compiled(folder: Path, **provider: Any) -> ProviderSettings:
    return provider_settings(config(folder, **provider), load_kinds())[0]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    kept = Vault(tmp_path, FakeClock())
    kept.set("one", "sk-one")
    kept.set("two", "sk-two")
    kept.set("entra", "s3cret")
    return kept


def test_every_kind_of_secret_may_be_in_the_vault(vault: Vault, tmp_path: Path) -> None:
    assert compiled(tmp_path, api_key="vault:one").api_key == "sk-one"
    several = compiled(tmp_path, api_keys=["vault:one", "sk-plain", "vault:two"])
    assert several.api_keys == ("sk-one", "sk-plain", "sk-two")
    headers = compiled(tmp_path, headers={"x-token": "vault:two"}).headers
    assert headers == (("x-token", "sk-two"),)
    azure = compiled(tmp_path, kind="azure", base_url="https://x/openai/v1", azure=AZURE)
    assert azure.options["client_secret"] == "s3cret"
    assert azure.options["client_id"] == "c"


def test_a_credential_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        compiled(tmp_path, api_key="vault:none")
    assert caught.value.message.startswith("providers.a: api_key: There is no credential 'none'")
    assert "vedette credentials set none" in caught.value.message


def test_a_vault_that_does_not_open_is_told(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "master.key").unlink()
    with pytest.raises(ConfigError, match="another master key"):
        compiled(tmp_path, api_key="vault:one")


def test_the_master_key_comes_from_the_environment(tmp_path: Path) -> None:
    env = {"VEDETTE_MASTER_KEY": base64.b64encode(b"g" * 32).decode()}
    assert master_key({}) == b""
    assert master_key(env) == b"g" * 32
    used = config(tmp_path, api_key="vault:one")
    open_vault(used, env).set("one", "sk-given")
    (provider,) = used.providers
    assert provider.api_key is not None
    assert Secrets(used, env).read(provider, "api_key", provider.api_key) == "sk-given"
    wrong = Secrets(used, {"VEDETTE_MASTER_KEY": "wrong"})
    with pytest.raises(ConfigError, match="no master key"):
        wrong.read(provider, "api_key", provider.api_key)
    assert list(tmp_path.glob("*.key")) == []
    assert vault_path(used).is_file()
