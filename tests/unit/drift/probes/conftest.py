"""A world of its own for each test."""

import pytest

from tests.support.probing import ProbeWorld


@pytest.fixture
def world() -> ProbeWorld:
    return ProbeWorld()
