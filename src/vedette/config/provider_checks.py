"""What a well-formed provider can still get wrong: rules over more than one of its settings."""

import os
from collections.abc import Callable, Iterator

from vedette.config.errors import unknown
from vedette.config.files import read_credentials, read_keys
from vedette.config.provider import ProviderConfig
from vedette.model.catalogue import COMMON_DIALECTS, Kinds, ProviderKind

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
"""Where below the provider, and what is wrong."""

_SECTIONS = {
    "aws": ("bedrock",),
    "google": ("vertex", "vertex_anthropic", "gemini"),
    "azure": ("azure",),
}
"""Section -> the kinds it is for."""
_PLACES = {
    "bedrock": "aws.region",
    "vertex": "google.location",
    "vertex_anthropic": "google.location",
}
"""Kind -> the setting that says where it is."""
_TOGETHER = {
    "aws": ("access_key_id", "secret_access_key"),
    "azure": ("tenant_id", "client_id", "client_secret"),
}
"""Section -> settings that are of use only all together."""


def check_provider(provider: ProviderConfig) -> Iterator[Finding]:
    """All rules that need no catalogue."""
    for rule in _RULES:
        yield from rule(provider)


def check_kind(provider: ProviderConfig, kinds: Kinds) -> Iterator[Finding]:
    """The rules that the catalogue makes."""
    kind = kinds.get(provider.kind)
    if kind is None:
        yield ("kind",), unknown("kind", provider.kind, kinds)
        return
    if not kind.base_url and provider.base_url is None and not _has_place(provider, kind):
        hint = f", such as {kind.base_url_hint}" if kind.base_url_hint else ""
        place = f", or set {_PLACES[provider.kind]}" if provider.kind in _PLACES else ""
        yield ("base_url",), f"is required for kind {provider.kind!r}{hint}{place}"
    for section, wanted in _SECTIONS.items():
        if getattr(provider, section) is not None and provider.kind not in wanted:
            yield (section,), f"is for kind {' or '.join(wanted)}, not for {provider.kind!r}"
    yield from _dialects(provider, kind)


def _has_place(provider: ProviderConfig, kind: ProviderKind) -> bool:
    """Whether the cloud's own settings say where it is: region or location make the address."""
    aws, google = provider.aws, provider.google
    place = (aws and aws.region) or (google and google.location)
    return bool(place and kind.place_urls)


def _dialects(provider: ProviderConfig, kind: ProviderKind) -> Iterator[Finding]:
    spoken = dict.fromkeys(kind.dialects)
    if spoken.keys() <= set(COMMON_DIALECTS):
        spoken |= dict.fromkeys(COMMON_DIALECTS)
    for index, dialect in enumerate(provider.dialects or ()):
        if dialect not in spoken:
            yield ("dialects", index), unknown(f"dialect of {provider.kind}", dialect, spoken)


def _one_key(provider: ProviderConfig) -> Iterator[Finding]:
    given = [name for name in _KEYS if getattr(provider, name)]
    if len(given) > 1:
        yield (given[1],), f"and {given[0]} exclude each other: leave one out"
    if provider.auth == "none" and given:
        yield ("auth",), f"none and an {given[0]} exclude each other: leave one out"


_KEYS = ("api_key", "api_keys", "api_key_file")


def _files(provider: ProviderConfig) -> Iterator[Finding]:
    if provider.ca_file and not os.path.isfile(provider.ca_file):
        yield ("ca_file",), f"there is no file {provider.ca_file!r}"
    try:
        if provider.api_key_file:
            read_keys(provider.api_key_file)
    except ValueError as error:
        yield ("api_key_file",), str(error)
    try:
        if provider.google and provider.google.credentials_file:
            read_credentials(provider.google.credentials_file)
    except ValueError as error:
        yield ("google", "credentials_file"), str(error)


def _together(provider: ProviderConfig) -> Iterator[Finding]:
    for name, settings in _TOGETHER.items():
        section = getattr(provider, name)
        given = [setting for setting in settings if getattr(section, setting, None)]
        missing = [setting for setting in settings if setting not in given]
        if given and missing:
            yield (name, given[0]), f"needs {' and '.join(missing)} beside it"
    aws, azure = provider.aws, provider.azure
    if aws and aws.session_token and not aws.access_key_id:
        yield ("aws", "session_token"), "needs access_key_id and secret_access_key beside it"
    keyed = any(getattr(provider, name) for name in _KEYS)
    if azure and azure.client_secret and keyed:
        yield ("azure", "client_secret"), "and an API key exclude each other: leave one out"


_RULES: tuple[Callable[[ProviderConfig], Iterator[Finding]], ...] = (_one_key, _files, _together)
