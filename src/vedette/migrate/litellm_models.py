"""LiteLLM's `model_list`: deployments become providers and the targets of routes.

Deployments that are called alike (kind, address, credential, deadlines) share one provider.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_kinds import Prefix, bare_model, prefix_of, split_model
from vedette.migrate.litellm_params import reference, tell_rest
from vedette.migrate.source import Path
from vedette.model.catalogue import Kinds

_UNKNOWN = (
    "no kind for {!r}: if it speaks OpenAI's format, add it with kind openai_compatible and its "
    "base_url"
)
_NAME_THEM = "each provider takes its own models, as NAME/MODEL: add those you use"
_REGION = re.compile(r"([a-z]{2}(?:-gov)?-[a-z]+-\d)/(.+)")


class Deployment(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `model_list`."""

    group: str
    """Its `model_name`."""
    provider: str
    model: str
    shares: dict[str, float] = {}
    """What LiteLLM weighs it by: `weight`, `rpm` and `tpm`, those that are set."""
    order: int = 0
    tags: tuple[str, ...] = ()
    path: Path
    """Of its `litellm_params`."""
    written: frozenset[str] = frozenset()
    """The settings that stand there."""


class Models:
    """Reads the list; `providers` are those it needs, in the order of their first use."""

    def __init__(self, kinds: Kinds, findings: Findings, *, reserved: frozenset[str]) -> None:
        self.providers: list[dict[str, Any]] = []
        self._kinds = kinds
        self._findings = findings
        self._reserved = reserved
        """Names that no provider may have: what stands before the slash of a route's name."""

    def read(
        self, entries: list[Any], *, common: dict[str, Any], credentials: dict[str, dict[str, Any]]
    ) -> Iterator[Deployment]:
        """The deployments that can be called; `common` are settings of every provider."""
        for index, entry in enumerate(entries):
            path: Path = ("model_list", index)
            params = entry.get("litellm_params") if isinstance(entry, dict) else None
            if not isinstance(entry, dict) or not isinstance(params, dict):
                self._findings.missing(path, "is not a deployment: it has no litellm_params")
                continue
            self._rest_of(entry, path)
            params = {name: value for name, value in params.items() if value is not None}
            params |= self._credential(params, (*path, "litellm_params"), credentials)
            yield from self._deployment(str(entry.get("model_name", "")), params, path, common)

    def _deployment(
        self, group: str, params: dict[str, Any], path: Path, common: dict[str, Any]
    ) -> Iterator[Deployment]:
        at = (*path, "litellm_params")
        written = str(params.get("model", ""))
        given = str(params.get("custom_llm_provider", "") or "")
        name, model = split_model(written, given, self._kinds)
        prefix = prefix_of(name, model, params.get("api_base") or params.get("base_url"))
        tell_rest(params, at, self._findings)
        if prefix is None:
            note = _NAME_THEM if written == "*" else _UNKNOWN.format(name or written)
            self._findings.missing((*at, "model"), note)
            return
        settings = _Settings(params, at, self._findings, prefix, self._kinds).read()
        model = self._place(settings, bare_model(prefix.kind, model))
        _found_by_itself(settings, prefix)
        wildcard = group[:-2] if group.endswith("/*") and model == "*" else ""
        provider = self._provider(_merged(common, settings), wildcard)
        became = f"providers.{provider}" + (f", model {model!r}" if "*" not in model else "")
        if prefix.note:
            self._findings.near((*at, "model"), became, prefix.note)
        else:
            self._findings.exact((*at, "model"), became)
        yield Deployment(
            group=group,
            provider=provider,
            model=model,
            shares=_shares(params),
            order=int(params["order"]) if isinstance(params.get("order"), int) else 0,
            tags=_tags(params),
            path=at,
            written=frozenset(params),
        )

    @staticmethod
    def _place(settings: dict[str, Any], model: str) -> str:
        """`us-east-1/MODEL` names the region of Bedrock."""
        found = _REGION.fullmatch(model) if settings["kind"] == "bedrock" else None
        if found is None:
            return model
        settings.setdefault("aws", {}).setdefault("region", found[1])
        return found[2]

    def _provider(self, settings: dict[str, Any], wanted: str) -> str:
        """The name of the provider with these settings, made where there is none."""
        for provider in self.providers:
            alike = {key: value for key, value in provider.items() if key != "name"} == settings
            if alike and wanted in ("", provider["name"]):
                return str(provider["name"])
        name = wanted or str(settings["kind"]).replace(".", "_")
        taken = {provider["name"] for provider in self.providers}
        taken |= self._reserved if not wanted else set()
        free = name
        number = 1
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        self.providers.append({"name": free, **settings})
        return free

    def _credential(
        self, params: dict[str, Any], at: Path, credentials: dict[str, dict[str, Any]]
    ) -> dict[str, Any]:
        name = params.get("litellm_credential_name")
        if name is None:
            return {}
        if str(name) not in credentials:
            note = f"{name!r} is not in credential_list: it is kept in LiteLLM's database"
            self._findings.missing((*at, "litellm_credential_name"), note)
            return {}
        self._findings.exact((*at, "litellm_credential_name"), "the provider's credential")
        return {k: v for k, v in credentials[str(name)].items() if k not in params}

    def _rest_of(self, entry: dict[str, Any], path: Path) -> None:
        for name in entry:
            if name == "model_info" and isinstance(entry[name], dict):
                for field in entry[name]:
                    note = "models are described by the price list"
                    self._findings.missing((*path, name, field), note)
            elif name not in ("model_name", "litellm_params"):
                self._findings.missing((*path, name), "not known to this importer")


def _found_by_itself(settings: dict[str, Any], prefix: Prefix) -> None:
    """What LiteLLM takes from the environment where nothing is written."""
    if "api_key" in settings:
        return
    for section, setting, variable in prefix.cloud:
        written = settings.setdefault(section, {})
        written.setdefault(setting, f"${{{variable}}}")


def _merged(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Own settings before those of every provider; deadlines one by one."""
    found = {**own, **{name: value for name, value in common.items() if name not in own}}
    if "timeouts" in found:
        found["timeouts"] = {**common.get("timeouts", {}), **own.get("timeouts", {})}
    return found


def _tags(params: dict[str, Any]) -> tuple[str, ...]:
    tags = params.get("tags")
    return tuple(map(str, tags)) if isinstance(tags, list) else ()


def _shares(params: dict[str, Any]) -> dict[str, float]:
    found = {}
    for name in SHARES:
        value = params.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            found[name] = float(min(value, _HEAVIEST))
    return found


SHARES = ("weight", "rpm", "tpm")
_HEAVIEST = 1_000_000
"""More is the same share."""


class _Settings:
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
        for section, names in _CLOUDS.items():
            found = {
                ours: reference(value)
                for name, ours in names.items()
                if (value := self._take(name, f"providers.{section}.{ours}")) is not None
            }
            if found:
                settings[section] = found
        credentials = self._params.get("vertex_credentials")
        if credentials is None:
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
        timeouts: dict[str, float] = {}
        for name, what in (("timeout", "byte"), ("stream_timeout", "token")):
            value = self._params.get(name)
            found = waits(value)
            if value is not None and not found:
                self._findings.missing((*self._path, name), "is no number of seconds")
            elif value is not None:
                note = f"there is a deadline for each phase: this one is for the first {what}"
                self._take(name, "providers.timeouts", note)
                found = {k: v for k, v in found.items() if (what, k) != ("token", "first_byte_s")}
            timeouts |= found
        if timeouts:
            settings["timeouts"] = timeouts
        note = "for each worker apart"
        limit = self._take("max_parallel_requests", "providers.max_concurrency", note)
        if isinstance(limit, int) and limit > 0:
            settings["max_concurrency"] = limit
        if (verified := self._take("ssl_verify", "providers.verify_tls")) is not None:
            settings |= tls(verified)


_CLOUDS: dict[str, dict[str, str]] = {
    "aws": {
        "aws_region_name": "region",
        "aws_access_key_id": "access_key_id",
        "aws_secret_access_key": "secret_access_key",
        "aws_session_token": "session_token",
    },
    "google": {"vertex_project": "project", "vertex_location": "location"},
    "azure": {
        "api_version": "api_version",
        "tenant_id": "tenant_id",
        "client_id": "client_id",
        "client_secret": "client_secret",
    },
}


def waits(value: Any) -> dict[str, float]:
    """LiteLLM's one timeout bounds each wait for bytes; ours are told apart by phase."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 86_400:
        return {}
    seconds = float(value)
    found = dict.fromkeys(("first_byte_s", "first_token_s", "idle_s"), seconds)
    return found if seconds <= _TOTAL_S else {**found, "total_s": seconds}


_TOTAL_S = 600


def tls(value: Any) -> dict[str, Any]:
    """`ssl_verify`: false, or the path of a file with authorities."""
    if isinstance(value, bool):
        return {} if value else {"verify_tls": False}
    return {"ca_file": reference(value)}


def _url(text: str) -> str:
    """Without what our addresses do not have: a slash at the end, the path of the call."""
    return re.sub(r"/(chat/completions|completions|embeddings|messages)$", "", text.rstrip("/"))
