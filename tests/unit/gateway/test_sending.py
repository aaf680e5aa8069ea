import pytest

from vedette.gateway.sending import Sending


@pytest.mark.parametrize(
    ("looks", "answers"),
    [
        ([0], [False]),
        ([50, 50], [True, False]),
        ([50, 20, 20], [True, True, False]),
        ([50, 0, 0], [True, True, False]),
    ],
    ids=["had gone", "stalls", "goes on and stalls", "goes on and is gone"],
)
def test_a_request_goes_on_while_less_of_it_is_left(looks: list[int], answers: list[bool]) -> None:
    sending = Sending()
    assert [sending.goes_on(left) for left in looks] == answers
