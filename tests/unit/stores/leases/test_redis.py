"""Machines take slices of a limit from a real server, and never more than there is."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.valkey import Valkey, valkey
from vedette.model.settings import RedisSettings
from vedette.ports.leases import Ask, LeasesAway, Standing, Told
from vedette.stores.leases.redis import RedisLeases, RedisLeaseView

S = 1_000_000_000
MINUTE = 2 * S
"""Length of a piece of its window."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with valkey(tmp_path_factory.mktemp("valkey")) as running:
        yield running


@asynccontextmanager
async def leases(server: Valkey, **changes: Any) -> AsyncIterator[RedisLeases]:
    with server.client() as client:
        client.flushall()
    made = RedisLeases(RedisSettings(url=server.url, **changes))
    try:
        yield made
    finally:
        await made.close()


def ask(key: int = 1, **fields: Any) -> Ask:
    total = fields.get("total", 0)
    made: dict[str, Any] = {
        "key": key, "limit": 100, "piece_ns": 0, "mark": 0, "strict": True, "total": total,
        "sent": 0, "epoch": 1, "born_ms": 0, "in_window": total, "held": 0, "must": 0, "want": 0,
        "least": 0,
    }  # fmt: skip
    made |= fields
    return Ask(**made)


async def one(leases: RedisLeases, machine: str, ttl_s: float = 60, **fields: Any) -> Told:
    return (await leases.exchange(machine, [ask(**fields)], ttl_s=ttl_s))[0]


async def test_two_machines_share_a_limit(server: Valkey) -> None:
    async with leases(server) as store:
        assert (await one(store, "a", want=70)).slice == 70
        second = await one(store, "b", want=70)
        assert (second.slice, second.others_idle, second.others_held) == (30, 70, 0)
        given_back = await one(store, "a", total=20, want=10)
        assert (given_back.slice, given_back.spent) == (10, 20)
        assert (await one(store, "b", want=100)).slice == 70


async def test_the_same_report_counts_once(server: Valkey) -> None:
    async with leases(server) as store:
        for _ in range(3):
            assert (await one(store, "a", total=20, want=5)).spent == 20
        assert (await one(store, "a", total=25)).spent == 25
        # The row was given away and made anew.
        assert (await one(store, "a", total=3, epoch=2)).spent == 28


async def test_a_slice_that_is_too_small_for_a_call_stays_where_it_is(server: Valkey) -> None:
    async with leases(server) as store:
        await one(store, "a", want=95)
        refused = await one(store, "b", must=10, want=10, least=10)
        assert (refused.slice, refused.is_tight) == (0, True)
        assert (await one(store, "a", want=95)).is_tight


async def test_only_alone_a_call_may_go_beyond_a_budget(server: Valkey) -> None:
    async with leases(server) as store:
        await one(store, "a", total=95, strict=False, want=1, held=1, must=1)
        wanted = {"strict": False, "must": 10, "want": 10, "least": 10}
        assert (await one(store, "b", **wanted)).slice == 0
        await one(store, "a", total=95, strict=False)
        assert (await one(store, "b", **wanted)).slice == 10
        assert (await one(store, "a", total=95, **wanted)).slice == 0
        await one(store, "b", total=10, strict=False)
        assert (await one(store, "a", total=95, **wanted)).slice == 0


async def test_a_lease_that_is_not_renewed_is_free_again(server: Valkey) -> None:
    async with leases(server) as store:
        await one(store, "a", ttl_s=0.05, want=100, held=60, must=60)
        assert (await one(store, "b", want=100)).slice == 0
        view = RedisLeaseView(server.settings)
        while view.standing(1, 0, 0).held:
            pass
        assert (await one(store, "b", want=100)).slice == 100
        # Who comes back late keeps what its calls hold, and gets no more.
        assert (await one(store, "a", want=100, held=60, must=60)).slice == 60
        view.close()


async def test_a_rate_forgets_what_is_over(server: Valkey) -> None:
    piece = 10_000_000
    async with leases(server) as store:
        told = await one(store, "a", piece_ns=piece, total=80, want=0, least=50, must=50)
        assert told.spent == 80
        assert 0 < told.frees_in_ms <= 320
        while (told := await one(store, "a", piece_ns=piece, total=80, sent=80)).spent:
            pass
        assert told.frees_in_ms == -1


async def test_a_month_begins_anew(server: Valkey) -> None:
    async with leases(server) as store:
        assert (await one(store, "a", piece_ns=-1, mark=5, total=80)).spent == 80
        assert (await one(store, "a", piece_ns=-1, mark=6, total=80)).spent == 0
        assert (await one(store, "a", piece_ns=-1, mark=6, total=85)).spent == 5
        # A machine whose clock is behind changes nothing.
        assert (await one(store, "b", piece_ns=-1, mark=5, total=1)).spent == 6


async def test_large_amounts_are_exact(server: Valkey) -> None:
    million = 10**15
    async with leases(server) as store:
        fields = {"limit": 5 * million, "total": million + 1}
        told = await one(store, "a", want=2 * million + 7, **fields)
        assert (told.spent, told.slice) == (million + 1, 2 * million + 7)


async def test_a_server_that_forgot_everything_is_told_again(server: Valkey) -> None:
    async with leases(server) as store:
        born = (await one(store, "a", total=40, want=10)).born_ms
        with server.client() as client:
            client.flushall()
        told = await one(store, "a", total=45, sent=40, born_ms=born, in_window=33)
        assert told.spent == 33
        assert told.born_ms >= born
        # One that forgot this machine alone, after two days, is told of what is new.
        with server.client() as client:
            client.hdel("{vedette}:limit:0000000000000001", "r:a")
        fields = {"total": 46, "sent": 45, "born_ms": told.born_ms, "in_window": 34}
        assert (await one(store, "a", **fields)).spent == 34


async def test_what_was_spent_before_is_added_once_and_not_twice(server: Valkey) -> None:
    async with leases(server) as store:
        await one(store, "a", total=30)
        view = RedisLeaseView(server.settings)
        assert view.standing(2, 0, 0) == Standing()
        view.seed(1, 0, 0, [(1, 20), (2, 25)])
        view.seed(1, 0, 0, [(1, 20), (2, 25)])
        found = view.standing(1, 0, 0)
        assert (found.spent, found.is_seeded) == (45, True)
        view.close()


@pytest.mark.parametrize("seeds_first", [True, False], ids=["seed", "restore"])
@pytest.mark.parametrize("seeded", [30, 50, 70])
async def test_what_machines_and_ledger_tell_counts_once_in_any_order(
    server: Valkey, seeds_first: bool, seeded: int
) -> None:
    """Of a server that was emptied: two machines used 25 each; the ledger may not know all."""
    async with leases(server) as store:
        view = RedisLeaseView(server.settings)

        def seed() -> None:
            view.seed(1, 0, 0, [(1, seeded)])

        if seeds_first:
            seed()
        for machine in ("a", "b"):
            await one(store, machine, total=40, sent=40, born_ms=7, in_window=25)
        if not seeds_first:
            seed()
        assert view.standing(1, 0, 0).spent == max(seeded, 50)
        # What is used from now on counts in full.
        born = view.standing(1, 0, 0).born_ms
        told = await one(store, "a", total=45, sent=40, born_ms=born, in_window=30)
        assert told.spent == max(seeded, 50) + 5
        view.close()


async def test_a_machine_that_is_new_is_not_taken_for_one_that_was_lost(server: Valkey) -> None:
    async with leases(server) as store:
        view = RedisLeaseView(server.settings)
        view.seed(1, 0, 0, [(1, 30)])
        assert (await one(store, "new", total=5)).spent == 35
        view.close()


async def test_a_new_month_forgets_what_the_ledger_told(server: Valkey) -> None:
    async with leases(server) as store:
        view = RedisLeaseView(server.settings)
        view.seed(1, -1, 3, [(1, 30)])
        fields = {"piece_ns": -1, "mark": 4, "total": 9, "sent": 2, "born_ms": 7, "in_window": 9}
        assert (await one(store, "a", **fields)).spent == 9
        view.close()


async def test_a_node_of_a_cluster_says_that_it_is_one(tmp_path: Path) -> None:
    with valkey(tmp_path, "--cluster-enabled", "yes") as node:
        store = RedisLeases(node.settings)
        with pytest.raises(LeasesAway, match="cluster, which is not supported"):
            await one(store, "a", want=1)
        await store.close()


def test_a_server_that_was_emptied_lives_anew(server: Valkey) -> None:
    view = RedisLeaseView(server.settings)
    first = view.life()
    assert first == view.life() == RedisLeaseView(server.settings).life()
    with server.client() as client:
        client.flushall()
    assert view.life() != first
    view.close()


async def test_a_server_that_is_away_says_so_without_its_address(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        store = RedisLeases(RedisSettings(url=server.url, timeout_s=0.2))
        view = RedisLeaseView(RedisSettings(url=server.url, timeout_s=0.2))
        assert await store.exchange("a", [], ttl_s=1) == []
        server.freeze()
        with pytest.raises(LeasesAway):
            await one(store, "a", want=1)
        server.thaw()
        server.stop()
        with pytest.raises(LeasesAway) as raised:
            await one(store, "a", want=1)
        assert str(server.port) not in raised.value.message
        with pytest.raises(LeasesAway):
            view.standing(1, 0, 0)
        with pytest.raises(LeasesAway):
            view.seed(1, 0, 0, [])
        server.start()
        assert (await one(store, "a", want=1)).slice == 1
        view.close()
        await store.close()


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(0, 100), st.integers(0, 100)),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_slices_and_use_never_exceed_the_limit(
    server: Valkey, steps: list[tuple[int, int, int, int]]
) -> None:
    """Each machine uses of its slice what it likes, holds some of the rest, and asks for more."""
    async with leases(server) as store:
        slices, totals = [0, 0, 0], [0, 0, 0]
        for machine, want, spends, holds in steps:
            spent = slices[machine] * spends // 100
            totals[machine] += spent
            held = (slices[machine] - spent) * holds // 100
            told = await one(
                store, f"m{machine}", total=totals[machine], held=held, must=held, want=held + want
            )
            slices[machine] = told.slice
            assert told.spent <= sum(totals)
            assert sum(totals) + sum(slices) <= 100
