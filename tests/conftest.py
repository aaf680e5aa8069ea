"""What every test may ask for."""

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow at making examples: that says nothing of the code.
settings.register_profile("vedette", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vedette")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio; `anyio_mode = "auto"` in pyproject.toml picks them up."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse names made of addresses: test processes that name a test differently stop the run."""
    nameless = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if nameless:
        raise pytest.UsageError(f"these tests need `ids=`: {nameless}")
