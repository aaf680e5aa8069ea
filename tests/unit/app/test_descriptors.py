import resource
import subprocess
import sys
from collections.abc import Iterator

import pytest

from vedette.app.descriptors import allow_connections


@pytest.fixture(autouse=True)
def limits() -> Iterator[tuple[int, int]]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_as_many_may_be_open_as_the_system_allows(limits: tuple[int, int]) -> None:
    _, hard = limits
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    allow_connections(10)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft > 256


def told(allowed: int, wanted: int) -> str:
    """What is logged where no more than `allowed` may be open: a limit that only falls."""
    code = (
        "import logging, resource; from vedette.app.descriptors import allow_connections; "
        "logging.basicConfig(); "
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({allowed}, {allowed})); "
        f"allow_connections({wanted})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=True
    )
    return done.stderr


def test_too_few_are_said() -> None:
    assert "only 64 files may be open (ulimit -n): enough for about 12 calls" in told(64, 10_000)


@pytest.mark.parametrize(("allowed", "wanted"), [(1024, 10_000), (64, 10)])
def test_enough_are_not_spoken_of(allowed: int, wanted: int) -> None:
    assert told(allowed, wanted) == ""
