"""What a well-formed configuration can still get wrong: rules over more than one setting."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from vedette.config.address import Address, parse_address, url_address
from vedette.config.errors import unknown
from vedette.config.provider_checks import check_kind, check_provider
from vedette.config.route import RouteConfig
from vedette.config.schema import Config
from vedette.config.signon_checks import check_sign_on
from vedette.model.catalogue import Kinds

SIM = "sim"

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
"""Where in the tree, and what is wrong."""


def check(config: Config, kinds: Kinds | None) -> Iterator[Finding]:
    """All rules over all settings; without a catalogue (`kinds`) those about kinds are left out."""
    for rule in _RULES:
        yield from rule(config)
    if kinds is not None:
        for index, provider in enumerate(config.providers):
            findings = check_kind(provider, kinds)
            yield from ((("providers", index, *where), what) for where, what in findings)


def exposure(config: Config) -> Iterator[Finding]:
    """Doors that would stand open to the network without asking for a credential."""
    gateway, console = parse_address(config.gateway.listen), parse_address(config.console.listen)
    has_key = config.gateway.api_keys or config.access.require_key
    if not gateway.is_loopback and not has_key:
        credential = "gateway.api_keys (or access.require_key)"
        yield ("gateway", "listen"), _open_door(gateway, credential, "127.0.0.1:4000")
    if not console.is_loopback and config.console.token is None:
        yield ("console", "listen"), _open_door(console, "console.token", "127.0.0.1:4001")
    for name, address in _otlp_doors(config):
        if not address.is_loopback and not has_key and config.console.token is None:
            credential = "console.token (or gateway.api_keys, access.require_key)"
            yield (
                ("otlp", name),
                (
                    f"{address} can be reached from other machines, and {credential} is not set: "
                    f"anybody there could write spans. Either set {credential}, or "
                    "listen on loopback"
                ),
            )


def _otlp_doors(config: Config) -> Iterator[tuple[str, Address]]:
    for name, text in (("http", config.otlp.http), ("grpc", config.otlp.grpc)):
        if text:
            yield name, parse_address(text)


def _open_door(address: Address, credential: str, loopback: str) -> str:
    return (
        f"{address} can be reached from other machines, and {credential} is not set: anybody "
        f"there could spend your provider keys or read your traces. Either set {credential}, or "
        f"listen on loopback ({loopback})"
    )


def provider_names(config: Config) -> list[str]:
    """Names that routes and `default_provider` may use."""
    names = [provider.name for provider in config.providers]
    if config.gateway.sim and SIM not in names:
        names.append(SIM)
    return names


def _providers(config: Config) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, provider in enumerate(config.providers):
        path: Path = ("providers", index)
        if provider.name in first:
            other = f"providers[{first[provider.name]}]"
            yield (*path, "name"), f"{provider.name!r} is already the name of {other}"
        first.setdefault(provider.name, index)
        yield from (((*path, *where), what) for where, what in check_provider(provider))


def _routes(config: Config) -> Iterator[Finding]:
    return check_routes(config.routes, provider_names(config))


def check_routes(routes: Sequence[RouteConfig], names: Collection[str]) -> Iterator[Finding]:
    """The rules for routes, where providers of these `names` are configured."""
    seen: set[str] = set()
    for index, route in enumerate(routes):
        path: Path = ("routes", index)
        if route.model in seen:
            yield (*path, "model"), f"{route.model!r} is already the name of another route"
        seen.add(route.model)
        head, slash, _ = route.model.partition("/")
        if slash and head in names:
            yield (*path, "model"), f"{route.model!r} would hide models of provider {head!r}"
        for position, target in enumerate(route.targets):
            if target.provider not in names:
                message = unknown("provider", target.provider, names)
                message = message.replace(".", f" in route {route.model!r}.", 1)
                yield (*path, "targets", position, "provider"), message


def _sign_on(config: Config) -> Iterator[Finding]:
    access = config.access
    yield from ((("access", *where), what) for where, what in check_sign_on(access))
    is_open = not parse_address(config.console.listen).is_loopback
    kinds = [name for name, found in (("oidc", access.oidc), ("saml", access.saml)) if found]
    if kinds and is_open and config.console.public_url is None:
        message = f"is needed for access.{kinds[0]}: where providers send people back to"
        yield ("console", "public_url"), message


def _mail(config: Config) -> Iterator[Finding]:
    mail = config.mail
    if mail.host is None:
        return
    if mail.sender is None or not _SENDER.fullmatch(mail.sender):
        yield ("mail", "sender"), "is needed: an address such as Vedette <vedette@example.com>"
    if config.console.public_url is None:
        yield ("console", "public_url"), "is needed for mail: where its links lead"


_SENDER = re.compile(r"[^@<>]*<[^@<>\s]+@[^@<>\s]+>|[^@<>\s]+@[^@<>\s]+")


def _default_provider(config: Config) -> Iterator[Finding]:
    name, names = config.gateway.default_provider, provider_names(config)
    if name and name not in names:
        yield ("gateway", "default_provider"), unknown("provider", name, names)


def _prices(config: Config) -> Iterator[Finding]:
    names = provider_names(config)
    for index, price in enumerate(config.prices):
        if price.provider not in names:
            yield ("prices", index, "provider"), unknown("provider", price.provider, names)


def _addresses(config: Config) -> Iterator[Finding]:
    gateway, console = parse_address(config.gateway.listen), parse_address(config.console.listen)
    if gateway.port and gateway.port == console.port and _overlap(gateway, console):
        yield ("console", "listen"), f"{console} is the address of the gateway: choose another port"
    taken = [(gateway, "the gateway"), (console, "the console")]
    for name, address in _otlp_doors(config):
        for other, whose in taken:
            if address.port and address.port == other.port and _overlap(address, other):
                yield ("otlp", name), f"{address} is the address of {whose}: choose another port"
        taken.append((address, f"otlp.{name}"))
    for index, provider in enumerate(config.providers):
        if provider.base_url and gateway.port and _is_gateway(provider.base_url, gateway):
            message = f"points back at the gateway ({gateway}): calls would run in a circle"
            yield ("providers", index, "base_url"), message


def _overlap(one: Address, other: Address) -> bool:
    anything = {"0.0.0.0", "::"}  # noqa: S104
    same = one.host == other.host or (one.is_loopback and other.is_loopback)
    return same or one.host in anything or other.host in anything


def _is_gateway(base_url: str, gateway: Address) -> bool:
    target = url_address(base_url)
    if target.port != gateway.port:
        return False
    return target.host == gateway.host or (target.is_loopback and _overlap(gateway, target))


_RULES: tuple[Callable[[Config], Iterator[Finding]], ...] = (
    _providers,
    _routes,
    _default_provider,
    _sign_on,
    _mail,
    _prices,
    _addresses,
)
