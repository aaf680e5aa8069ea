"""Of what a call holds, the part that is counted as it goes on."""

from pathlib import Path

from tests.support.calls import exchange
from tests.support.gateway import provider, running_gateway
from vedette.costs.accounts import Account
from vedette.costs.limits import Limit, LimitSet
from vedette.costs.windows import Window
from vedette.gateway.spending import take_spending
from vedette.model.tenant import Budget
from vedette.model.usage import Usage

DAY = Window("1d")
USED = Usage(input_uncached=3, output_text=4)


async def test_each_part_is_counted_once(tmp_path: Path) -> None:
    async with running_gateway(tmp_path, provider("a", "http://127.0.0.1:9/v1")) as gateway:
        services = gateway.worker._services
        places = Limit("key", "k", "concurrency", Account("places", 5, DAY))
        tokens = Limit("key", "k", "tokens", Account("tokens", 100, DAY))
        cost = Limit("key", "k", "cost", Account("cost", 10, DAY), budget=Budget(limit_nano_usd=10))
        one = exchange([])
        charges = [(limit.account, 1, 0, True) for limit in (tokens, places, cost)]
        one.lease = (LimitSet((tokens, places, cost)), charges)
        spending = take_spending(one, services)
        assert one.lease == (LimitSet((places,)), [charges[1]])
        assert not spending.add(USED, 6)
        assert spending.add(USED, 4)
        now_ns = services.clock.now_ns()
        spent = [services.counters.balance(of.account, now_ns).spent for of in (tokens, cost)]
        assert spent == [14, 10]


async def test_a_call_without_limits_spends_what_it_likes(tmp_path: Path) -> None:
    async with running_gateway(tmp_path, provider("a", "http://127.0.0.1:9/v1")) as gateway:
        assert not take_spending(exchange([]), gateway.worker._services).add(USED, 10**12)
