"""A provider to call, a collector to send to, and the SDK between them."""

from collections.abc import Iterator
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.collector import Collector
from sdks.python.tests.provider import Provider
from sdks.python.tests.started import Started


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    started = Provider()
    yield started
    started.close()


@pytest.fixture
def collector() -> Iterator[Collector]:
    started = Collector()
    yield started
    started.close()


@pytest.fixture
def sdk(collector: Collector) -> Iterator[Started]:
    """The SDK with a collector; `sdk.start(...)` starts it with options."""
    yield Started(collector)
    vedette_sdk.shutdown(5.0)


@pytest.fixture
def watched(sdk: Started) -> Started:
    """Started in the mode that shows most."""
    sdk.start(privacy="full")
    return sdk


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """Clients end with the test."""
    yield
    talks.close_all()


def pytest_make_parametrize_id(config: Any, val: Any, argname: str) -> str | None:
    return getattr(val, "__name__", None)
