"""Values of attributes as the table of sources wants them read; None where there is nothing.

Whatever an attribute holds, a reader gives a value of its type or None: never an exception.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from vedette.dialects.reading import as_count, decode
from vedette.model.semconv import Reader, Source

MAX_NAME = 512
"""Characters of a text that is a name: longer ones are cut."""
MAX_TAGS = 50
_MAX_USD = 1_000_000
_LAST = 10**6


class Table:
    """Facts and their sources, turned round: what an attribute may be a source of.

    A span has some twenty attributes and the tables name two hundred, so it is its attributes that
    are looked up. Of several sources of a fact the first in the table with a value wins.
    """

    def __init__(self, facts: Mapping[str, tuple[Source, ...]]) -> None:
        self._rows: dict[str, list[tuple[str, int, Callable[[Any], Any]]]] = {}
        for fact, sources in facts.items():
            for rank, (key, reader) in enumerate(sources):
                self._rows.setdefault(key, []).append((fact, rank, READERS[reader]))

    def read(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that the attributes tell."""
        found: dict[str, Any] = {}
        ranks: dict[str, int] = {}
        for key in self._rows.keys() & attributes.keys():
            value = attributes[key]
            if value is None:
                continue
            for fact, rank, reader in self._rows[key]:
                if rank < ranks.get(fact, _LAST):
                    read = reader(value)
                    if read is not None:
                        found[fact], ranks[fact] = read, rank
        return found


def text(value: Any) -> str | None:
    """A text that is not empty; numbers as their digits."""
    if type(value) is str:
        return value.strip()[:MAX_NAME] or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def bare(value: Any) -> str | None:
    """As `text`, where the text may be written as JSON (MLflow writes all of them so)."""
    if isinstance(value, str) and value.startswith('"'):
        value = decode(value)
    return text(value)


def first(value: Any) -> str | None:
    """The first of a list, of one written as JSON, or the value itself."""
    if isinstance(value, str) and value.startswith("["):
        value = decode(value)
    if isinstance(value, list):
        value = value[0] if value else None
    return text(value)


def tags(value: Any) -> tuple[str, ...] | None:
    """Distinct texts of a list, of one written as JSON, or parted by commas."""
    if isinstance(value, str):
        decoded = decode(value) if value.startswith("[") else None
        value = decoded if isinstance(decoded, list) else value.split(",")
    if not isinstance(value, list):
        return None
    found = dict.fromkeys(tag for tag in map(text, value) if tag)
    return tuple(found)[:MAX_TAGS] or None


def count(value: Any) -> int | None:
    """Tokens; 0 is a value, what is no count is none."""
    if isinstance(value, str):
        value = int(value) if value.isdecimal() and len(value) < 16 else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return as_count(value) if isfinite(value) else None


def usd(value: Any) -> int | None:
    """Dollars as nano-USD. 0 is none: those who cannot price write it."""
    try:
        dollars = Decimal(str(value)) if not isinstance(value, bool) else Decimal(0)
    except InvalidOperation:
        return None
    if not dollars.is_finite() or not 0 < dollars <= _MAX_USD:
        return None
    return round(dollars * 10**9)


def millis(value: Any) -> float | None:
    """A duration >= 0."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 1e12 else None


def seconds(value: Any) -> float | None:
    found = millis(value)
    return None if found is None else found * 1000


def moment(value: Any) -> float | None:
    """A time as RFC 3339, in milliseconds since the epoch; a JSON text is taken too."""
    said = bare(value)
    if said is None:
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp() * 1000  # noqa: UP017


READERS: dict[Reader, Callable[[Any], Any]] = {
    "text": text,
    "bare": bare,
    "first": first,
    "tags": tags,
    "count": count,
    "usd": usd,
    "seconds": seconds,
    "millis": millis,
    "moment": moment,
}
