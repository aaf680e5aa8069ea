"""Who answers a model name: the snapshot's providers and routes, ready for look-up.

A name is, in this order: a route; `provider/model` with a provider that exists; a bare name that
one provider's `models` globs claim; the default provider's. A name with a slash whose first part
is no provider (`meta-llama/Llama-3`) is a bare name.
"""

import re
from collections.abc import Mapping
from fnmatch import translate

import msgspec

from vedette.errors import NotFound
from vedette.gateway.codecs import provider_dialect
from vedette.http1.client import Pool
from vedette.http1.headers import header_lines
from vedette.model.settings import GatewaySettings, RouteSettings, Timeouts
from vedette.ports.provider import Provider

_MEMO_LIMIT = 4096


class UnknownModel(NotFound):
    """No route, provider or default answers to this model name."""

    code = "model_not_found"


class Upstream:
    """A provider with its connection pool; made anew with each snapshot, the pool lives on."""

    __slots__ = (
        "_wires", "globs", "header_name", "heads", "name", "pool", "provider", "settings", "signs",
    )  # fmt: skip

    def __init__(self, provider: Provider, pool: Pool) -> None:
        self.provider = provider
        self.pool = pool
        self.settings = provider.settings
        self.name = provider.settings.name
        self.header_name = self.name.encode("ascii", "backslashreplace")
        self.heads: dict[tuple[object, ...], bytes] = {}
        """The memory of `outgoing.provider_head`."""
        self.globs = [re.compile(translate(glob)) for glob in provider.settings.models]
        self.signs = bool(provider.settings.options.get("access_key_id"))
        """Whether every call gets a signature of its own."""
        self._wires: dict[str, str] = {}

    def wire(self, dialect: str) -> str:
        """In which dialect to ask what a client asks in `dialect`. Raises Unsupported."""
        wire = self._wires.get(dialect)
        if wire is None:
            wire = provider_dialect(dialect, self.settings.dialects)
            self._wires[dialect] = wire
        return wire


class Target(msgspec.Struct, frozen=True):
    """One place an attempt can go."""

    upstream: Upstream
    model: str
    """The name the provider knows."""
    timeouts: Timeouts
    is_fallback: bool = False
    """True for all but the first target of a route."""
    lines: bytes = b""
    """The header lines that name it to the client; empty where the model is the client's word."""

    @classmethod
    def of(
        cls, upstream: Upstream, model: str, timeouts: Timeouts, *, is_fallback: bool = False
    ) -> "Target":
        """A target with a model name of its own."""
        lines = target_lines(upstream, model, is_fallback=is_fallback)
        return cls(upstream, model, timeouts, is_fallback, lines)


def target_lines(upstream: Upstream, model: str, *, is_fallback: bool) -> bytes:
    """The `x-vedette-*` header lines that say where an answer is from."""
    return header_lines(
        [
            (b"x-vedette-provider", upstream.header_name),
            (b"x-vedette-model", header_value(model)),
            (b"x-vedette-fallback", b"true" if is_fallback else b"false"),
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
    route: str = ""
    capture: str = ""

    @property
    def attempts(self) -> int:
        """How many attempts there may be: every target once, and at least one more per retry."""
        return max(len(self.targets), 1 + self.retries)


class Directory:
    """Look-up of plans by model name; built anew with each snapshot."""

    def __init__(self, settings: GatewaySettings, upstreams: Mapping[str, Upstream]) -> None:
        self.upstreams = upstreams
        self.routes = {route.model: route for route in settings.routes}
        self._default = settings.default_provider
        self._plans = {name: self._routed(route) for name, route in self.routes.items()}
        self._direct: dict[str, Plan] = {}

    def plan(self, model: str) -> Plan:
        """The plan for a model name. Raises UnknownModel with the names that would work."""
        found = self._plans.get(model) or self._direct.get(model)
        if found is None:
            found = self._resolve(model)
            if len(self._direct) < _MEMO_LIMIT:
                self._direct[model] = found
        return found

    def provider(self, name: str) -> Plan:
        """A plan that goes to one provider and leaves the model as it is; "" is the default."""
        wanted = name or self._default
        upstream = self.upstreams.get(wanted)
        if upstream is None:
            raise UnknownModel(
                f"No provider {wanted!r}. Known: {', '.join(sorted(self.upstreams)) or 'none'}."
            )
        return Plan(targets=(Target(upstream, "", upstream.settings.timeouts),))

    def _resolve(self, model: str) -> Plan:
        prefix, slash, rest = model.partition("/")
        if slash and rest and prefix in self.upstreams:
            return self._single(self.upstreams[prefix], rest)
        for upstream in self.upstreams.values():
            if any(glob.match(model) for glob in upstream.globs):
                return self._single(upstream, model)
        default = self.upstreams.get(self._default)
        if model and default is not None:
            return self._single(default, model)
        raise UnknownModel(self._unknown(model))

    def _single(self, upstream: Upstream, model: str) -> Plan:
        return Plan(targets=(Target.of(upstream, model, upstream.settings.timeouts),))

    def _routed(self, route: RouteSettings) -> Plan:
        targets = []
        for index, target in enumerate(route.targets):
            upstream = self.upstreams[target.provider]
            timeouts = route.timeouts or upstream.settings.timeouts
            model = target.model or route.model
            targets.append(Target.of(upstream, model, timeouts, is_fallback=index > 0))
        return Plan(
            targets=tuple(targets),
            retries=route.retries,
            route=route.model,
            capture=route.capture,
        )

    def _unknown(self, model: str) -> str:
        routes = ", ".join(sorted(self.routes)) or "none"
        providers = ", ".join(f"{name}/..." for name in sorted(self.upstreams)) or "none"
        return (
            f"Unknown model {model!r}. Routes: {routes}. Providers: {providers}. "
            "Set `gateway.default_provider` to send bare names somewhere."
        )
