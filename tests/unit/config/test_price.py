"""Prices as people write them."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from vedette.config.price import PriceConfig, own_price

ROW = {"provider": "a", "model": "m", "input_usd_per_mtok": 0.15, "output_usd_per_mtok": "0.6"}


def test_numbers_and_text_are_the_same_decimals() -> None:
    price = PriceConfig.model_validate(ROW)
    assert price.input_usd_per_mtok == Decimal("0.15")
    assert own_price(price).input_atto_usd == 150_000_000_000
    assert price.from_ns == 0


def test_a_price_may_begin_on_a_day() -> None:
    price = PriceConfig.model_validate({**ROW, "from": "2026-01-02"})
    assert price.from_ns == 1_767_312_000_000_000_000


@pytest.mark.parametrize("fields", [{"input_usd_per_mtok": -1}, {"from": "soon"}, {"model": ""}])
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PriceConfig.model_validate({**ROW, **fields})
