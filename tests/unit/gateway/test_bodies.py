import pytest

from vedette.gateway.bodies import HeldBodies, TooBusy, expected_bytes
from vedette.http1.memory import memory_request


def test_bodies_are_held_up_to_a_limit() -> None:
    held = HeldBodies()
    assert held.take(6, 10) == 6
    with pytest.raises(TooBusy):
        held.take(5, 10)
    held.free(6)
    assert held.take(10, 10) == held.size == 10


def test_what_was_taken_is_given_back() -> None:
    held = HeldBodies()
    with held.room(10) as take:
        take(4)
        take(4)
        assert held.size == 8
        with pytest.raises(TooBusy):
            take(4)
    assert held.size == 0


async def test_a_body_takes_what_it_says() -> None:
    assert await expected_bytes(memory_request("/x", [], b"hello").body, 100) == 5
