"""`vedette providers list|test`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, notices, printable
from vedette.errors import ConfigError

if TYPE_CHECKING:
    from vedette.app.probe import Probed
    from vedette.config.load import LoadedConfig
    from vedette.config.provider import ProviderConfig
    from vedette.model.settings import ProviderSettings

_LIST_EPILOG = """Examples:

- `vedette providers list`

- `vedette providers list --discover` also shows what was found on this machine and is not
  configured

- `vedette providers list --json`

Keys are never printed, only where they come from."""
_TEST_EPILOG = """Examples:

- `vedette providers test`

- `vedette providers test openai --json`

A connection is opened, TLS included; an access token is fetched where the provider wants one; the
list of models is asked for, with each key. None of that is billed. Exit code 0: nothing failed. 1:
something did, or the configuration is wrong."""

_MARKS = {"ok": "green", "unclear": "yellow", "failed": "red"}

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Look at the providers and try them.")
    group.callback()(_group)
    group.command("list", epilog=_LIST_EPILOG)(list_providers)
    group.command("test", epilog=_TEST_EPILOG)(try_providers)
    app.add_typer(group, name="providers")


def list_providers(
    config: ConfigOption = None,
    discover: Annotated[
        bool,
        typer.Option(
            "--discover", help="Look for keys and local servers that are not configured, too."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the providers that are configured or, without a file, discovered."""
    loaded = load_config(config)
    rows = [*_configured(loaded)]
    if discover and loaded.path is not None:
        rows += _found(loaded)
    if as_json:
        print(json.dumps({"providers": rows}, indent=2, ensure_ascii=False))
        return
    out = console()
    for row in rows:
        out.print(f"{row['name']} ({row['kind']})  {row['base_url']}", style="bold")
        for label, text in _lines(row):
            out.print(f"  {label:<8}{printable(text)}", soft_wrap=True)
    notices(out, [notice for notice in loaded.notices if notice.kind == "next" and not rows])


def try_providers(
    name: Annotated[
        str | None, typer.Argument(help="Name of one provider; all without it.", metavar="[NAME]")
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try whether the providers can be reached and take their credentials; nothing is billed."""
    import asyncio

    from vedette.app.probe import probe_all
    from vedette.clock import SystemClock

    chosen = _chosen(load_config(config), name)
    probed = asyncio.run(probe_all(chosen, SystemClock()))
    failed = any(each.verdict == "failed" for each in probed)
    if as_json:
        print(json.dumps(_as_json(probed, failed), indent=2, ensure_ascii=False))
    else:
        _print(probed)
    if failed:
        raise typer.Exit(1)


def _configured(loaded: LoadedConfig) -> Iterator[dict[str, Any]]:
    from vedette.app.providers import provider_settings
    from vedette.providers.catalogue import load_kinds

    settings = provider_settings(loaded.config, load_kinds())
    for index, provider in enumerate(loaded.config.providers):
        origin = loaded.origin(f"providers[{index}].name")
        yield _row(settings[index], _key_source(provider, index, loaded), origin)
    for simulated in settings[len(loaded.config.providers) :]:
        yield _row(simulated, "none needed", "built in")


def _row(settings: ProviderSettings, key: str, origin: str) -> dict[str, Any]:
    return {
        "name": settings.name,
        "kind": settings.kind,
        "base_url": settings.base_url,
        "key": key,
        "dialects": list(settings.dialects),
        "models": list(settings.models),
        "from": origin,
    }


def _key_source(provider: ProviderConfig, index: int, loaded: LoadedConfig) -> str:
    """Where the credential stands; never the credential."""
    if provider.api_key_file:
        return f"file {provider.api_key_file}"
    if provider.google and provider.google.credentials_file:
        return f"file {provider.google.credentials_file}"
    for setting in ("api_key", "api_keys"):
        if value := getattr(provider, setting):
            count = f"{len(value)} keys, " if setting == "api_keys" else ""
            return count + loaded.origin(_first_of(f"providers[{index}].{setting}", setting))
    for section, setting in _SECTION_KEYS:
        if getattr(getattr(provider, section), setting, None):
            return loaded.origin(f"providers[{index}].{section}.{setting}")
    return "none" if provider.auth == "none" else "the client's own"


_SECTION_KEYS = (("aws", "secret_access_key"), ("azure", "client_secret"))


def _first_of(path: str, setting: str) -> str:
    return f"{path}[0]" if setting == "api_keys" else path


def _found(loaded: LoadedConfig) -> Iterator[dict[str, Any]]:
    """What discovery finds beside the file, by kind."""
    from vedette.app.providers import has_credential, provider_settings
    from vedette.config.discovery import discover
    from vedette.config.schema import Config
    from vedette.providers.catalogue import load_kinds

    kinds = load_kinds()
    configured = {provider.kind for provider in loaded.config.providers}
    for origin, written in discover(os.environ, loaded.config, kinds).providers:
        if written["kind"] not in configured:
            tree = {"gateway": {"sim": False}, "providers": [dict(written)]}
            (settings,) = provider_settings(Config.model_validate(tree), kinds)
            key = origin if has_credential(settings) else "none"
            yield _row(settings, key, f"{origin}, not configured")


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "from", row["from"]
    yield "key", row["key"]
    yield "speaks", ", ".join(row["dialects"])
    if row["models"]:
        yield "models", ", ".join(row["models"])


def _chosen(loaded: LoadedConfig, name: str | None) -> list[ProviderSettings]:
    from vedette.app.providers import provider_settings
    from vedette.config.errors import unknown
    from vedette.providers.catalogue import load_kinds

    settings = provider_settings(loaded.config, load_kinds())
    if name is None:
        return list(settings)
    chosen = [each for each in settings if each.name == name]
    if not chosen:
        raise ConfigError(unknown("provider", name, [each.name for each in settings]))
    return chosen


def _as_json(probed: Sequence[Probed], failed: bool) -> dict[str, Any]:
    return {
        "ok": not failed,
        "providers": [
            {
                "name": each.name,
                "kind": each.kind,
                "base_url": each.base_url,
                "verdict": each.verdict,
                "steps": [
                    {"step": s.name, "verdict": s.verdict, "ms": s.ms, "detail": s.detail}
                    for s in each.steps
                ],
            }
            for each in probed
        ],
    }


def _print(probed: Sequence[Probed]) -> None:
    out = console()
    for each in probed:
        out.print(f"{each.name}: {each.verdict}", style=_MARKS[each.verdict])
        for step in each.steps:
            ms = f"{step.ms:.0f} ms" if step.ms else ""
            line = f"  {step.name:<12}{step.verdict:<9}{ms:>8}  {step.detail}"
            out.print(line, soft_wrap=True)


def _group() -> None:
    """Look at the providers and try them."""
