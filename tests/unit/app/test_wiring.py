import asyncio
import select
import socket

import msgspec
import pytest

from vedette.app.wiring import (
    Failed,
    Line,
    LoadCore,
    LoadGateway,
    Order,
    Ready,
    Starting,
    obey,
    starting,
)
from vedette.model.settings import CoreSettings, GatewaySettings, ProviderSettings

pytestmark = pytest.mark.anyio


async def pair() -> tuple[Line, Line]:
    one, other = socket.socketpair()
    return await Line.on(one), await Line.on(other)


@pytest.mark.parametrize(
    "order",
    [
        LoadGateway(GatewaySettings(version=3, hash_key=b"\xff\x00")),
        LoadCore(CoreSettings(version=4, token_sha256="a" * 64)),
        LoadGateway(
            GatewaySettings(
                version=1,
                providers=tuple(
                    ProviderSettings(name=f"p{n}", kind="openai", base_url="http://h/" + "x" * 900)
                    for n in range(500)
                ),
            )
        ),
    ],
    ids=["gateway", "core", "larger than a socket buffer"],
)
async def test_orders_arrive_as_they_were_sent(order: Order) -> None:
    ours, theirs = await pair()
    received, _ = await asyncio.gather(theirs.receive(type(order)), ours.send(order))
    assert received == order
    await theirs.send(Failed(3, "no"))
    await theirs.send(Ready(4))
    assert await ours.receive(Failed) == Failed(3, "no")
    assert await ours.receive(Ready) == Ready(4)
    ours.close()
    theirs.close()


async def test_the_end_of_the_other_side_is_no_message() -> None:
    ours, theirs = await pair()
    theirs.close()
    assert await ours.receive(Ready) is None
    ours.close()


async def test_who_starts_gives_signs_of_life_though_its_loop_is_busy() -> None:
    one, other = socket.socketpair()
    ours, theirs = await Line.on(one), await Line.on(other)
    with starting(other, beat_s=0.01):
        assert select.select([one], [], [], 10)[0]
    await theirs.send(Ready(4))
    assert await ours.receive(Starting) == Starting()
    heard: Starting | Ready | None = Starting()
    while heard == Starting():
        heard = await ours.receive(Starting | Ready)  # type: ignore[arg-type]
    assert heard == Ready(4)
    ours.close()
    theirs.close()


async def test_settings_that_fail_in_an_unforeseen_way_are_answered_and_the_next_are_taken() -> (
    None
):
    ours, theirs = await pair()
    stopping, taken = asyncio.Event(), []

    async def load(order: LoadCore) -> None:
        if order.settings.version == 2:
            raise LookupError("nobody foresaw this")
        taken.append(order.settings.version)

    obeying = asyncio.create_task(obey(theirs, LoadCore, load, stopping))
    await ours.send(LoadCore(CoreSettings(version=2)))
    assert await ours.receive(Failed) == Failed(2, "LookupError")
    await ours.send(LoadCore(CoreSettings(version=3)))
    assert await ours.receive(Ready) == Ready(3)
    assert taken == [3]
    assert not stopping.is_set()
    ours.close()
    await asyncio.wait_for(obeying, 30)
    assert stopping.is_set()
    theirs.close()


async def test_who_hears_nonsense_stops_instead_of_being_deaf() -> None:
    one, other = socket.socketpair()
    theirs, stopping = await Line.on(other), asyncio.Event()

    async def load(order: LoadCore) -> None: ...

    one.sendall((4).to_bytes(4, "big") + b"junk")
    with pytest.raises(msgspec.DecodeError):
        await asyncio.wait_for(obey(theirs, LoadCore, load, stopping), 30)
    assert stopping.is_set()
    one.close()
    theirs.close()
