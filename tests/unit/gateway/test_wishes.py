"""What a caller wants of one call."""

import pytest

from tests.support import calls
from vedette.errors import BadRequest
from vedette.gateway.directory import Plan
from vedette.gateway.wishes import RETRIES, TIMEOUT, as_wished

PLAN = Plan(targets=())


def test_who_wants_nothing_gets_the_plan_as_it_is() -> None:
    assert as_wished(PLAN, calls.exchange().request) is PLAN


@pytest.mark.parametrize(
    "header",
    [
        (TIMEOUT, b"0"), (TIMEOUT, b"-1"), (TIMEOUT, b"nan"), (TIMEOUT, b"soon"),
        (TIMEOUT, b"1e9"), (RETRIES, b"-1"), (RETRIES, b"1.5"), (RETRIES, b"1000"),
    ],
)  # fmt: skip
def test_nonsense_is_said_to_be_nonsense(header: tuple[bytes, bytes]) -> None:
    with pytest.raises(BadRequest, match=header[0].decode()):
        as_wished(PLAN, calls.exchange([header]).request)
