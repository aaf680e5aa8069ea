"""Where a request would go, and why: the gateway's own look-up, conditions and order, dry.

Nobody is asked. The core builds a directory as a worker does, reads the health that the workers
share, and lets the gateway's router draw; what depends on lots is told as a share of many draws.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, cast

from msgspec.structs import replace

from vedette.api.route_shapes import (
    ExplainBody,
    ExplainedTarget,
    Explanation,
    OnBreak,
    ResolutionStep,
    Strategy,
    TargetHealth,
)
from vedette.app.dry import dry_exchange
from vedette.app.reports import Reported
from vedette.clock import Clock
from vedette.config.checks import SIM
from vedette.dialects.contract import Unsupported
from vedette.gateway.conditions import why_not
from vedette.gateway.directory import Directory, Plan, Target, UnknownModel, Upstream
from vedette.gateway.exchange import Exchange
from vedette.gateway.health import HealthBook
from vedette.gateway.pursuit import no_target
from vedette.gateway.routing import Router
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.settings import GatewaySettings
from vedette.plugins import load

DRAWS = 1_000

Rule = Literal["route", "provider", "pattern", "models", "default"]
_RULES: tuple[Rule, ...] = ("route", "provider", "pattern", "models", "default")

_MATCHED: dict[Rule, str] = {
    "route": "{match!r} is the name of a route.",
    "provider": "{match!r} before the slash is a provider: it is asked for {rest!r}.",
    "pattern": "The route {match!r} stands for this name.",
    "models": "Provider {match!r} claims this name by its `models`.",
    "default": "Provider {match!r} takes what nothing else matches.",
}
_MISSED: dict[Rule, str] = {
    "route": "No route has this name.",
    "provider": "No provider stands before a slash.",
    "pattern": "No route with `*` or `?` matches.",
    "models": "No provider claims it by its `models`.",
    "default": "There is no `gateway.default_provider`.",
}
_REASONS = {
    "fallback": "The first target of the list that does not rest is asked first.",
    "conditional": "The first target whose conditions hold and that does not rest is asked first.",
    "weighted": "Who is asked first is drawn by weight.",
    "round-robin": "Targets are asked first in turn.",
    "least-latency": (
        "Of two targets drawn by lot the cheaper is asked first: time to answer, times the calls "
        "under way there, more where calls fail."
    ),
}

HealthOf = Callable[[tuple[str, str]], TargetHealth]


def make_directory(settings: GatewaySettings, book: HealthBook, clock: Clock) -> Directory:
    """A worker's directory over providers without credentials; its pools are never opened."""
    upstreams = {}
    for provider in settings.providers:
        if provider.kind == SIM:
            # A worker is the host of the simulated provider and knows its port.
            provider = replace(provider, base_url="http://127.0.0.1/v1")
        made = load("providers", provider.kind, otherwise="openai").Provider(provider)
        origin = Origin.of(provider.base_url, provider.verify_tls)
        pool = Pool(origin, max_connections=1, deadlines=Deadlines(clock), clock=clock)
        upstreams[provider.name] = Upstream(made, pool)
    return Directory(settings, upstreams, book)


class Explainer:
    """One answer to one question."""

    def __init__(
        self, question: ExplainBody, directory: Directory, reported: Reported, clock: Clock
    ) -> None:
        self._question = question
        self._directory = directory
        self._reported = reported
        self._clock = clock
        self._exchange = dry_exchange(question, clock)

    def explain(
        self, *, origin_of: Mapping[str, Literal["file", "managed"]], health_of: HealthOf
    ) -> Explanation:
        """`health_of` says how a target does, `origin_of` where a route is from."""
        model = self._question.model
        try:
            found = self._directory.resolve(model)
        except UnknownModel as error:
            return self._unknown(error.message)
        exchange, plan = self._exchange, found.plan
        exchange.plan = plan
        orders = self._draw(exchange, plan)
        order = orders.most_common(1)[0][0]
        firsts = Counter(one[0] for one in orders.elements() if one)
        targets = [
            self._target(plan, index, order, health_of, firsts[index] / DRAWS)
            for index in (*order, *(i for i in range(len(plan.targets)) if i not in order))
        ]
        return Explanation(
            model=model,
            resolution=_steps(cast(Rule, found.rule), found.match, model),
            error=None if order else no_target(exchange).message,
            route=plan.route or None,
            origin=origin_of.get(plan.route),
            strategy=cast(Strategy, plan.strategy) if plan.route else None,
            reason=self._reason(plan),
            attempts=max(len(order), 1 + plan.retries) if order else 0,
            on_break=cast(OnBreak, plan.on_break) if plan.route else None,
            hedge_after_s=plan.hedge_after_s,
            sticky=self._sticky_key(plan) or None,
            targets=tuple(targets),
        )

    def _draw(self, exchange: Exchange, plan: Plan) -> Counter[tuple[int, ...]]:
        """Orders of the gateway's router and how often it made each."""
        for target in plan.targets:
            self._tell_health(target)
        router = Router(self._clock)
        return Counter(tuple(router.order(exchange)) for _ in range(DRAWS))

    def _tell_health(self, target: Target) -> None:
        """What this process cannot have seen: load and latency, as the workers report them."""
        name = (target.upstream.name, target.model)
        now, health = self._clock.monotonic(), target.health
        health.in_flight = self._reported.in_flight[name]
        for ewma, stream in ((health.streamed, True), (health.whole, False)):
            seconds = self._reported.expected_s(name, stream=stream)
            if seconds is not None:
                ewma.add(seconds, now)

    def _target(
        self, plan: Plan, index: int, order: Sequence[int], health_of: HealthOf, share: float
    ) -> ExplainedTarget:
        target = plan.targets[index]
        upstream = target.upstream
        against = why_not(target.when, self._exchange) if target.when is not None else ""
        dialect, unsupported = self._dialect(upstream)
        health = health_of((upstream.name, target.model))
        return ExplainedTarget(
            provider=upstream.name,
            kind=upstream.settings.kind,
            model=target.model,
            weight=target.weight,
            fits=not against,
            why_not=against or None,
            position=order.index(index) + 1 if index in order else None,
            first_share=share,
            health=health,
            dialect=dialect,
            translated=dialect is not None and dialect != self._exchange.endpoint.dialect,
            note=unsupported or (not against and self._note(plan, target, health)) or None,
        )

    def _dialect(self, upstream: Upstream) -> tuple[str | None, str]:
        try:
            return upstream.wire(self._exchange.endpoint.dialect), ""
        except Unsupported as error:
            return None, error.message

    def _note(self, plan: Plan, target: Target, health: TargetHealth) -> str:
        name = target.upstream.name
        places = target.upstream.settings.max_concurrency
        if health.state == "open":
            return "Rests: it is asked only when all others fail."
        if health.state == "half_open":
            return "Comes back: one call at a time tries it."
        if places is not None and self._reported.waiting[name]:
            batch = self._question.priority == "batch"
            rank = "behind the interactive ones" if batch else "before batch calls"
            return f"{self._reported.waiting[name]} calls wait for a place here; this one {rank}."
        if plan.strategy == "weighted" and not target.weight:
            return "Weight 0: only when another fails."
        return ""

    def _reason(self, plan: Plan) -> str:
        if len(plan.targets) == 1:
            return "There is one target."
        key = self._sticky_key(plan)
        if key:
            return f"The {plan.sticky} {key!r} stays at one target while that one works."
        return _REASONS[plan.strategy]

    def _sticky_key(self, plan: Plan) -> str:
        caller = self._exchange.caller
        return {"session": caller.session_id, "user": caller.user_id}.get(plan.sticky, "")

    def _unknown(self, message: str) -> Explanation:
        steps = tuple(
            ResolutionStep(rule=rule, matched=False, text=_MISSED[rule]) for rule in _RULES
        )
        return Explanation(
            model=self._question.model, resolution=steps, error=message, route=None, origin=None,
            strategy=None, reason="", attempts=0, on_break=None, hedge_after_s=None, sticky=None,
            targets=(),
        )  # fmt: skip


def _steps(rule: Rule, match: str, model: str) -> tuple[ResolutionStep, ...]:
    missed = [
        ResolutionStep(rule=one, matched=False, text=_MISSED[one])
        for one in _RULES[: _RULES.index(rule)]
    ]
    text = _MATCHED[rule].format(match=match, rest=model.partition("/")[2])
    return (*missed, ResolutionStep(rule=rule, matched=True, text=text))
