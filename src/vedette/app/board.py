"""The page of providers: how their calls went, and in which state their targets are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from msgspec.structs import asdict

from vedette.api.provider_shapes import (
    CallFigures,
    ProviderDetail,
    ProviderStatus,
    State,
    TargetStatus,
)
from vedette.app.reports import Reported
from vedette.app.states import TargetStates
from vedette.app.watch import KEPT_STEPS, STEP_S, ProviderWatch, Target
from vedette.clock import Clock
from vedette.model.settings import ProviderSummary
from vedette.query.times import format_time

MOST_TARGETS = 100
"""Of one provider; those of routes come first, then those that were asked last."""

_WORST_FIRST: tuple[State, ...] = ("open", "half_open", "closed")

Routed = Mapping[Target, Sequence[str]]
"""The targets of all routes, each with the names of the routes."""


class ProviderBoard:
    """Puts together what watch, states and reports know."""

    def __init__(
        self,
        watch: ProviderWatch,
        states: TargetStates,
        *,
        reported: Callable[[], Reported],
        routed: Callable[[], Routed],
        clock: Clock,
    ) -> None:
        self._watch = watch
        self._states = states
        self._reported = reported
        self._routed = routed
        self._clock = clock

    def look(self) -> None:
        """Note the state of every target; to be called every second."""
        self._states.look([*self._routed(), *self._watch.targets()], self._reported())

    def statuses(self, configured: Sequence[ProviderSummary]) -> Sequence[ProviderStatus]:
        """One entry per configured provider, in the order of the configuration."""
        routed, reported = self._routed(), self._reported()
        return [self._status(one, routed, reported, timelines=False) for one in configured]

    def detail(self, provider: ProviderSummary) -> ProviderDetail:
        """A provider with its last hour."""
        now_ns = self._clock.now_ns()
        end_ns = (now_ns // 10**9 // STEP_S + 1) * STEP_S * 10**9
        return ProviderDetail(
            provider=self._status(provider, self._routed(), self._reported(), timelines=True),
            start_time=format_time(end_ns - KEPT_STEPS * STEP_S * 10**9),
            end_time=format_time(end_ns),
            step_s=STEP_S,
            history=self._watch.history(provider.name, now_ns),
        )

    def _status(
        self, provider: ProviderSummary, routed: Routed, reported: Reported, *, timelines: bool
    ) -> ProviderStatus:
        name = provider.name
        figures, outcomes = self._watch.provider(name)
        recent = reversed(self._watch.targets())
        known = dict.fromkeys(one for one in (*routed, *recent) if one[0] == name)
        shown = list(islice(known, MOST_TARGETS))
        self._states.look(shown, reported)
        targets = [self._target(one, routed, reported, timelines=timelines) for one in shown]
        return ProviderStatus(
            **asdict(figures),
            name=name,
            kind=provider.kind,
            base_url=provider.base_url,
            has_key=provider.has_key,
            simulated=provider.kind == "sim",
            models=provider.models,
            dialects=provider.dialects,
            state=worst(one.state for one in targets if one.requests or one.state != "closed"),
            outcomes=outcomes,
            targets=tuple(targets),
            in_flight=sum(count for one, count in reported.in_flight.items() if one[0] == name),
            places=reported.places.get(name),
            waiting=reported.waiting[name],
        )

    def target(self, target: Target) -> TargetStatus:
        """One target, whether anything leads there or not."""
        return self._target(target, self._routed(), self._reported(), timelines=False)

    def _target(
        self, target: Target, routed: Routed, reported: Reported, *, timelines: bool
    ) -> TargetStatus:
        state, left_s = self._states.now(target, reported)
        figures: CallFigures = self._watch.target(target)
        since_ns = self._states.since(target)
        expected_s = reported.expected_s(target)
        return TargetStatus(
            **asdict(figures),
            provider=target[0],
            model=target[1],
            routes=tuple(routed.get(target, ())),
            state=state,
            since=None if since_ns is None else format_time(since_ns),
            cooldown_left_s=left_s,
            in_flight=reported.in_flight[target],
            expected_ms=None if expected_s is None else expected_s * 1e3,
            quotas=self._states.quotas(target),
            timeline=self._states.timeline(target) if timelines else (),
        )


def worst(states: Iterable[State]) -> State:
    """Of several targets; `unknown` where there is none."""
    seen = set(states)
    return next((state for state in _WORST_FIRST if state in seen), "unknown")
