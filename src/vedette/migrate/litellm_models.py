"""LiteLLM's `model_list`: deployments become providers and the targets of routes.

Deployments that are called alike (kind, address, credential, deadlines) share one provider.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_kinds import Prefix, bare_model, prefix_of, split_model
from vedette.migrate.litellm_params import tell_rest
from vedette.migrate.litellm_provider import ProviderSettings
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
            for place in (*[(*at, field) for field in params], (*path, "model_name")):
                self._findings.missing(place, "its model has no provider here")
            return
        if given:
            self._findings.exact((*at, "custom_llm_provider"), "providers.kind")
        settings = ProviderSettings(params, at, self._findings, prefix, self._kinds).read()
        model = self._place(settings, bare_model(prefix.kind, model))
        _found_by_itself(settings, prefix)
        wildcard = group[:-2] if group.endswith("/*") and model == "*" else ""
        provider = self._provider(_merged(common, settings), wildcard)
        named = f", model {model!r}" if model and "*" not in model else ""
        became = f"providers.{provider}{named}"
        if prefix.note:
            self._findings.near((*at, "model"), became, prefix.note)
        else:
            self._findings.exact((*at, "model"), became)
        for field in params.keys() - CHOOSING:
            self._findings.missing((*at, field), f"of no use to kind {prefix.kind}")
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
CHOOSING = (*SHARES, "order", "tags")
"""Settings that say when a deployment is asked: told of with the routes."""
_HEAVIEST = 1_000_000
"""More is the same share."""
