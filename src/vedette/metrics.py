"""Counters and histograms that cost next to nothing to move.

A worker moves plain numbers and ships a snapshot of them; the core adds the snapshots of all
workers up, those of dead ones included, and renders them for Prometheus.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import msgspec

Labels = tuple[str, ...]

_REMEMBERED = 64
"""So many processes that have left may come back without being counted twice."""


class Family(msgspec.Struct, frozen=True):
    """A metric: its name, its help, its label names; `buckets` make it a histogram."""

    name: str
    help: str
    kind: str
    """`counter`, `gauge` or `histogram`."""
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


class Sample(msgspec.Struct, array_like=True):
    """A value of a family for one set of label values.

    For histograms `counts` has one number per bucket and one for the rest, not cumulative.
    """

    family: str
    labels: tuple[str, ...]
    value: float = 0.0
    counts: list[int] = []


class Histogram:
    """Observations of one family, by label values; at most `limit` sets of them."""

    __slots__ = ("_buckets", "_limit", "_rows", "family")

    def __init__(self, family: Family, *, limit: int = 500) -> None:
        self.family = family
        self._buckets = family.buckets
        self._limit = limit
        self._rows: dict[Labels, Sample] = {}

    def observe(self, labels: Labels, value: float) -> None:
        self.put(self.sample(labels), value)

    def put(self, row: Sample, value: float) -> None:
        """Observe into a row that `sample` gave."""
        row.counts[bisect_left(self._buckets, value)] += 1
        row.value += value

    def samples(self) -> Iterable[Sample]:
        return self._rows.values()

    def sample(self, labels: Labels) -> Sample:
        """The row of these labels. Label values come from requests: past the limit all new ones
        share one row."""
        row = self._rows.get(labels)
        if row is None:
            if len(self._rows) >= self._limit:
                labels = ("other",) * len(labels)
            counts = [0] * (len(self._buckets) + 1)
            row = self._rows.setdefault(labels, Sample(self.family.name, labels, 0.0, counts))
        return row


class Counter:
    """Sums of one family, by label values; at most `limit` sets of them."""

    __slots__ = ("_limit", "_rows", "family")

    def __init__(self, family: Family, *, limit: int = 500) -> None:
        self.family = family
        self._limit = limit
        self._rows: dict[Labels, Sample] = {}

    def add(self, labels: Labels, amount: float = 1.0) -> None:
        self.sample(labels).value += amount

    def samples(self) -> Iterable[Sample]:
        return self._rows.values()

    def sample(self, labels: Labels) -> Sample:
        """The row of these labels; past the limit all new ones share one."""
        row = self._rows.get(labels)
        if row is None:
            if len(self._rows) >= self._limit:
                labels = ("other",) * len(labels)
            row = self._rows.setdefault(labels, Sample(self.family.name, labels))
        return row


class Totals:
    """The sum over several processes, each of which sends its own snapshots.

    Counters and histograms of a process that has gone stay in the sum; its gauges do not.
    """

    def __init__(self, families: Sequence[Family]) -> None:
        self.families = {family.name: family for family in families}
        self._live: dict[str, Sequence[Sample]] = {}
        self._left: dict[str, Sequence[Sample]] = {}
        self._gone: dict[tuple[str, Labels], Sample] = {}

    def update(self, source: str, samples: Sequence[Sample]) -> None:
        """Replace what a process said before; one that had left is back."""
        self._left.pop(source, None)
        self._live[source] = samples

    def live(self) -> Sequence[Sequence[Sample]]:
        """What each living process said last: gauges that must not be added up."""
        return list(self._live.values())

    def retire(self, source: str) -> None:
        """A process has ended: keep its sums."""
        self._left[source] = self._lasting(self._live.pop(source, ()))
        while len(self._left) > _REMEMBERED:
            for sample in self._left.pop(next(iter(self._left))):
                _add(self._gone, sample)

    def counted(self) -> Mapping[str, Sequence[Sample]]:
        """What stays of each process, and under no name what cannot come back."""
        live = {source: self._lasting(samples) for source, samples in self._live.items()}
        return {"": list(self._gone.values()), **self._left, **live}

    def go_on_from(self, counted: Mapping[str, Sequence[Sample]]) -> None:
        """Begin with what others had `counted`, as if all processes had ended since."""
        for source, samples in counted.items():
            if source:
                self._live[source] = samples
                self.retire(source)
            else:
                for sample in samples:
                    _add(self._gone, sample)

    def _lasting(self, samples: Iterable[Sample]) -> list[Sample]:
        return [
            sample
            for sample in samples
            if (family := self.families.get(sample.family)) and family.kind != "gauge"
        ]

    def samples(self) -> Mapping[tuple[str, Labels], Sample]:
        total = {
            key: Sample(sample.family, sample.labels, sample.value, list(sample.counts))
            for key, sample in self._gone.items()
        }
        for samples in (*self._left.values(), *self._live.values()):
            for sample in samples:
                _add(total, sample)
        return total


def _add(total: dict[tuple[str, Labels], Sample], sample: Sample) -> None:
    key = (sample.family, sample.labels)
    row = total.get(key)
    if row is None:
        total[key] = Sample(sample.family, sample.labels, sample.value, list(sample.counts))
        return
    row.value += sample.value
    row.counts = [a + b for a, b in zip(row.counts, sample.counts, strict=True)]


def render(families: Iterable[Family], samples: Iterable[Sample]) -> bytes:
    """The Prometheus text exposition."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import (
        CounterMetricFamily,
        GaugeMetricFamily,
        HistogramMetricFamily,
        Metric,
    )
    from prometheus_client.registry import Collector

    by_family: dict[str, list[Sample]] = {}
    for sample in samples:
        by_family.setdefault(sample.family, []).append(sample)

    def metric(family: Family) -> Metric:
        rows = by_family.get(family.name, [])
        if family.kind == "histogram":
            histogram = HistogramMetricFamily(family.name, family.help, labels=family.labels)
            for row in rows:
                histogram.add_metric(row.labels, _cumulative(family, row), row.value)
            return histogram
        maker = CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily
        simple = maker(family.name, family.help, labels=family.labels)
        for row in rows:
            simple.add_metric(row.labels, row.value)
        return simple

    class Snapshot(Collector):
        def collect(self) -> Iterable[Metric]:
            return [metric(family) for family in families]

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Snapshot())
    return generate_latest(registry)


def _cumulative(family: Family, row: Sample) -> list[tuple[str, float]]:
    running, out = 0, []
    for edge, count in zip((*family.buckets, float("inf")), row.counts, strict=True):
        running += count
        out.append(("+Inf" if edge == float("inf") else repr(edge), float(running)))
    return out
