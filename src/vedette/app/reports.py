"""What the living workers said last of their targets and queues, taken together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vedette.app.watch import Target
from vedette.gateway import gauges
from vedette.metrics import Sample

_WORST_FIRST = ("open", "half_open", "closed")


@dataclass(slots=True)
class Reported:
    """Sums over workers; latencies are the mean of those workers that know one."""

    states: dict[Target, Counter[str]] = field(default_factory=dict)
    in_flight: Counter[Target] = field(default_factory=Counter)
    latencies_s: dict[tuple[Target, str], list[float]] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)

    def state(self, target: Target) -> str:
        """As the worst-off worker sees it; `unknown` where none has asked it."""
        seen = self.states.get(target, Counter())
        return next((state for state in _WORST_FIRST if state in seen), "unknown")

    def expected_s(self, target: Target, *, stream: bool | None = None) -> float | None:
        """What a call there takes; of streams, of whole answers, or of what there is."""
        kinds = ("stream", "whole") if stream is None else ("stream",) if stream else ("whole",)
        for kind in kinds:
            values = self.latencies_s.get((target, kind))
            if values:
                return sum(values) / len(values)
        return None


def read_reports(reports: Iterable[Sequence[Sample]]) -> Reported:
    """One sequence of samples for each worker."""
    found = Reported()
    by_provider = {
        gauges.PLACES.name: found.places, gauges.TAKEN.name: found.taken,
        gauges.WAITING.name: found.waiting,
    }  # fmt: skip
    for samples in reports:
        for sample in samples:
            if (counter := by_provider.get(sample.family)) is not None:
                counter[sample.labels[0]] += int(sample.value)
            elif sample.family in _OF_TARGETS:
                _add(found, sample)
    return found


def _add(found: Reported, sample: Sample) -> None:
    provider, model, *rest = sample.labels
    target = (provider, model)
    if sample.family == gauges.STATE.name:
        found.states.setdefault(target, Counter())[rest[0]] += 1
    elif sample.family == gauges.IN_FLIGHT.name:
        found.in_flight[target] += int(sample.value)
    else:
        found.latencies_s.setdefault((target, rest[0]), []).append(sample.value)


_OF_TARGETS = frozenset({gauges.STATE.name, gauges.IN_FLIGHT.name, gauges.LATENCY.name})
