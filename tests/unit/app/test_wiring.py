import asyncio
import select
import socket

import pytest

from vedette.app.wiring import Failed, Line, LoadCore, LoadGateway, Order, Ready, Starting, starting
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
