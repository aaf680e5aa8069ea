"""A world of its own for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.support.alerting import World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()
