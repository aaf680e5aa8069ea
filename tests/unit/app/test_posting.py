"""POSTs of our own."""

from collections.abc import AsyncIterator

import pytest

from tests.support.alerting import receiving
from vedette.app.posting import Poster, refusal
from vedette.clock import SystemClock
from vedette.ports.alerts import NotDelivered


@pytest.fixture
async def poster() -> AsyncIterator[Poster]:
    made = Poster(SystemClock(), allows_private=lambda: True)
    made.start()
    yield made
    made.stop()


async def test_a_message_and_its_answer(poster: Poster) -> None:
    with receiving() as receiver:
        receiver.statuses = [429]
        answer = await poster(f"{receiver.url}?a=b", b"{}", {"x-a": "1"})
        assert (answer.status, answer.retry_after) == (429, "7")
        ((path, headers, body),) = receiver.requests
    assert (path, body) == ("/hook?a=b", b"{}")
    assert headers["x-a"] == "1"
    assert headers["content-type"] == "application/json"


async def test_nobody_there(poster: Poster) -> None:
    with receiving() as receiver:
        url = receiver.url
    with pytest.raises(NotDelivered) as caught:
        await poster(url, b"{}", {})
    assert not caught.value.is_final
    with pytest.raises(NotDelivered, match="does not resolve"):
        await poster("http://nobody.invalid/", b"{}", {})


async def test_private_receivers_only_where_they_are_allowed() -> None:
    careful = Poster(SystemClock(), allows_private=lambda: False)
    careful.start()
    with receiving() as receiver:
        with pytest.raises(NotDelivered, match="private network") as caught:
            await careful(receiver.url, b"{}", {})
        assert receiver.requests == []
    assert caught.value.is_final
    careful.stop()


@pytest.mark.parametrize(
    ("address", "private", "always"),
    [
        ("8.8.8.8", False, False),
        ("127.0.0.1", True, False),
        ("10.1.2.3", True, False),
        ("::1", True, False),
        ("::ffff:127.0.0.1", True, False),
        ("169.254.169.254", True, True),
        ("::ffff:169.254.169.254", True, True),
        ("fe80::1%eth0", True, True),
        ("0.0.0.0", True, True),
        ("224.0.0.1", True, True),
    ],
)
def test_which_addresses_are_refused(address: str, private: bool, always: bool) -> None:
    assert bool(refusal(address, allows_private=False)) is private
    assert bool(refusal(address, allows_private=True)) is always
