"""Ends of a connection that the other side cannot mistake."""

import asyncio
import socket
import struct


def reset_on_close(transport: asyncio.BaseTransport) -> None:
    """Make the close that follows a reset: a broken answer that has no length shows only so."""
    connected = transport.get_extra_info("socket")
    if connected is not None:
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
