"""Dead or alive, without a billed call."""

from pathlib import Path

from tests.support.answers import error
from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream
from vedette.gateway.fetching import Fetcher
from vedette.gateway.probes import Prober, watched


async def test_a_dead_target_is_found_and_comes_back(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        routes = [route("fast", ("a", "m1"), ("b", "m2")), route("single", ("a", "m3"))]
        providers = [provider("a", one.url), provider("b", other.url)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            worker = gateway.worker
            assert worker._gateway is not None
            directory = worker._gateway.runtime.directory
            prober = Prober(worker._clock, Fetcher(worker._clock, worker._deadlines))
            health = worker._health_book.of("a", "m1")
            await one.stop()
            await prober.round(directory)
            now = worker._clock.monotonic()
            assert health.state(now) == "open"
            assert worker._health_book.of("b", "m2").state(now) == "closed"
            assert worker._health_book.of("a", "m3").state(now) == "closed", "not in a route of two"
            await one.start()
            await prober.round(directory)
            assert health.state(worker._clock.monotonic()) == "half_open"
            assert [request.path for request in one.requests] == ["/v1/models"]
            assert other.requests == [], "of a quiet target only the port is tried"


async def test_a_provider_that_fails_on_its_list_is_not_alive(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        routes = [route("fast", ("a", "m1"), ("b", "m2"))]
        providers = [provider("a", one.url), provider("b", other.url)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            worker = gateway.worker
            assert worker._gateway is not None
            upstream = worker._gateway.runtime.directory.upstreams["a"]
            prober = Prober(worker._clock, Fetcher(worker._clock, worker._deadlines))
            one.script(error(503), error(404))
            assert not await prober.is_alive(upstream)
            assert await prober.is_alive(upstream), "who answers 404 is there"
            assert len(watched(worker._gateway.runtime.directory)) == 2
