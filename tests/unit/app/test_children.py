"""A child as a real process: a small module that speaks on the control line."""

import asyncio
import logging
import os
import resource
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from vedette.app import children
from vedette.app.children import Child, ChildFailed, Refused
from vedette.app.wiring import LoadGateway
from vedette.clock import SystemClock
from vedette.model.settings import GatewaySettings

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

WAIT_S = 30.0
SECRETS = (
    "SOME_API_KEY", "VEDETTE_GATEWAY__API_KEYS", "AWS_BEARER_TOKEN_BEDROCK", "CLIENT_SECRET",
    "SMTP_PASSWORD",
)  # fmt: skip
CHILD = """
import asyncio, os, pathlib, socket, sys
from vedette.app.wiring import Failed, Line, LoadGateway, Ready, Starting

async def main():
    line = await Line.on(socket.socket(fileno=int(sys.argv[2])))
    seen = pathlib.Path(os.environ["SEEN"])
    while (order := await line.receive(LoadGateway)) is not None:
        with seen.open("a") as file:
            file.write(f"{os.getpid()} {order.settings.version} {sorted(os.environ)}\\n")
        if order.settings.version == 13:
            await line.send(Failed(13, "thirteen is refused"))
        elif order.settings.version == 17:
            for _ in range(48):
                await asyncio.sleep(0.25)
                await line.send(Starting())
            await line.send(Ready(17))
        else:
            await line.send(Ready(order.settings.version))

if __name__ == "__main__":
    asyncio.run(main())
"""


class Place:
    """Where the child module lies and what it has seen."""

    def __init__(self, folder: Path) -> None:
        self.seen = folder / "seen"
        (folder / "tiny_child.py").write_text(CHILD)

    def lines(self) -> list[str]:
        return self.seen.read_text().splitlines() if self.seen.exists() else []

    def versions(self) -> list[int]:
        return [int(line.split()[1]) for line in self.lines()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    source = str(Path(children.__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), source]))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    for name in SECRETS:
        monkeypatch.setenv(name, "secret")
    return Place(tmp_path)


@asynccontextmanager
async def child(module: str = "tiny_child", ready_s: float = 30) -> AsyncIterator[Child]:
    with socket.socket() as listener:
        made = Child("tiny", module, listener, clock=SystemClock(), ready_s=ready_s)
        try:
            yield made
        finally:
            await made.stop(grace_s=2)


def order(version: int) -> LoadGateway:
    return LoadGateway(GatewaySettings(version=version))


async def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_it_is_started_and_told_its_settings_but_no_secret(place: Place) -> None:
    async with child() as it:
        await it.start(order(1))
        await it.reload(order(2))
        assert place.versions() == [1, 2]
        for name in SECRETS:
            assert name not in place.lines()[0]


async def test_one_that_dies_is_started_again_with_the_last_settings(place: Place) -> None:
    async with child() as it:
        await it.start(order(1))
        await it.reload(order(5))
        keeper = asyncio.get_running_loop().create_task(it.keep_alive())
        assert it.pid is not None
        os.kill(it.pid, signal.SIGKILL)
        await until(lambda: place.versions() == [1, 5, 5])
        assert it.restarts == 1
        keeper.cancel()
        await asyncio.wait({keeper})


async def test_settings_that_come_while_it_is_down_are_not_lost(place: Place) -> None:
    async with child() as it:
        await it.start(order(1))
        assert it.process is not None
        it.kill()
        await it.process.wait()
        with pytest.raises(ChildFailed):
            await it.reload(order(2))
        keeper = asyncio.get_running_loop().create_task(it.keep_alive())
        await until(lambda: place.versions() == [1, 2])
        keeper.cancel()
        await asyncio.wait({keeper})


async def test_settings_that_are_refused_are_not_taken_to_the_next_start(place: Place) -> None:
    async with child() as it:
        await it.start(order(1))
        with pytest.raises(Refused, match="thirteen"):
            await it.reload(order(13))
        assert it.order == order(1)


async def test_one_that_takes_long_is_waited_for_while_it_gives_signs_of_life(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with child(ready_s=10) as it:
        await it.start(order(17))
    assert "tiny is starting for" in caplog.text


async def test_one_that_cannot_start_is_an_error(place: Place) -> None:
    async with child("no_such_module") as it:
        with pytest.raises(ChildFailed, match="ended while starting"):
            await it.start(order(1))


async def test_one_that_never_starts_is_tried_again_and_told(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    async with child("no_such_module") as it:
        with pytest.raises(ChildFailed):
            await it.start(order(1))
        with caplog.at_level(logging.ERROR):
            keeper = asyncio.get_running_loop().create_task(it.keep_alive())
            await until(lambda: it.restarts >= 2)
            keeper.cancel()
            await asyncio.wait({keeper})
        assert "tiny does not start" in caplog.text


async def test_where_descriptors_run_out_the_child_fails_and_can_be_started_later(
    place: Place,
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    order = LoadGateway(GatewaySettings(version=1))
    async with child() as tiny:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            with pytest.raises(ChildFailed, match="Too many open files"):
                await tiny.start(order)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        await tiny.start(order)
        assert place.versions() == [1]
