"""POSTs of our own."""

import socket
from collections.abc import Iterator

import pytest

from tests.support.alerting import receiving
from vedette import __version__
from vedette.app.posting import Poster
from vedette.ports.alerts import NotDelivered


@pytest.fixture
def poster() -> Iterator[Poster]:
    made = Poster(allows_private=lambda: True)
    yield made
    made.close()


async def test_a_message_and_its_answer(poster: Poster) -> None:
    with receiving() as receiver:
        receiver.statuses = [429]
        answer = await poster(f"{receiver.url}?a=b", b"{}", {"x-a": "1"})
        assert (answer.status, answer.retry_after) == (429, "7")
        ((path, headers, body),) = receiver.requests
    assert (path, body) == ("/hook?a=b", b"{}")
    assert headers["x-a"] == "1"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == f"Vedette/{__version__}"


async def test_nobody_there(poster: Poster) -> None:
    with receiving() as receiver:
        url = receiver.url
    with pytest.raises(NotDelivered, match="does not answer") as caught:
        await poster(url, b"{}", {})
    assert not caught.value.is_final
    with pytest.raises(NotDelivered, match="does not resolve") as caught:
        await poster("http://nobody.invalid/", b"{}", {})
    assert not caught.value.is_final


async def test_private_receivers_only_where_they_are_allowed() -> None:
    careful = Poster(allows_private=lambda: False)
    with receiving() as receiver:
        with pytest.raises(NotDelivered, match="private network") as caught:
            await careful(receiver.url, b"{}", {})
        assert receiver.requests == []
    assert caught.value.is_final
    careful.close()


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:169.254.169.254]", "0.0.0.0"])
async def test_some_addresses_are_never_called(poster: Poster, host: str) -> None:
    with pytest.raises(NotDelivered, match="nothing is sent to") as caught:
        await poster(f"http://{host}/latest/meta-data", b"{}", {})
    assert caught.value.is_final


async def test_messages_hold_no_address(poster: Poster) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotDelivered) as caught:
        await poster(f"http://127.0.0.1:{port}/secret", b"{}", {"x-a": "b\r\nc: d"})
    assert "127.0.0.1" not in caught.value.message
    assert "secret" not in caught.value.message
