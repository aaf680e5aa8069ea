"""Hosts with several addresses, some of which lead nowhere."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from tests.support.ports import free_ports
from tests.support.rim import BOTH_LOOPS
from vedette.http1.addresses import Address, addresses_of, connected, is_literal

LONG_S = 30.0


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


def at(port: int) -> Address:
    return socket.AF_INET, ("127.0.0.1", port)


@pytest.fixture
def well() -> Iterator[Address]:
    """A port where connections are taken."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield at(server.getsockname()[1])


@pytest.fixture
def silent() -> Iterator[Address]:
    """A port that lets nobody in: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield at(server.getsockname()[1])
        for one in waiting:
            one.close()


async def reached(*addresses: Address, apart_s: float = LONG_S) -> Address:
    async with asyncio.timeout(10):
        with await connected(addresses, apart_s=apart_s) as made:
            assert not made.getblocking()
            return at(made.getpeername()[1])


async def test_the_first_address_that_answers_is_taken(well: Address) -> None:
    assert await reached(well) == well
    assert await reached(well, at(free_ports(1)[0])) == well


async def test_after_a_refusal_the_next_address_is_tried_at_once(well: Address) -> None:
    dead = [at(port) for port in free_ports(2)]
    assert await reached(*dead, well) == well


async def test_an_address_that_leads_nowhere_holds_nobody_up(
    silent: Address, well: Address
) -> None:
    assert await reached(silent, well, apart_s=0.05) == well


async def test_where_nobody_answers_the_first_reason_is_told() -> None:
    one, other = free_ports(2)
    with pytest.raises(ConnectionRefusedError):
        await connected([at(one), at(other)])


async def test_giving_up_leaves_no_socket_open(silent: Address) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await connected([silent, silent], apart_s=0.01)


async def test_the_addresses_of_a_name() -> None:
    found = await addresses_of("localhost", 80)
    assert (socket.AF_INET, ("127.0.0.1", 80)) in found
    with pytest.raises(socket.gaierror):
        await addresses_of("nobody.invalid", 80)


@pytest.mark.parametrize(
    ("host", "is_one"),
    [("127.0.0.1", True), ("::1", True), ("localhost", False), ("10.example.com", False)],
)
def test_addresses_need_no_look_up(host: str, is_one: bool) -> None:
    assert is_literal(host) is is_one
