"""What every test may ask for."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio; `anyio_mode = "auto"` in pyproject.toml picks them up."""
    return "asyncio"
