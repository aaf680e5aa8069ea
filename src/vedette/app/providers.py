"""Compiles configured providers to what a worker calls: the catalogue fills in what is left open.

Credentials that stand in files of their own or in the vault are read here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pydantic import SecretStr

from vedette.app.vault import Secrets
from vedette.config.checks import SIM
from vedette.config.errors import unknown
from vedette.config.files import read_credentials, read_keys
from vedette.config.provider import ProviderConfig, TimeoutsConfig
from vedette.config.schema import Config
from vedette.errors import ConfigError
from vedette.model.catalogue import Kinds, ProviderKind
from vedette.model.settings import ProviderSettings, Timeouts

_PLACES = ("region", "location")
_CREDENTIALS = ("secret_access_key", "credentials_json", "client_secret")


def provider_settings(config: Config, kinds: Kinds) -> tuple[ProviderSettings, ...]:
    """All of them, and the simulated one where it is on. Raises ConfigError."""
    secrets = Secrets(config)
    providers = [_provider(provider, kinds, secrets) for provider in config.providers]
    taken = {provider.name for provider in providers}
    if config.gateway.sim and SIM not in taken:
        providers.append(_provider(ProviderConfig(name=SIM, kind=SIM), kinds, secrets))
    return tuple(providers)


def has_credential(settings: ProviderSettings) -> bool:
    """Whether calls are made with a credential of ours, whatever its kind."""
    return bool(settings.api_key) or any(name in settings.options for name in _CREDENTIALS)


def timeouts(written: TimeoutsConfig) -> Timeouts:
    said = "first_byte_s" in written.model_fields_set
    return Timeouts(**written.model_dump(), whole_s=None if said else written.total_s)


def _provider(provider: ProviderConfig, kinds: Kinds, secrets: Secrets) -> ProviderSettings:
    kind = kinds.get(provider.kind)
    if kind is None:
        raise ConfigError(f"providers.{provider.name}: {unknown('kind', provider.kind, kinds)}")
    keys, options = _keys(provider, secrets), _options(provider, secrets)
    return ProviderSettings(
        name=provider.name,
        kind=provider.kind,
        base_url=_base_url(provider, kind, options),
        api_key=keys[0] if keys else "",
        api_keys=keys if len(keys) > 1 else (),
        auth=_auth(provider, kind, has_key=bool(keys)),
        path_auth=() if provider.auth else tuple(kind.path_auth.items()),
        path_roots=() if provider.base_url else tuple(kind.path_roots.items()),
        headers=tuple(
            (name, secrets.read(provider, f"headers.{name}", value))
            for name, value in provider.headers.items()
        ),
        default_headers=tuple(kind.default_headers.items()),
        models=kind.models if provider.models is None else provider.models,
        timeouts=timeouts(provider.timeouts),
        stream_usage=kind.stream_usage if provider.stream_usage is None else provider.stream_usage,
        max_connections=provider.max_connections,
        max_concurrency=provider.max_concurrency,
        queue_size=provider.queue_size,
        queue_wait_s=provider.queue_wait_s,
        verify_tls=provider.verify_tls,
        ca_file=provider.ca_file or "",
        price_provider=(
            kind.price_provider if provider.price_provider is None else provider.price_provider
        ),
        dialects=provider.dialects or kind.dialects,
        options=options,
    )


def _keys(provider: ProviderConfig, secrets: Secrets) -> tuple[str, ...]:
    if provider.api_key_file:
        with _naming(provider, "api_key_file"):
            return read_keys(provider.api_key_file)
    if provider.api_key:
        return (secrets.read(provider, "api_key", provider.api_key),)
    return tuple(
        secrets.read(provider, f"api_keys[{index}]", key)
        for index, key in enumerate(provider.api_keys)
    )


def _options(provider: ProviderConfig, secrets: Secrets) -> dict[str, str]:
    """The settings of the clouds' sections, under their names there."""
    options: dict[str, str] = {}
    for section in (provider.aws, provider.google, provider.azure):
        for name in type(section).model_fields if section else ():
            value = getattr(section, name)
            if isinstance(value, SecretStr):
                options[name] = secrets.read(provider, name, value)
            elif value is not None:
                options[name] = value
    if path := options.pop("credentials_file", ""):
        with _naming(provider, "google.credentials_file"):
            options["credentials_json"] = read_credentials(path)
    return options


@contextmanager
def _naming(provider: ProviderConfig, setting: str) -> Iterator[None]:
    """The files were good when the configuration was checked; this is for those that change."""
    try:
        yield
    except ValueError as error:
        raise ConfigError(f"providers.{provider.name}: {setting}: {error}") from None


def _auth(provider: ProviderConfig, kind: ProviderKind, *, has_key: bool) -> str:
    if provider.auth:
        return provider.auth
    # A server that asks for no key by itself may stand behind a proxy that does.
    return "bearer" if kind.auth == "none" and has_key else kind.auth


def _base_url(provider: ProviderConfig, kind: ProviderKind, options: dict[str, str]) -> str:
    url = provider.base_url or _place_url(kind, options) or kind.base_url
    if not url:
        raise ConfigError(
            f"Provider {provider.name!r} of kind {provider.kind!r} needs a base_url, "
            f"such as {kind.base_url_hint or 'https://api.example.com/v1'}."
        )
    has_path = urlsplit(url).path.strip("/")
    return url if has_path else url.rstrip("/") + kind.base_path


def _place_url(kind: ProviderKind, options: dict[str, str]) -> str:
    place = next((options[name] for name in _PLACES if name in options), "")
    url = kind.place_urls.get(place) or kind.place_urls.get("*", "")
    return url.replace("{place}", place) if place else ""
