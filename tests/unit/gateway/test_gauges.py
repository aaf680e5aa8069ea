"""What a worker tells the core of its targets."""

from tests.support.gateway import provider
from vedette.clock import FakeClock
from vedette.gateway import gauges
from vedette.gateway.admission import Gate
from vedette.gateway.directory import Upstream
from vedette.gateway.health import HealthBook
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.providers.openai import Provider

URL = "http://127.0.0.1:1/v1"


def upstream(gate: Gate | None) -> Upstream:
    clock = FakeClock()
    pool = Pool(Origin.of(URL), max_connections=1, deadlines=Deadlines(clock), clock=clock)
    return Upstream(Provider(provider("a", URL)), pool, gate=gate)


def told(book: HealthBook, gate: Gate | None = None) -> dict[tuple[str, ...], float]:
    found = gauges.samples(book, {"a": upstream(gate)}, 100.0)
    return {(sample.family, *sample.labels): sample.value for sample in found}


def test_a_target_that_nobody_asked_is_left_out() -> None:
    book = HealthBook()
    book.of("a", "m")
    assert told(book) == {}


def test_state_load_and_latency_of_a_target() -> None:
    book = HealthBook()
    good, bad = book.of("a", "good"), book.of("a", "bad")
    good.begun(99.0)
    good.answered(99.0, 0.25, stream=True)
    for _ in range(3):
        bad.begun(99.0)
        bad.failed(99.0, "http_500")
    assert told(book) == {
        ("vedette_target_workers", "a", "good", "closed"): 1.0,
        ("vedette_target_in_flight", "a", "good"): 1.0,
        ("vedette_target_latency_seconds", "a", "good", "stream"): 0.25,
        ("vedette_target_workers", "a", "bad", "open"): 1.0,
        ("vedette_target_in_flight", "a", "bad"): 0.0,
    }


def test_a_provider_with_places_tells_how_many_are_taken() -> None:
    gate = Gate(limit=4, queue_size=10, wait_s=1.0)
    gate.active = 3
    assert told(HealthBook(), gate) == {
        ("vedette_provider_places", "a"): 4.0,
        ("vedette_provider_places_taken", "a"): 3.0,
        ("vedette_provider_calls_waiting", "a"): 0.0,
    }


def test_names_from_requests_cannot_make_the_report_grow() -> None:
    book = HealthBook()
    for number in range(gauges.MOST + 50):
        book.of("a", f"m{number}").begun(99.0)
    assert len(told(book)) == 2 * gauges.MOST
