from vedette.api.usage_shapes import token_shape, usage_row, usd
from vedette.model.ledger import LedgerSum
from vedette.model.usage import Usage


def test_tokens_add_up() -> None:
    shape = token_shape(Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    assert (shape.input, shape.output, shape.total) == (21, 34, 55)
    assert shape.cache_write_1h == 4


def test_money_has_six_digits() -> None:
    assert usd(1_234_567) == "0.001235"
    assert usd(0) == "0.000000"


def test_a_row_names_its_dimensions() -> None:
    row = usage_row(LedgerSum(names=("m", "u"), requests=2, unpriced=1), ("model", "user"))
    assert row.by == {"model": "m", "user": "u"}
    assert (row.requests, row.unpriced_requests) == (2, 1)
