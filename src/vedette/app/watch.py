"""How the calls of each provider and each target went, off the records that pass by."""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable

from vedette.api.provider_shapes import CallFigures, HistoryPoint, OutcomeCount
from vedette.http1.refusals import REASONS
from vedette.model.exchange import Attempt, ExchangeRecord
from vedette.query.times import format_time

RECENT = 512
"""Calls that latencies are taken from."""
STEP_S = 30
KEPT_STEPS = 120
"""An hour of steps."""
MOST_TARGETS = 500
MOST_OUTCOMES = 64
_NO_FAULT = frozenset({"client_gone", "slower_than_another", *REASONS.values()})
_OF_THE_GUARD = "guard_"
"""How the errors of the guard begin: it has broken off what must not go on."""
_STEP_NS = STEP_S * 10**9
_STEP_SAMPLES = 256

Target = tuple[str, str]
"""Provider and model."""


class Calls:
    """What passed by of one provider or one target."""

    __slots__ = ("durations", "errors", "first_tokens", "last_error", "last_error_ns",
                 "last_success_ns", "outcomes", "requests")  # fmt: skip

    def __init__(self) -> None:
        self.requests = 0
        self.errors = 0
        self.last_error: str | None = None
        self.last_error_ns: int | None = None
        self.last_success_ns: int | None = None
        self.outcomes: Counter[str] = Counter()
        self.durations: deque[float] = deque(maxlen=RECENT)
        self.first_tokens: deque[float] = deque(maxlen=RECENT)

    def note(self, attempt: Attempt) -> None:
        self.requests += 1
        outcome = attempt.error or "ok"
        if outcome not in self.outcomes and len(self.outcomes) >= MOST_OUTCOMES:
            outcome = "other"
        self.outcomes[outcome] += 1
        if is_broken_off(attempt):
            return
        if attempt.error:
            self.errors += 1
            self.last_error = attempt.error
            self.last_error_ns = attempt.start_ns
        else:
            self.last_success_ns = attempt.start_ns
            self.durations.append(attempt.duration_ms)

    def figures(self) -> CallFigures:
        return CallFigures(
            requests=self.requests,
            errors=self.errors,
            last_error=self.last_error,
            last_error_time=_time(self.last_error_ns),
            last_success_time=_time(self.last_success_ns),
            latency_p50_ms=quantile(self.durations, 0.5),
            latency_p95_ms=quantile(self.durations, 0.95),
            ttft_p50_ms=quantile(self.first_tokens, 0.5),
        )

    def by_outcome(self) -> tuple[OutcomeCount, ...]:
        common = self.outcomes.most_common()
        return tuple(OutcomeCount(outcome=name, attempts=count) for name, count in common)


class Step:
    """The attempts of one provider that began in one stretch of `STEP_S`."""

    __slots__ = ("attempts", "durations", "errors", "first_tokens")

    def __init__(self) -> None:
        self.attempts = 0
        self.errors = 0
        self.durations: deque[float] = deque(maxlen=_STEP_SAMPLES)
        self.first_tokens: deque[float] = deque(maxlen=_STEP_SAMPLES)

    def note(self, attempt: Attempt) -> None:
        self.attempts += 1
        if is_broken_off(attempt):
            return
        if attempt.error:
            self.errors += 1
        else:
            self.durations.append(attempt.duration_ms)


class ProviderWatch:
    """Remembers how calls went since the core's start, and step by step for an hour. Thread-safe.

    Names of models come from requests: past `MOST_TARGETS` the target not asked for longest goes.
    """

    def __init__(self) -> None:
        self._providers: dict[str, Calls] = {}
        self._targets: OrderedDict[Target, Calls] = OrderedDict()
        self._steps: dict[str, dict[int, Step]] = {}
        self._lock = threading.Lock()

    def note(self, record: ExchangeRecord) -> None:
        """Count the attempts of an exchange."""
        with self._lock:
            for attempt in record.attempts:
                for calls in self._calls(attempt.provider, attempt.model):
                    calls.note(attempt)
                self._step(attempt.provider, attempt.start_ns).note(attempt)
            if record.ttft_ms is not None and record.provider in self._providers:
                for calls in self._calls(record.provider, record.model):
                    calls.first_tokens.append(record.ttft_ms)
                step = self._step(record.provider, record.start_ns)
                step.first_tokens.append(record.ttft_ms)

    def provider(self, name: str) -> tuple[CallFigures, tuple[OutcomeCount, ...]]:
        """Figures and outcomes of a provider; zeros where nobody called it."""
        with self._lock:
            calls = self._providers.get(name) or Calls()
            return calls.figures(), calls.by_outcome()

    def target(self, name: Target) -> CallFigures:
        """Figures of a target; zeros where nobody called it."""
        with self._lock:
            calls = self._targets.get(name)
            return calls.figures() if calls is not None else CallFigures()

    def targets(self) -> list[Target]:
        """Every target that was asked, the latest last."""
        with self._lock:
            return list(self._targets)

    def history(self, name: str, now_ns: int) -> tuple[HistoryPoint, ...]:
        """The last hour of a provider, oldest first."""
        first = now_ns // _STEP_NS - KEPT_STEPS + 1
        with self._lock:
            steps = self._steps.get(name, {})
            return tuple(_point(at, steps[at]) for at in sorted(steps) if at >= first)

    def _calls(self, provider: str, model: str) -> tuple[Calls, Calls]:
        """Those of the provider and those of the target."""
        of_provider = self._providers.get(provider)
        if of_provider is None:
            of_provider = self._providers[provider] = Calls()
        target = (provider, model)
        of_target = self._targets.get(target)
        if of_target is None:
            of_target = self._targets[target] = Calls()
            if len(self._targets) > MOST_TARGETS:
                self._targets.popitem(last=False)
        else:
            self._targets.move_to_end(target)
        return of_provider, of_target

    def _step(self, provider: str, start_ns: int) -> Step:
        steps = self._steps.setdefault(provider, {})
        at = start_ns // _STEP_NS
        step = steps.get(at)
        if step is None:
            step = steps[at] = Step()
            if len(steps) > KEPT_STEPS:
                del steps[min(steps)]
        return step


def _point(at: int, step: Step) -> HistoryPoint:
    return HistoryPoint(
        time=format_time(at * _STEP_NS),
        attempts=step.attempts,
        errors=step.errors,
        latency_p50_ms=quantile(step.durations, 0.5),
        latency_p95_ms=quantile(step.durations, 0.95),
        ttft_p50_ms=quantile(step.first_tokens, 0.5),
    )


def is_broken_off(attempt: Attempt) -> bool:
    """Whether it is neither an answer nor an error of the provider."""
    return attempt.error in _NO_FAULT or attempt.error.startswith(_OF_THE_GUARD)


def quantile(values: Iterable[float], share: float) -> float | None:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def _time(time_ns: int | None) -> str | None:
    return None if time_ns is None else format_time(time_ns)
