"""AWS credentials and region, where AWS's own tools look for them.

https://docs.aws.amazon.com/sdkref/latest/guide/creds-config-files.html

In this order: a Bedrock API key, keys in the environment, keys in the credentials file under the
profile of `AWS_PROFILE`. Profiles that get their keys elsewhere (SSO, another role, a command) are
named, not followed: what they give expires while the gateway runs.
"""

from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from pathlib import Path

from vedette.config.load import Notice
from vedette.config.tree import Plain

_TITLE = "Amazon Bedrock"
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
_API_KEY = "AWS_BEARER_TOKEN_BEDROCK"
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_FIELDS = ("access_key_id", "secret_access_key", "session_token")
_ELSEWHERE = frozenset(
    {"sso_session", "sso_start_url", "role_arn", "credential_process", "web_identity_token_file"}
)


@dataclass(frozen=True, slots=True)
class FoundBedrock:
    """Settings of a provider, and where they were found."""

    source: str
    region: str
    settings: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class _Credential:
    source: str
    settings: dict[str, Plain]
    """Of the provider where it `is_token`, else of its section `aws`."""
    is_token: bool = False


def find_bedrock(env: Mapping[str, str]) -> FoundBedrock | Notice | None:
    """Bedrock as it can be used here, or what is missing; None where nobody asks for it."""
    profile = _Profile(env)
    found = _credential(env, profile)
    if found is None or isinstance(found, Notice):
        return found
    region = _first(env, _REGIONS) or profile.region
    if not region:
        is_asked_for = profile.is_named or found.source.startswith("AWS_")
        missing = Notice("missing", f"{_TITLE}: {found.source} is there, but AWS_REGION is not")
        return missing if is_asked_for else None
    settings: dict[str, Plain] = {"name": "bedrock", "kind": "bedrock", "aws": {"region": region}}
    if found.is_token:
        settings |= found.settings
    else:
        settings["aws"] = {"region": region, **found.settings}
    return FoundBedrock(found.source, region, settings)


def _credential(env: Mapping[str, str], profile: "_Profile") -> _Credential | Notice | None:
    if token := _first(env, (_API_KEY,)):
        return _Credential(_API_KEY, {"api_key": token}, is_token=True)
    keys = {field: _first(env, (name,)) for field, name in zip(_FIELDS, _KEYS, strict=True)}
    if keys["access_key_id"]:
        if not keys["secret_access_key"]:
            return Notice("missing", f"{_TITLE}: {_KEYS[0]} is set, but {_KEYS[1]} is not")
        return _Credential(_KEYS[0], {name: key for name, key in keys.items() if key})
    return profile.credential()


class _Profile:
    """The profile that is in use, out of AWS's two files; empty where there is none."""

    def __init__(self, env: Mapping[str, str]) -> None:
        named = _first(env, _PROFILES)
        self.is_named = bool(named)
        self._name = named or "default"
        home = Path(env["HOME"], ".aws") if env.get("HOME") else None
        credentials = _path(env, "AWS_SHARED_CREDENTIALS_FILE", home, "credentials")
        config = _path(env, "AWS_CONFIG_FILE", home, "config")
        self._file = credentials
        self._keys = _section(credentials, self._name)
        section = self._name if self._name == "default" else f"profile {self._name}"
        self._config = _section(config, section)

    @property
    def region(self) -> str:
        return self._config.get("region", "") or self._keys.get("region", "")

    def credential(self) -> _Credential | Notice | None:
        """Its keys; what is missing where the environment names it and it has none."""
        given = self._config | self._keys
        keys = {field: given.get(f"aws_{field}", "") for field in _FIELDS}
        if keys["access_key_id"] and keys["secret_access_key"]:
            source = f"profile {self._name!r} in {self._file}"
            return _Credential(source, {name: key for name, key in keys.items() if key})
        if not self.is_named:
            return None
        if not _ELSEWHERE.isdisjoint(given):
            return Notice(
                "missing",
                f"{_TITLE}: profile {self._name!r} gets its keys elsewhere, which is not followed. "
                f"Set {_API_KEY}, or run under `aws configure export-credentials --format env`",
            )
        return Notice("missing", f"{_TITLE}: profile {self._name!r} has no keys")


def _first(env: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := env.get(name, "").strip())), "")


def _path(env: Mapping[str, str], variable: str, home: Path | None, name: str) -> Path | None:
    if written := env.get(variable):
        return Path(written)
    return home / name if home is not None else None


def _section(path: Path | None, name: str) -> dict[str, str]:
    """A section of an INI file; empty where file or section is missing or cannot be read."""
    if path is None:
        return {}
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(path.read_text("utf-8"))
    except (OSError, UnicodeError, ConfigParserError):
        return {}
    return dict(parser[name]) if parser.has_section(name) else {}
