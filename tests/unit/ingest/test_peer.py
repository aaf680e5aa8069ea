import asyncio
import socket
from collections.abc import Iterator

import pytest

from vedette.ingest.peer import FrameTooLong, Peer
from vedette.model.wire import FRAME_LIMIT, HEADER_BYTES, Ack, Hello, frame

pytestmark = pytest.mark.anyio


@pytest.fixture(
    params=[("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True})],
    ids=["asyncio", "uvloop"],
)
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


Ends = tuple[socket.socket, socket.socket]


async def test_frames_come_out_as_they_went_in(ends: Ends) -> None:
    peer = Peer(ends[0])
    sent = [frame(Hello("a")), frame(Hello("b" * 70_000)), frame(Ack(3))]
    for piece in (sent[0] + sent[1][:5], sent[1][5:] + sent[2]):
        await asyncio.get_running_loop().run_in_executor(None, ends[1].sendall, piece)
    assert [await peer.receive() for _ in sent] == [data[HEADER_BYTES:] for data in sent]


async def test_what_was_sent_before_the_end_is_read_although_nobody_listens(ends: Ends) -> None:
    ours, theirs = ends
    peer = Peer(ours)
    for _ in range(3):
        theirs.sendall(frame(Ack(1)))
    await peer.tell(b"unread")
    theirs.close()
    await peer.tell(b"lost")
    assert [await peer.receive() for _ in range(4)] == [frame(Ack(1))[HEADER_BYTES:]] * 3 + [None]


async def test_a_frame_cut_short_is_the_end(ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(frame(Hello("w0"))[:-1])
    theirs.close()
    assert await Peer(ours).receive() is None


async def test_a_length_that_no_worker_sends_is_refused(ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall((FRAME_LIMIT + 1).to_bytes(HEADER_BYTES, "big"))
    with pytest.raises(FrameTooLong, match=str(FRAME_LIMIT + 1)):
        await Peer(ours).receive()
