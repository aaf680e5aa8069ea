"""What the settings of a socket do, seen from the other side."""

import asyncio
import socket

import pytest

from vedette.http1.sockets import reset_on_close, send_at_once


async def test_a_close_after_it_is_a_reset() -> None:
    ours, theirs = socket.create_server(("127.0.0.1", 0)), socket.socket()
    theirs.connect(ours.getsockname())
    theirs.setblocking(False)
    accepted, _ = ours.accept()
    ours.close()
    accepted.setblocking(False)
    _, writer = await asyncio.open_connection(sock=accepted)
    reset_on_close(writer.transport)
    writer.close()
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(asyncio.get_running_loop().sock_recv(theirs, 1), 30)
    theirs.close()


def test_a_transport_without_a_socket_is_left_alone() -> None:
    reset_on_close(asyncio.Transport())
    send_at_once(asyncio.Transport())


async def test_nagle_is_turned_off_and_other_families_are_left_alone() -> None:
    plain = socket.socket()
    assert not plain.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    send_at_once(asyncio.Transport({"socket": plain}))
    assert plain.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    plain.close()
    one, other = socket.socketpair()
    send_at_once(asyncio.Transport({"socket": one}))
    one.close()
    other.close()
