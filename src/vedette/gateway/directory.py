"""Who answers a model name: the snapshot's providers and routes, ready for look-up.

A name is, in this order: a route; `provider/model` with a provider that exists; a bare name that
one provider's `models` globs claim; the default provider's. A name with a slash whose first part
is no provider (`meta-llama/Llama-3`) is a bare name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import translate
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from vedette.errors import NotFound
from vedette.gateway.codecs import provider_dialect
from vedette.gateway.health import HealthBook, TargetHealth
from vedette.gateway.keys import KeyRing
from vedette.http1.client import Pool
from vedette.http1.headers import header_lines
from vedette.model.settings import GatewaySettings, RouteSettings, Timeouts, WhenSettings
from vedette.model.span import CAPTURE_MODES
from vedette.ports.provider import Provider

if TYPE_CHECKING:
    from vedette.gateway.admission import Gate

_MEMO_LIMIT = 4096


class UnknownModel(NotFound):
    """No route, provider or default answers to this model name."""

    code = "model_not_found"


class Upstream:
    """A provider with its connection pool; made anew with each snapshot, the pool lives on."""

    __slots__ = (
        "_wires", "adapt_body", "gate", "globs", "header_name", "heads", "name", "needs_token",
        "pool", "provider", "ring", "settings", "signs",
    )  # fmt: skip

    def __init__(
        self, provider: Provider, pool: Pool, *more_keys: Provider, gate: "Gate | None" = None
    ) -> None:
        self.gate = gate
        self.provider = provider
        self.ring = KeyRing((provider, *more_keys))
        self.pool = pool
        self.settings = provider.settings
        self.name = provider.settings.name
        self.header_name = self.name.encode("ascii", "backslashreplace")
        self.heads: dict[tuple[object, ...], bytes] = {}
        """The memory of `outgoing.provider_head`."""
        self.globs = [re.compile(translate(glob)) for glob in provider.settings.models]
        self.signs = bool(provider.settings.options.get("access_key_id"))
        """Whether every call gets a signature of its own."""
        options = provider.settings.options
        self.needs_token = any(options.get(name) for name in _GRANTS)
        """Whether calls carry an access token that has to be fetched."""
        self.adapt_body: Callable[[str, bytes], bytes] | None = getattr(
            provider, "adapt_body", None
        )
        """`adapt_body(dialect, body)` where a provider wants the body of a dialect otherwise."""
        self._wires: dict[str, str] = {}

    def wire(self, dialect: str) -> str:
        """In which dialect to ask what a client asks in `dialect`. Raises Unsupported."""
        wire = self._wires.get(dialect)
        if wire is None:
            wire = provider_dialect(dialect, self.settings.dialects)
            self._wires[dialect] = wire
        return wire


_GRANTS = ("credentials_json", "client_secret")
"""Options that are exchanged for access tokens."""


class Target(msgspec.Struct, frozen=True):
    """One place an attempt can go."""

    upstream: Upstream
    model: str
    """The name the provider knows."""
    timeouts: Timeouts
    health: TargetHealth
    lines: bytes = b""
    """The header lines that name it to the client; empty where the model is the client's word."""
    weight: float = 1.0
    when: WhenSettings | None = None


def target_lines(upstream: Upstream, model: str) -> bytes:
    """The `x-vedette-*` header lines that say where an answer is from."""
    return header_lines(
        [
            (b"x-vedette-provider", upstream.header_name),
            (b"x-vedette-model", header_value(model)),
        ]
    )


def header_value(text: str) -> bytes:
    """Text from a request, made fit for a header."""
    value = text[:200].encode("ascii", "backslashreplace")
    return value if value.isalnum() else _UNFIT.sub(b"?", value)


_UNFIT = re.compile(rb"[^\x20-\x7e]")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to try for one exchange, in order."""

    targets: tuple[Target, ...]
    retries: int = 0
    most_attempts: int | None = None
    """Where the caller wants fewer than the route allows."""
    route: str = ""
    strategy: str = "fallback"
    on_break: str = "error"
    hedge_after_s: float | None = None
    sticky: str = ""
    skips: frozenset[str] = frozenset()
    """Answers of a target that send the call on to the next: `context_window`, `content_filter`."""
    capture: str = ""

    @property
    def attempts(self) -> int:
        """How many attempts there may be: every target once, and at least one more per retry."""
        return max(len(self.targets), 1 + self.retries)


class Resolution(msgspec.Struct, frozen=True):
    """How a model name was understood."""

    rule: str
    """`route`, `provider`, `pattern` (a route with `*`), `models` (a provider's) or `default`."""
    match: str
    """The route, the provider or the glob that it matched."""
    plan: Plan


def narrowed(plan: Plan, *, timeout_s: float | None, retries: int | None) -> Plan:
    """The plan within what the caller allows: never more than the route does."""
    if timeout_s is not None:
        targets = tuple(
            replace(target, timeouts=_within(target.timeouts, timeout_s)) for target in plan.targets
        )
        plan = replace(plan, targets=targets)
    if retries is not None:
        plan = replace(plan, retries=min(plan.retries, retries), most_attempts=1 + retries)
    return plan


def _within(timeouts: Timeouts, seconds: float) -> Timeouts:
    return Timeouts(
        connect_s=min(timeouts.connect_s, seconds),
        first_byte_s=min(timeouts.first_byte_s, seconds),
        whole_s=None if timeouts.whole_s is None else min(timeouts.whole_s, seconds),
        first_token_s=min(timeouts.first_token_s, seconds),
        idle_s=timeouts.idle_s,
        total_s=min(timeouts.total_s, seconds),
        websocket_idle_s=timeouts.websocket_idle_s,
        websocket_total_s=min(timeouts.websocket_total_s, seconds),
    )


class Directory:
    """Look-up of plans by model name; built anew with each snapshot."""

    def __init__(
        self,
        settings: GatewaySettings,
        upstreams: Mapping[str, Upstream],
        book: HealthBook | None = None,
    ) -> None:
        self.upstreams = upstreams
        self.routes = {route.model: route for route in settings.routes}
        self._default = settings.default_provider
        modes = {
            settings.capture,
            *(route.capture or settings.capture for route in settings.routes),
        }
        self.unplanned_capture = max(modes, key=CAPTURE_MODES.index)
        """What is kept of a call of which nobody can say whose it was: as little as of any."""
        self._book = book or HealthBook()
        self._plans = {
            name: self._routed(route, name)
            for name, route in self.routes.items()
            if not _is_pattern(name)
        }
        self._patterns = [
            (re.compile(translate(name)), route)
            for name, route in self.routes.items()
            if _is_pattern(name)
        ]
        self._direct: dict[str, Plan] = {}

    def plan(self, model: str) -> Plan:
        """The plan for a model name. Raises UnknownModel with the names that would work."""
        found = self._plans.get(model) or self._direct.get(model)
        if found is None:
            found = self._resolve(model).plan
            if len(self._direct) < _MEMO_LIMIT:
                self._direct[model] = found
        return found

    def resolve(self, model: str) -> Resolution:
        """The plan for a model name and the rule that led there. Raises UnknownModel."""
        found = self._plans.get(model)
        return self._resolve(model) if found is None else Resolution("route", model, found)

    def route_plans(self) -> Iterable[Plan]:
        """The plans of all routes whose name is no pattern."""
        return self._plans.values()

    def provider(self, name: str) -> Plan:
        """A plan that goes to one provider and leaves the model as it is; "" is the default."""
        wanted = name or self._default
        upstream = self.upstreams.get(wanted)
        if upstream is None:
            known = f"Known: {_some(self.upstreams)}."
            if wanted:
                raise UnknownModel(f"No provider {wanted!r}. {known}")
            raise UnknownModel(
                "No model says where this call goes, and no provider is the default. Set "
                f"`gateway.default_provider`, or send the header x-vedette-provider. {known}"
            )
        health = self._book.of(upstream.name, "", len(upstream.ring.providers))
        return Plan(targets=(Target(upstream, "", upstream.settings.timeouts, health),))

    def _resolve(self, model: str) -> Resolution:
        prefix, slash, rest = model.partition("/")
        if slash and rest and prefix in self.upstreams:
            return Resolution("provider", prefix, self._single(self.upstreams[prefix], rest))
        for pattern, route in self._patterns:
            if pattern.match(model):
                return Resolution("pattern", route.model, self._routed(route, model))
        for upstream in self.upstreams.values():
            if any(glob.match(model) for glob in upstream.globs):
                return Resolution("models", upstream.name, self._single(upstream, model))
        default = self.upstreams.get(self._default)
        if model and default is not None:
            return Resolution("default", default.name, self._single(default, model))
        raise UnknownModel(self._unknown(model))

    def _single(self, upstream: Upstream, model: str) -> Plan:
        return Plan(targets=(self._target(upstream, model, upstream.settings.timeouts),))

    def _routed(self, route: RouteSettings, name: str) -> Plan:
        """The plan of a route; `name` is the client's word where the route is a pattern."""
        targets = []
        for target in route.targets:
            upstream = self.upstreams[target.provider]
            made = self._target(
                upstream, target.model or name, route.timeouts or upstream.settings.timeouts
            )
            made.health.cooldown_s = route.cooldown_s
            targets.append(replace(made, weight=target.weight, when=target.when))
        on_refusal = (
            ("context_window", route.on_context_window),
            ("content_filter", route.on_content_filter),
        )
        return Plan(
            targets=tuple(targets),
            retries=route.retries,
            route=route.model,
            strategy=route.strategy,
            on_break=route.on_break,
            hedge_after_s=route.hedge_after_s,
            sticky=route.sticky,
            skips=frozenset(reason for reason, what in on_refusal if what == "next"),
            capture=route.capture,
        )

    def _target(self, upstream: Upstream, model: str, timeouts: Timeouts) -> Target:
        health = self._book.of(upstream.name, model, len(upstream.ring.providers))
        return Target(upstream, model, timeouts, health, target_lines(upstream, model))

    def _unknown(self, model: str) -> str:
        providers = _some(f"{name}/..." for name in self.upstreams)
        return (
            f"Unknown model {model!r}. Routes: {_some(self.routes)}. Providers: {providers}. "
            "Set `gateway.default_provider` to send bare names somewhere."
        )


_SHOWN = 20


def _some(names: Iterable[str]) -> str:
    """Names for a message, and how many more there are."""
    ordered = sorted(names)
    shown = ", ".join(ordered[:_SHOWN]) or "none"
    more = len(ordered) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _is_pattern(name: str) -> bool:
    return "*" in name or "?" in name
