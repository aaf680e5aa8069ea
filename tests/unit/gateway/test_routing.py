"""Who is asked first, by strategy, health and conditions."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.gateway.directory import Directory, Plan, Upstream
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import Caller
from vedette.gateway.routing import Router
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.model.settings import (
    GatewaySettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
    WhenSettings,
)
from vedette.providers.openai import Provider


class Dice(FakeClock):
    """Throws the same lots in every run."""

    def __init__(self) -> None:
        super().__init__()
        self._dice = Random(7)

    def random(self) -> float:
        return self._dice.random()


def plan(clock: FakeClock, *targets: TargetSettings, **changes: object) -> Plan:
    names = {target.provider for target in targets}
    upstreams = {}
    for name in names:
        settings = ProviderSettings(name=name, kind="openai", base_url="http://up:1/v1")
        pool = Pool(
            Origin.of(settings.base_url), max_connections=1, deadlines=Deadlines(clock), clock=clock
        )
        upstreams[name] = Upstream(Provider(settings), pool)
    route = RouteSettings(model="r", targets=targets, **changes)  # type: ignore[arg-type]
    return Directory(GatewaySettings(version=1, routes=(route,)), upstreams).plan("r")


def asks(route: Plan, **caller: object) -> Exchange:
    one = exchange()
    one.plan, one.requested_model = route, "r"
    one.caller = Caller("t", **caller)  # type: ignore[arg-type]
    return one


def firsts(router: Router, one: Exchange, times: int) -> Counter[int]:
    return Counter(router.order(one)[0] for _ in range(times))


def three(**weights: float) -> Sequence[TargetSettings]:
    return [TargetSettings(provider=n, model="m", weight=weights.get(n, 1.0)) for n in "abc"]


def test_fallback_keeps_the_order() -> None:
    clock = Dice()
    assert list(Router(clock).order(asks(plan(clock, *three())))) == [0, 1, 2]


def test_round_robin_takes_turns() -> None:
    clock = Dice()
    router, one = Router(clock), asks(plan(clock, *three(), strategy="round-robin"))
    assert [router.order(one)[0] for _ in range(4)] == [0, 1, 2, 0]


def test_weights_are_shares() -> None:
    clock = Dice()
    router, one = Router(clock), asks(plan(clock, *three(a=3, b=1, c=0), strategy="weighted"))
    counts = firsts(router, one, 2000)
    assert counts[2] == 0
    assert 0.70 < counts[0] / 2000 < 0.80


def test_the_quicker_of_two_is_taken() -> None:
    clock = Dice()
    route = plan(clock, *three(), strategy="least-latency")
    for target, seconds in zip(route.targets, (0.1, 5.0, 5.0), strict=True):
        target.health.answered(clock.monotonic(), seconds, stream=False)
    counts = firsts(Router(clock), asks(route), 600)
    assert counts[0] > 300, "whenever it is one of the two drawn"
    assert counts[1]
    assert counts[2]


def test_an_open_target_stands_last_and_only_all_open_ones_are_asked() -> None:
    clock = Dice()
    route = plan(clock, *three())
    now = clock.monotonic()
    for _ in range(3):
        route.targets[0].health.failed(now, "http_500")
    router, one = Router(clock), asks(route)
    assert list(router.order(one)) == [1, 2, 0]
    for _ in range(3):
        route.targets[1].health.failed(now + 1, "http_500")
        route.targets[2].health.failed(now + 2, "http_500")
    assert list(router.order(one)) == [0, 1, 2], "who may be asked soonest first"


def test_a_recovered_target_gets_its_share_back_slowly() -> None:
    clock = Dice()
    route = plan(clock, *three())
    health = route.targets[0].health
    for _ in range(3):
        health.failed(clock.monotonic(), "http_500")
    clock.advance(11)
    health.answered(clock.monotonic(), 0.1, stream=False)
    clock.advance(15)
    counts = firsts(Router(clock), asks(route), 1000)
    assert 400 < counts[0] < 600


@pytest.mark.parametrize("sticky", ["session", "user"])
def test_a_session_stays_at_its_target(sticky: str) -> None:
    clock = Dice()
    router = Router(clock)
    route = plan(clock, *three(), strategy="round-robin", sticky=sticky)
    homes = {}
    for name in map(str, range(60)):
        one = asks(route, **{f"{sticky}_id": name})
        homes[name] = router.order(one)[0]
        assert {router.order(one)[0] for _ in range(3)} == {homes[name]}
    assert set(homes.values()) == {0, 1, 2}
    assert len(firsts(router, asks(route), 3)) == 3, "without one the strategy decides"


def test_only_fitting_targets_are_asked() -> None:
    clock = Dice()
    route = plan(
        clock,
        TargetSettings(provider="a", model="m", when=WhenSettings(tags=("vip",))),
        TargetSettings(provider="b", model="m", when=WhenSettings(min_input_tokens=1000)),
        TargetSettings(provider="c", model="m"),
        strategy="conditional",
    )
    router = Router(clock)
    assert list(router.order(asks(route))) == [2]
    assert list(router.order(asks(route, tags=("vip",)))) == [0, 2]
    one = asks(route)
    one.request_bytes = 5000
    assert list(router.order(one)) == [1, 2]
