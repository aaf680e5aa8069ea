"""Compiles the configuration to what the processes run on.

Here the provider catalogue, the defaults that depend on other settings and the places on the
disk are worked out once, so that no process has to know how a configuration is written.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from pydantic import SecretStr

from vedette.app.allowances import scoped_allowance
from vedette.app.audit_rules import audit_settings
from vedette.app.guard_rules import guard_settings
from vedette.app.ingest_rules import ingest_settings
from vedette.app.mail import mail_settings
from vedette.app.providers import has_credential, provider_settings, timeouts
from vedette.app.redis import redis_settings
from vedette.app.signon import access_settings, console_hosts, sign_on_settings
from vedette.app.vault import master_key
from vedette.app.watches import alert_settings, drift_settings
from vedette.config import checks
from vedette.config.address import parse_address
from vedette.config.discovery import discover
from vedette.config.errors import ConfigProblems, Problem
from vedette.config.load import DEFAULT, Discovered, LoadedConfig, load
from vedette.config.price import own_price
from vedette.config.route import RouteConfig, TargetConfig
from vedette.config.schema import (
    Config,
    ConsoleConfig,
    GatewayConfig,
    LimitsConfig,
)
from vedette.errors import ConfigError
from vedette.model.catalogue import Kinds
from vedette.model.settings import (
    CacheSettings,
    CoreSettings,
    GatewaySettings,
    LimitSettings,
    OtlpSettings,
    ProviderSettings,
    ProviderSummary,
    RouteSettings,
    TargetSettings,
    WhenSettings,
)
from vedette.providers.catalogue import load_kinds

ROUTES_FILE = "routes.json"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")

# Linux takes 107 bytes for the path of a unix socket, macOS 103.
_SOCKET_PATH_BYTES = 100
_HASHED_KEY = re.compile(r"sha256:([0-9a-f]{64})")


class RunPaths(NamedTuple):
    """Where the processes of one installation meet."""

    data: Path | None
    """Directory of the store; None in profile `memory`."""
    spill: Path | None
    """Directory of records that wait for the core; None in profile `memory`."""
    collector: Path
    """Unix socket of the core."""
    state: Path
    """File that says where a running Vedette is to be found."""

    @property
    def routes(self) -> Path:
        """File of the routes made in the console; in profile `memory` beside the socket."""
        return (self.data or self.collector.parent) / ROUTES_FILE


def load_config(
    path: Path | None, env: Mapping[str, str], *, given: Mapping[str, Any] | None = None
) -> LoadedConfig:
    """Load with the provider catalogue and, where there is no file, with discovery.

    `given` are settings of a program instead of a file.
    """
    return load(path, env, kinds=load_kinds(), discover=_discover, given=given)


def check_exposure(config: Config, origin: Callable[[str], str] | None = None) -> None:
    """Raise ConfigError where a door would stand open to the network without a credential.

    `origin` says where a setting was written (`LoadedConfig.origin`).
    """
    problems = []
    for path, message in checks.exposure(config):
        key = ".".join(map(str, path))
        place = origin(key) if origin else ""
        problems.append(Problem("" if place == DEFAULT else place, key, message))
    if problems:
        raise ConfigProblems(problems)


def gateway_settings(
    config: Config, *, version: int, hash_key: bytes = b"", kinds: Kinds | None = None
) -> GatewaySettings:
    """The snapshot of a gateway worker. Raises ConfigError for an unknown kind of provider."""
    rows = load_kinds() if kinds is None else kinds
    paths = run_paths(config)
    return GatewaySettings(
        version=version,
        providers=provider_settings(config, rows),
        routes=tuple(map(route_settings, config.routes)),
        default_provider=_default_provider(config),
        api_keys=tuple(_digest(key) for key in config.gateway.api_keys),
        allowed_hosts=allowed_hosts(config.gateway),
        allowed_origins=config.gateway.allowed_origins,
        limits=_limits(config.gateway.limits),
        cache=CacheSettings(**config.cache.model_dump()),
        guard=guard_settings(config.guard),
        prices=tuple(map(own_price, config.prices)),
        access=access_settings(config),
        access_file=str(access_file(paths)),
        policies_file=str(policies_file(paths)),
        allowances=tuple(map(scoped_allowance, config.allowances)),
        counters_file=str(counters_file(paths)),
        purges_file=str((paths.data or paths.collector.parent) / "cache.purges"),
        redis=redis_settings(config),
        prices_file=str(prices_file(paths)) if paths.data else "",
        capture=config.capture.mode,
        max_body_bytes=config.capture.max_body_bytes,
        environment=config.gateway.environment,
        release=config.gateway.release,
        spill_dir=str(paths.spill or ""),
        spill_bytes=config.storage.spill_bytes,
        buffer_records=config.storage.buffer_records,
        buffer_bytes=config.storage.buffer_bytes,
        collector=str(paths.collector),
        health_file=str(paths.collector.with_suffix(".health")),
        hash_key=hash_key,
        log_level=config.logging.level,
        log_format=config.logging.format,
    )


def core_settings(
    config: Config,
    *,
    version: int,
    hash_key: bytes = b"",
    gateway_url: str = "",
    command: str = "vedette",
    origin: Callable[[str], str] | None = None,
) -> CoreSettings:
    """The snapshot of the core process. `origin` is `LoadedConfig.origin`."""
    routing = gateway_settings(config, version=version)
    paths = run_paths(config)
    token = config.console.token
    return CoreSettings(
        version=version,
        profile=config.storage.profile,
        path=config.storage.path,
        retention_days=config.storage.retention_days,
        project_retention_days=config.storage.project_retention_days,
        collector=str(paths.collector),
        access_file=str(access_file(paths)),
        policies_file=str(policies_file(paths)),
        master_key=master_key(os.environ),
        spill_dir=str(paths.spill or ""),
        capture=config.capture.mode,
        token_sha256=_digest(token) if token else "",
        allowed_hosts=console_hosts(config, allowed_hosts(config.console)),
        allowed_origins=config.console.allowed_origins,
        public_url=config.console.public_url or "",
        sign_on=sign_on_settings(config),
        mail=mail_settings(config),
        gateway_url=gateway_url,
        command=command,
        hash_key=hash_key,
        private_hosts=routing.guard.private_hosts,
        webhook_secret=routing.guard.webhook_secret,
        audit_evaluations=config.guard.audit_evaluations,
        otlp=_otlp(config),
        ingest=ingest_settings(config.ingest, paths.data),
        redis=routing.redis,
        audit=audit_settings(config.audit, paths.data, os.environ),
        providers=tuple(map(_summary, routing.providers)),
        routing=_without_credentials(routing),
        route_places=_places(config, origin),
        routes_file=str(paths.routes),
        figures_file=str(figures_file(paths)),
        alerts=alert_settings(config),
        drift=drift_settings(config),
        log_level=config.logging.level,
        log_format=config.logging.format,
    )


def _summary(provider: ProviderSettings) -> ProviderSummary:
    return ProviderSummary(
        name=provider.name,
        kind=provider.kind,
        base_url=provider.base_url,
        has_key=has_credential(provider),
        models=provider.models,
        dialects=provider.dialects,
    )


def _places(config: Config, origin: Callable[[str], str] | None) -> tuple[str, ...]:
    """Where each route was written."""
    names = (f"routes[{index}].model" for index in range(len(config.routes)))
    return tuple(origin(name) if origin else "" for name in names)


def _otlp(config: Config) -> OtlpSettings:
    """Who may call the gateway or open the console may send spans, too."""
    keys = [*config.gateway.api_keys, *([config.console.token] if config.console.token else [])]
    http = config.otlp.http or ""
    is_open = not http or not parse_address(http).is_loopback
    hosts = (*LOOPBACK_HOSTS, *([parse_address(http).host.lower()] if http else []))
    return OtlpSettings(
        http=http,
        grpc=config.otlp.grpc or "",
        allowed_hosts=config.console.allowed_hosts or (() if is_open else hosts),
        key_sha256=tuple(map(_digest, keys)),
        require_key=config.access.require_key,
    )


def run_paths(config: Config) -> RunPaths:
    """Where the processes of this configuration meet; the same for each that reads it.

    The socket lies beside the data unless its path would be too long for the system, or there
    is no data directory: then in a directory of this user's own, named after the installation.
    """
    data = Path(config.storage.path).absolute()
    if config.storage.profile == "memory":
        return RunPaths(None, None, *_short_paths(config, data))
    collector = data / "core.sock"
    if len(os.fsencode(collector)) > _SOCKET_PATH_BYTES:
        collector = _short_paths(config, data)[0]
    return RunPaths(data, data / "spill", collector, data / "serve.json")


def access_file(paths: RunPaths) -> Path:
    """Where the core writes the virtual keys for the workers; not beside the data in profile
    `memory`, where nothing may stay."""
    return paths.data / "access.keys" if paths.data else paths.collector.with_suffix(".keys")


def policies_file(paths: RunPaths) -> Path:
    """Where the core writes the policies for the workers: like the keys."""
    return paths.data / "guard.policies" if paths.data else access_file(paths).with_suffix(".rules")


def counters_file(paths: RunPaths) -> Path:
    """Where the workers count what is used of limits: like the keys."""
    return paths.data / "limits.counters" if paths.data else paths.collector.with_suffix(".limits")


def figures_file(paths: RunPaths) -> Path:
    """What the console last showed of each process's counters."""
    return paths.collector.with_suffix(".figures")


def prices_file(paths: RunPaths) -> Path:
    """Where newer prices stand that were taken over."""
    return (paths.data or paths.collector.parent) / "prices.msgpack"


def prepare(paths: RunPaths) -> None:
    """Make the directories, for this user only. Raises ConfigError where that is not possible.

    The short socket directory lies where others may write: one that is not ours is refused.
    """
    for directory in (paths.data, paths.spill, paths.collector.parent):
        if directory is None:
            continue
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            owner = directory.stat().st_uid
        except OSError as error:
            reason = (error.strerror or "not possible").lower()
            raise ConfigError(f"Cannot use the directory {str(directory)!r}: {reason}.") from None
        if directory == paths.collector.parent and owner != os.getuid():
            raise ConfigError(f"The directory {str(directory)!r} belongs to another user.")


def allowed_hosts(server: GatewayConfig | ConsoleConfig) -> tuple[str, ...]:
    """Host names to accept: what was set, else loopback's own on loopback, else any (empty)."""
    if server.allowed_hosts:
        return server.allowed_hosts
    address = parse_address(server.listen)
    if not address.is_loopback:
        return ()
    return tuple(dict.fromkeys((*LOOPBACK_HOSTS, address.host.lower())))


def _discover(env: Mapping[str, str], config: Config) -> Discovered:
    return discover(env, config, load_kinds())


def _short_paths(config: Config, data: Path) -> tuple[Path, Path]:
    marks = f"{data}\0{config.gateway.listen}\0{config.console.listen}\0{config.storage.profile}"
    name = hashlib.sha256(marks.encode()).hexdigest()[:12]
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    directory = base / f"vedette-{os.getuid()}-{name}"
    if len(os.fsencode(directory / "core.sock")) > _SOCKET_PATH_BYTES:
        directory = Path("/tmp") / directory.name  # noqa: S108
    return directory / "core.sock", directory / "serve.json"


def route_settings(route: RouteConfig) -> RouteSettings:
    """A route as the gateway knows it."""
    return RouteSettings(
        model=route.model,
        strategy=route.strategy,
        retries=route.retries,
        targets=tuple(_target(target) for target in route.targets),
        timeouts=timeouts(route.timeouts) if route.timeouts else None,
        on_break=route.on_break,
        cooldown_s=route.cooldown_s,
        hedge_after_s=route.hedge_after_s,
        sticky=route.sticky or "",
        on_context_window=route.on_context_window,
        on_content_filter=route.on_content_filter,
        capture=route.capture or "",
    )


def _without_credentials(settings: GatewaySettings) -> GatewaySettings:
    """What the console may know."""
    providers = tuple(
        replace(
            provider,
            api_key="",
            api_keys=(),
            headers=(),
            options={name: provider.options[name] for name in _PLACES if name in provider.options},
        )
        for provider in settings.providers
    )
    guard = replace(settings.guard, webhook_secret="")
    return replace(
        settings, providers=providers, api_keys=(), hash_key=b"", redis=None, guard=guard
    )


_PLACES = ("region", "location", "project", "api_version")


def _target(target: TargetConfig) -> TargetSettings:
    when = target.when
    return TargetSettings(
        provider=target.provider,
        model=target.model,
        weight=target.weight,
        when=None
        if when is None
        else WhenSettings(
            models=when.model,
            tags=when.tags,
            min_input_tokens=when.min_input_tokens,
            max_input_tokens=when.max_input_tokens,
            capabilities=when.capability,
        ),
    )


def _limits(limits: LimitsConfig) -> LimitSettings:
    return LimitSettings(**limits.model_dump())


def _default_provider(config: Config) -> str:
    """Configured, else the first of kind openai, else the first real one: never unasked `sim`."""
    if config.gateway.default_provider:
        return config.gateway.default_provider
    names = [provider.name for provider in config.providers if provider.kind != checks.SIM]
    openai = [provider.name for provider in config.providers if provider.kind == "openai"]
    return next(iter(openai + names), "")


def _digest(key: SecretStr) -> str:
    text = key.get_secret_value()
    hashed = _HASHED_KEY.fullmatch(text)
    return hashed[1] if hashed else hashlib.sha256(text.encode()).hexdigest()
