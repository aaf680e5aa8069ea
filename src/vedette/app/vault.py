"""Credentials that the configuration takes from the vault: `api_key: vault:openai`."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from vedette.access.master import VARIABLE, NoMasterKey, read_master_key
from vedette.access.vault import FILE, Vault
from vedette.clock import SystemClock
from vedette.config.provider import ProviderConfig
from vedette.config.schema import Config
from vedette.errors import ConfigError, VedetteError

SCHEME = "vault:"


def vault_path(config: Config) -> Path:
    """Where the vault of an installation lies, whatever the profile: it is written by hand."""
    return Path(config.storage.path).absolute() / FILE


def master_key(env: Mapping[str, str]) -> bytes:
    """The master key of the environment, empty where none is set. Raises ConfigError."""
    text = env.get(VARIABLE, "")
    try:
        return read_master_key(text) if text else b""
    except NoMasterKey as error:
        raise ConfigError(error.message) from None


def open_vault(config: Config, env: Mapping[str, str]) -> Vault:
    """The vault that this configuration uses. Raises ConfigError."""
    return Vault(vault_path(config).parent, SystemClock(), given=master_key(env))


class Secrets:
    """Reads the secrets of a configuration: as written there, or from the vault."""

    def __init__(self, config: Config, env: Mapping[str, str] | None = None) -> None:
        self._config = config
        self._env = os.environ if env is None else env
        self._vault: Vault | None = None

    def read(self, provider: ProviderConfig, setting: str, secret: SecretStr) -> str:
        """The secret itself. Raises ConfigError that names the setting, never a secret."""
        text = secret.get_secret_value()
        if not text.startswith(SCHEME):
            return text
        try:
            if self._vault is None:
                self._vault = open_vault(self._config, self._env)
            return self._vault.get(text.removeprefix(SCHEME))
        except VedetteError as error:
            place = f"providers.{provider.name}: {setting}"
            raise ConfigError(f"{place}: {error.message}") from None
