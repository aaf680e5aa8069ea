"""Two settings of the socket below a transport."""

import asyncio
import socket
import struct


def send_at_once(transport: asyncio.BaseTransport) -> None:
    """Turn Nagle's algorithm off: it holds each chunk of a stream back for up to 40 ms.

    asyncio does so only where the listening socket says that it speaks TCP; one made by
    `socket.create_server` has protocol 0 and does not.
    """
    connected = transport.get_extra_info("socket")
    if connected is not None and connected.family in (socket.AF_INET, socket.AF_INET6):
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def reset_on_close(transport: asyncio.BaseTransport) -> None:
    """Make the close that follows a reset: a broken answer that has no length shows only so."""
    connected = transport.get_extra_info("socket")
    if connected is not None:
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
