"""Ports for servers that cannot choose one and tell it."""

import random
import socket
from contextlib import ExitStack, suppress

# Below what the kernels of Linux and macOS hand out by themselves: a client's socket of another
# test, or its server on port 0, never takes one of these before ours listens on it.
_LOWEST, _HIGHEST = 20_000, 32_000


def free_ports(count: int) -> list[int]:
    """Loopback ports that nobody listens on; held together, so that they differ."""
    with ExitStack() as held:
        found: list[int] = []
        while len(found) < count:
            port = random.SystemRandom().randint(_LOWEST, _HIGHEST)
            with suppress(OSError):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
                found.append(port)
        return found
