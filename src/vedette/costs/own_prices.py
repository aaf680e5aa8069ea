"""Prices that the user sets: for models of one's own, and for what one pays instead of the list."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from vedette.costs.price_data import Sheet
from vedette.costs.prices import Price
from vedette.model.settings import OwnPrice


class OwnPrices:
    """The rows of the configuration; of several that fit the latest by `from` holds."""

    def __init__(self, rows: Iterable[OwnPrice]) -> None:
        ordered = sorted(rows, key=lambda row: row.from_ns, reverse=True)
        self._rows = [(row, Price(_sheet(row))) for row in ordered]

    def __bool__(self) -> bool:
        return bool(self._rows)

    def price(self, provider: str, model: str, at_ns: int) -> Price | None:
        """The price of a model at a provider, by the name that the configuration gives it."""
        for row, price in self._rows:
            if row.from_ns <= at_ns and row.provider == provider and fnmatchcase(model, row.model):
                return price
        return None


def _sheet(row: OwnPrice) -> Sheet:
    """What is not said of the cache is read and written at the price of input, and what is not
    said of sound costs what text does. Searches cost nothing by themselves only if that is said."""
    given, made = row.input_atto_usd, row.output_atto_usd
    read = _either(row.cache_read_atto_usd, given)
    write = _either(row.cache_write_atto_usd, given)
    heard, spoken = (
        _either(row.audio_input_atto_usd, given),
        _either(row.audio_output_atto_usd, made),
    )
    return Sheet(
        rates=(given, read, write, write, heard, given, made, made, spoken, made),
        cached=((_either(row.cache_read_audio_atto_usd, read), read),),
        web_search_atto_usd=row.web_search_atto_usd,
        file_search_atto_usd=row.file_search_atto_usd,
    )


def _either(price: int | None, otherwise: int) -> int:
    return otherwise if price is None else price
