"""A console of its own for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.support.console import Console, run_console


@pytest.fixture
def console() -> Iterator[Console]:
    """An open console over an empty store."""
    with run_console() as console:
        yield console
