"""Connecting to a host that has several addresses.

They are tried in the system's order, the families in turn, a quarter of a second apart or as soon
as one fails, and the first that connects is taken (RFC 8305, Happy Eyeballs). A dual-stack host
whose IPv6 leads nowhere, or a dead machine behind a name, thus costs that quarter of a second and
not the whole deadline.
"""

import asyncio
import socket
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any

APART_S = 0.25

Address = tuple[socket.AddressFamily, Any]
"""Family, and what a socket of it connects to."""


class _Connected(Exception):
    """Ends the race."""


async def addresses_of(host: str, port: int) -> list[Address]:
    """All addresses, IPv6 and IPv4 alternating. Raises OSError where there is none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    families: dict[socket.AddressFamily, list[Address]] = {}
    for family, _, _, _, address in found:
        families.setdefault(family, []).append((family, address))
    turns = zip_longest(*families.values())
    return [address for address in chain.from_iterable(turns) if address is not None]


async def connected(addresses: Sequence[Address], *, apart_s: float = APART_S) -> socket.socket:
    """A socket connected to the first address that answers; the caller sets the deadline.

    Raises the first OSError where none does.
    """
    if len(addresses) == 1:
        return await _connect(addresses[0])
    race = _Race(addresses, apart_s)
    try:
        await race.run()
    except BaseException:
        race.close()
        raise
    if not race.won:
        raise race.errors[0]
    for late in race.won[1:]:
        late.close()
    return race.won[0]


class _Race:
    def __init__(self, addresses: Sequence[Address], apart_s: float) -> None:
        self.won: list[socket.socket] = []
        self.errors: list[OSError] = []
        self._addresses = addresses
        self._apart_s = apart_s
        self._turns = [asyncio.Event() for _ in addresses]

    async def run(self) -> None:
        """Until one has connected, or all have failed."""
        try:
            async with asyncio.TaskGroup() as racing:
                for number in range(len(self._addresses)):
                    racing.create_task(self._attempt(number))
        except* _Connected:
            pass

    def close(self) -> None:
        """Nobody wants what was connected."""
        for made in self.won:
            made.close()

    async def _attempt(self, number: int) -> None:
        if number:
            await self._turn(number)
        try:
            self.won.append(await _connect(self._addresses[number]))
        except OSError as error:
            self.errors.append(error)
            for turn in self._turns[number + 1 : number + 2]:
                turn.set()
        else:
            raise _Connected

    async def _turn(self, number: int) -> None:
        try:
            async with asyncio.timeout(number * self._apart_s):
                await self._turns[number].wait()
        except TimeoutError:
            pass


async def _connect(address: Address) -> socket.socket:
    family, where = address
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, where)
    except BaseException:
        made.close()
        raise
    return made


def is_literal(host: str) -> bool:
    """Whether the host is an address already."""
    return ":" in host or host.replace(".", "").isdigit()
