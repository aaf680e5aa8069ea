"""What every test may ask for.

Property tests draw the same examples in every run, so that a run says something of the change and
not of the draw. `HYPOTHESIS_PROFILE=explore make test-py` draws new ones.
"""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow at making examples and at running them: that says nothing of the code.
SLOW_IS_FINE = [HealthCheck.too_slow]
settings.register_profile(
    "same", suppress_health_check=SLOW_IS_FINE, deadline=None, derandomize=True
)
settings.register_profile("explore", suppress_health_check=SLOW_IS_FINE, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


# Tests in their thousands are many objects, all of which stay: the collector need not look at them.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is collected, of what came since."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio; `anyio_mode = "auto"` in pyproject.toml picks them up."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse names made of addresses: test processes that name a test differently stop the run."""
    nameless = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if nameless:
        raise pytest.UsageError(f"these tests need `ids=`: {nameless}")
