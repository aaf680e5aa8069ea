"""LiteLLM's `config.yaml` as one of ours.

`model_list` makes providers and routes, `router_settings` say how routes choose, the other sections
make settings of every provider and of the doors. Whatever is written there is told of once.
"""

from typing import Any

import msgspec

from vedette.migrate.findings import Finding, Findings
from vedette.migrate.litellm_models import Models
from vedette.migrate.litellm_routes import ROUTING, Routes
from vedette.migrate.litellm_settings import Settings
from vedette.migrate.source import Source
from vedette.model.catalogue import Kinds


class Conversion(msgspec.Struct, frozen=True):
    """What became of a file."""

    config: dict[str, Any]
    """A configuration of ours, its sections in the order of the documentation."""
    findings: tuple[Finding, ...]


def convert(source: Source, kinds: Kinds) -> Conversion:
    """Tell it as ours; what cannot be told is found in the findings."""
    tree, findings = source.tree, Findings(source)
    settings = Settings(tree, findings)
    settings.read()
    entries = tree.get("model_list")
    models = Models(kinds, findings, reserved=_reserved(tree))
    if entries is not None and not isinstance(entries, list):
        findings.missing(("model_list",), "is no list of models")
    deployments = list(
        models.read(
            entries if isinstance(entries, list) else [],
            common=settings.common,
            credentials=_credentials(tree, findings),
        )
    )
    routes = Routes(deployments, findings)
    for section in ("router_settings", "litellm_settings"):
        values = tree.get(section)
        if isinstance(values, dict):
            # Aliases first: fallbacks may name them.
            names = sorted(values, key=lambda name: name != "model_group_alias")
            routes.configure({name: values[name] for name in names if name in ROUTING}, (section,))
    written = list(routes.write())
    if routes.default_provider:
        settings.sections.setdefault("gateway", {})["default_provider"] = routes.default_provider
    config: dict[str, Any] = {
        name: settings.sections[name]
        for name in ("gateway", "storage", "cache", "capture")
        if name in settings.sections
    }
    config |= {"providers": models.providers, "routes": written}
    config = {name: value for name, value in config.items() if value}
    if "logging" in settings.sections:
        config["logging"] = settings.sections["logging"]
    return Conversion(config, findings.all())


def _credentials(tree: dict[str, Any], findings: Findings) -> dict[str, dict[str, Any]]:
    """`credential_list`, by name; its values stand where a model names them."""
    found: dict[str, dict[str, Any]] = {}
    entries = tree.get("credential_list")
    if entries is not None and not isinstance(entries, list):
        findings.missing(("credential_list",), "is no list of credentials")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        path = ("credential_list", index)
        values = entry.get("credential_values") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(values, dict):
            found[str(entry.get("credential_name", ""))] = values
            findings.exact(path, "the settings of its providers")
        else:
            findings.missing(path, "is no credential")
    return found


def _reserved(tree: dict[str, Any]) -> frozenset[str]:
    """What stands before the slash of a model's name: a provider of that name would hide it."""
    entries = tree.get("model_list")
    names = [
        str(entry.get("model_name", ""))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]
    for section in ("router_settings", "litellm_settings"):
        values = tree.get(section)
        aliases = values.get("model_group_alias") if isinstance(values, dict) else None
        names += [str(alias) for alias in aliases] if isinstance(aliases, dict) else []
    heads = {name.partition("/")[0] for name in names if "/" in name}
    whole = {name.partition("/")[0] for name in names if name.endswith("/*")}
    return frozenset(heads - whole | {"sim"})
