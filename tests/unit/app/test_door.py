"""A door of the core."""

import asyncio
import signal
import socket
from email.utils import parsedate_to_datetime

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from vedette.app.door import Door

HOUR_S = 3600.0


def make(look_s: float) -> Door:
    app = Starlette(routes=[Route("/", lambda _: Response("in"))])
    return Door(uvicorn.Config(app, log_config=None, lifespan="off"), look_s=look_s)


async def test_it_tells_the_time_and_leaves_when_it_is_told_to() -> None:
    door = make(HOUR_S)
    before = signal.getsignal(signal.SIGTERM)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        serving = asyncio.ensure_future(door.serve(sockets=[listener]))
        async with httpx2.AsyncClient(base_url=url) as client:
            answer = await client.get("/")
        assert answer.text == "in"
        assert parsedate_to_datetime(answer.headers["date"]).tzinfo is not None
        assert signal.getsignal(signal.SIGTERM) == before
        door.leave()
        async with asyncio.timeout(30):
            await serving


async def test_it_looks_around_by_itself() -> None:
    door = make(0.01)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.ensure_future(door.serve(sockets=[listener]))
        door.should_exit = True
        async with asyncio.timeout(30):
            await serving
