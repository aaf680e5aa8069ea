"""What a worker knows of its targets and queues at the moment, told to the core every second."""

from collections.abc import Iterable, Mapping
from itertools import islice

from vedette.gateway.caching import ResponseCache
from vedette.gateway.directory import Upstream
from vedette.gateway.health import HealthBook, TargetHealth
from vedette.gateway.meters import CACHE, CACHE_BYTES, CACHE_SAVED, CACHE_SIZE
from vedette.metrics import Family, Sample

_TARGET = ("provider", "model")

STATE = Family(
    "vedette_target_workers",
    "Workers by how they see a target: closed, open or half_open.",
    "gauge", (*_TARGET, "state"),
)  # fmt: skip
IN_FLIGHT = Family("vedette_target_in_flight", "Calls under way at a target.", "gauge", _TARGET)
LATENCY = Family(
    "vedette_target_latency_seconds",
    "Peak average by which least-latency routes choose: first output of streams, whole answers.",
    "gauge", (*_TARGET, "answers"),
)  # fmt: skip
PLACES = Family(
    "vedette_provider_places", "Calls that a provider may get at a time.", "gauge", ("provider",)
)
TAKEN = Family("vedette_provider_places_taken", "Places that are taken.", "gauge", ("provider",))
WAITING = Family(
    "vedette_provider_calls_waiting", "Calls that wait for a place.", "gauge", ("provider",)
)

SUMMED = (STATE, IN_FLIGHT, PLACES, TAKEN, WAITING)
"""What adds up over workers; an average does not."""
FAMILIES = (*SUMMED, LATENCY)

MOST = 200
"""Targets that are told of; model names come from requests."""


def samples(book: HealthBook, upstreams: Mapping[str, Upstream], now: float) -> Iterable[Sample]:
    """All of it; targets that nobody has asked yet are left out."""
    asked = (entry for entry in book.targets.items() if _is_known(entry[1]))
    for name, health in islice(asked, MOST):
        yield Sample(STATE.name, (*name, health.state(now)), 1.0)
        yield Sample(IN_FLIGHT.name, name, health.in_flight)
        for answers, ewma in (("stream", health.streamed), ("whole", health.whole)):
            if ewma.is_known:
                yield Sample(LATENCY.name, (*name, answers), ewma.value())
    for upstream in upstreams.values():
        gate = upstream.gate
        if gate is not None:
            yield Sample(PLACES.name, (upstream.name,), gate.limit)
            yield Sample(TAKEN.name, (upstream.name,), gate.active)
            yield Sample(WAITING.name, (upstream.name,), gate.waiting)


def _is_known(health: TargetHealth) -> bool:
    return bool(health.in_flight or health.failures or health.open_until) or health.was_seen


def cache_samples(cache: ResponseCache) -> list[Sample]:
    """How often the kept answers were of use, and what they saved."""
    return [
        Sample(CACHE.name, ("hit",), cache.hits),
        Sample(CACHE.name, ("miss",), cache.misses),
        Sample(CACHE_SAVED.name, (), cache.saved_nano_usd / 1e9),
        Sample(CACHE_SIZE.name, (), len(cache)),
        Sample(CACHE_BYTES.name, (), cache.bytes_held),
    ]
