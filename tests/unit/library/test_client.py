"""Calls by names and numbers; answers are tested in tests/e2e/test_library.py."""

from decimal import Decimal
from pathlib import Path

import pytest

import vedette
from tests.unit.library.test_ledger import record
from vedette.library.client import record_cost
from vedette.library.errors import CallFailed


def test_the_cost_of_a_record() -> None:
    assert record_cost(record(1, cost_nano_usd=1_500)) == Decimal("0.0000015")
    assert record_cost(record(1)) is None


async def test_models_are_routes_and_providers(tmp_path: Path) -> None:
    settings = {
        "storage": {"path": str(tmp_path)},
        "routes": [{"model": "fast", "targets": [{"provider": "sim", "model": "chat"}]}],
    }
    async with vedette.open(settings) as llm:
        assert llm.models() == ("fast", "sim/...")
        assert {target.state for target in llm.health()} == {"closed"}


async def test_a_price_that_is_not_known_keeps_no_budget(tmp_path: Path) -> None:
    provider = {"name": "x", "kind": "openai_compatible", "base_url": "http://127.0.0.1:9/v1"}
    settings = {"storage": {"path": str(tmp_path)}, "providers": [provider]}
    async with vedette.open(settings) as llm:
        with pytest.raises(CallFailed, match="price"):
            await llm.chat("Hi", model="x/unknown", budget_usd=1)
