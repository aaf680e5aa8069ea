"""What LiteLLM's `litellm_params` make of a provider of ours: all but its name."""

import re
from types import MappingProxyType
from typing import Any

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_kinds import Prefix
from vedette.migrate.litellm_params import reference
from vedette.migrate.source import Path
from vedette.model.catalogue import Kinds


class ProviderSettings:
    """The provider of one deployment, but for its name."""

    def __init__(
        self, params: dict[str, Any], path: Path, findings: Findings, prefix: Prefix, kinds: Kinds
    ) -> None:
        self._params = params
        self._path = path
        self._findings = findings
        self._prefix = prefix
        self._kinds = kinds

    def read(self) -> dict[str, Any]:
        """Everything that says how it is called."""
        settings: dict[str, Any] = {"kind": self._prefix.kind}
        self._address(settings)
        self._key(settings)
        self._clouds(settings)
        self._headers(settings)
        self._deadlines(settings)
        return settings

    def _take(self, name: str, became: str, note: str = "") -> Any:
        value = self._params.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, dict | list) is not ("headers" in name):
            self._findings.missing((*self._path, name), "is not what LiteLLM expects here")
            return None
        if note:
            self._findings.near((*self._path, name), became, note)
        else:
            self._findings.exact((*self._path, name), became)
        return value

    def _address(self, settings: dict[str, Any]) -> None:
        for name in ("api_base", "base_url", "aws_bedrock_runtime_endpoint"):
            if (url := self._take(name, "providers.base_url")) is not None:
                settings["base_url"] = _url(reference(url))
        if "base_url" not in settings:
            prefix = self._prefix
            kind = self._kinds.get(prefix.kind)
            if prefix.base_url:
                settings["base_url"] = prefix.base_url
            elif prefix.base and (kind is None or not kind.base_url):
                settings["base_url"] = f"${{{prefix.base}}}"

    def _key(self, settings: dict[str, Any]) -> None:
        key = self._take("api_key", "providers.api_key")
        token = self._take("azure_ad_token", "providers.api_key with auth: bearer")
        if token is not None:
            settings |= {"api_key": reference(token), "auth": "bearer"}
        elif key is not None:
            settings["api_key"] = reference(key)
        elif self._prefix.key and not self._params.get("client_secret"):
            settings["api_key"] = f"${{{self._prefix.key}}}"

    def _clouds(self, settings: dict[str, Any]) -> None:
        for section, (kinds, names) in _CLOUDS.items():
            if settings["kind"] not in kinds:
                continue
            found = {
                ours: reference(value)
                for name, ours in names.items()
                if (value := self._take(name, f"providers.{section}.{ours}")) is not None
            }
            if found:
                settings[section] = found
        credentials = self._params.get("vertex_credentials")
        if credentials is None or settings["kind"] not in _CLOUDS["google"][0]:
            return
        if isinstance(credentials, str) and not credentials.lstrip().startswith("{"):
            self._take("vertex_credentials", "providers.google.credentials_file")
            settings.setdefault("google", {})["credentials_file"] = reference(credentials)
        else:
            note = "write the JSON into a file and name it in google.credentials_file"
            self._findings.missing((*self._path, "vertex_credentials"), note)

    def _headers(self, settings: dict[str, Any]) -> None:
        headers: dict[str, str] = {}
        for name in ("extra_headers", "headers"):
            value = self._take(name, "providers.headers")
            if isinstance(value, dict):
                headers |= {str(key): reference(text) for key, text in value.items()}
        if (organization := self._take("organization", "providers.headers")) is not None:
            headers["openai-organization"] = reference(organization)
        if headers:
            settings["headers"] = headers

    def _deadlines(self, settings: dict[str, Any]) -> None:
        timeouts = self._wait("timeout", "byte")
        timeouts |= {k: v for k, v in self._wait("stream_timeout", "token").items() if k != _HEAD}
        if timeouts:
            settings["timeouts"] = timeouts
        limit = self._params.get("max_parallel_requests")
        if isinstance(limit, int) and 0 < limit <= 100_000 and limit is not True:
            self._take("max_parallel_requests", "providers.max_concurrency", "of each worker apart")
            settings["max_concurrency"] = limit
        if (verified := self._take("ssl_verify", "providers.verify_tls")) is not None:
            settings |= tls(verified)

    def _wait(self, name: str, what: str) -> dict[str, float]:
        value = self._params.get(name)
        found = waits(value)
        if found:
            note = f"there is a deadline for each phase: this one is for the first {what}"
            self._take(name, "providers.timeouts", note)
        elif value is not None:
            self._findings.missing((*self._path, name), "is no number of seconds")
        return found


_HEAD = "first_byte_s"

_CLOUDS: MappingProxyType[str, tuple[tuple[str, ...], dict[str, str]]] = MappingProxyType(
    {
        "aws": (
            ("bedrock",),
            {
                "aws_region_name": "region",
                "aws_access_key_id": "access_key_id",
                "aws_secret_access_key": "secret_access_key",
                "aws_session_token": "session_token",
            },
        ),
        "google": (
            ("vertex", "vertex_anthropic", "gemini"),
            {"vertex_project": "project", "vertex_location": "location"},
        ),
        "azure": (
            ("azure",),
            {
                "api_version": "api_version",
                "tenant_id": "tenant_id",
                "client_id": "client_id",
                "client_secret": "client_secret",
            },
        ),
    }
)
"""Section of ours -> the kinds it is for, and their name -> ours."""


def waits(value: Any) -> dict[str, float]:
    """LiteLLM's one timeout bounds each wait for bytes; ours are told apart by phase."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 86_400:
        return {}
    seconds = float(value)
    found = dict.fromkeys((_HEAD, "first_token_s", "idle_s"), seconds)
    return found if seconds <= _TOTAL_S else {**found, "total_s": seconds}


_TOTAL_S = 600


def tls(value: Any) -> dict[str, Any]:
    """`ssl_verify`: false, or the path of a file with authorities."""
    if isinstance(value, bool):
        return {} if value else {"verify_tls": False}
    return {"ca_file": reference(value)}


def _url(text: str) -> str:
    """Up to and including the version: no slash at the end, and not the path of the call."""
    url = re.sub(r"/(chat/completions|completions|embeddings|messages)$", "", text.rstrip("/"))
    return f"{url}/v1" if url.endswith("/anthropic") else url
