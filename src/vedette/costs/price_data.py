"""The compiled price file: its shape, and how a name is matched.

`prices.msgpack` is made from the data of genai-prices (MIT, Pydantic Services Inc.) by
`tools/compile_prices.py`. The matching rules are those of genai-prices: case is ignored except by
regular expressions, which see the name in lower case.
"""

import re
from typing import assert_never

import msgspec

BUCKETS = (
    "input_uncached",
    "cache_read",
    "cache_write",
    "cache_write_1h",
    "audio_input",
    "image_input",
    "output_text",
    "reasoning",
    "audio_output",
    "image_output",
)
"""The fields of `Usage` in the order of the rates."""
CACHED = ("cache_read_audio", "cache_read_image")
"""Those in the order of `Sheet.cached`."""

Rates = tuple[int, int, int, int, int, int, int, int, int, int]
"""Atto-USD (1e-18) per token of each bucket."""


class _Clause(msgspec.Struct, frozen=True, array_like=True):
    pass


class Equals(_Clause, frozen=True, tag="="):
    text: str


class StartsWith(_Clause, frozen=True, tag="^"):
    text: str


class EndsWith(_Clause, frozen=True, tag="$"):
    text: str


class Contains(_Clause, frozen=True, tag="*"):
    text: str


class Regex(_Clause, frozen=True, tag="~"):
    pattern: str


class AnyOf(_Clause, frozen=True, tag="|"):
    clauses: "tuple[Clause, ...]"


class AllOf(_Clause, frozen=True, tag="&"):
    clauses: "tuple[Clause, ...]"


Clause = Equals | StartsWith | EndsWith | Contains | Regex | AnyOf | AllOf


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """The rates of one model for one period.

    `tiers` are (start, rates) by rising start: the last one whose start is below the number of
    input tokens holds for all tokens. `request_atto_usd` comes on top of every call. Fields are
    only ever added at the end, so that each version reads the files of all others.
    """

    rates: Rates
    tiers: tuple[tuple[int, Rates], ...] = ()
    request_atto_usd: int = 0
    cached: tuple[tuple[int, int], ...] = ()
    """The rates of `CACHED`, then those of each tier; empty where they are those of cached text."""
    web_search_atto_usd: int | None = None
    """None where it is not known, as in files of older versions."""
    file_search_atto_usd: int | None = None
    searches_by_call: bool = False
    """Whether a call that searches the web pays for one search, however many it made."""


class Period(msgspec.Struct, frozen=True, array_like=True):
    """When a sheet holds: from a day on, or daily between two times; always where neither is set.

    Nanoseconds since the epoch, and since midnight UTC. A sheet of None is not known.
    """

    sheet: Sheet | None
    from_ns: int | None = None
    daily_ns: tuple[int, int] | None = None


class ModelRow(msgspec.Struct, frozen=True, array_like=True):
    id: str
    clause: Clause
    periods: tuple[Period, ...]
    """Later ones take precedence; the first is what is left where none holds."""
    tiers: tuple[tuple[str, tuple[Period, ...]], ...] = ()
    """What comes on top for calls of a service tier (`flex`, `priority`, `fast`, `batch`)."""


class ProviderRow(msgspec.Struct, frozen=True, array_like=True):
    id: str
    clause: Clause | None
    fallbacks: tuple[str, ...]
    """Providers whose models this one resells, tried in order."""
    models: msgspec.Raw
    """`tuple[ModelRow, ...]`, decoded when the provider is first asked for."""


class PriceFile(msgspec.Struct, frozen=True, array_like=True):
    version: str
    providers: tuple[ProviderRow, ...]


def matches(clause: Clause, name: str) -> bool:
    """Whether `name`, in lower case, is meant by the clause (whose texts are in lower case)."""
    match clause:
        case Equals(text):
            return name == text
        case StartsWith(text):
            return name.startswith(text)
        case EndsWith(text):
            return name.endswith(text)
        case Contains(text):
            return text in name
        case Regex(pattern):
            return re.search(pattern, name) is not None
        case AnyOf(clauses):
            return any(matches(part, name) for part in clauses)
        case AllOf(clauses):
            return all(matches(part, name) for part in clauses)
        case _:
            assert_never(clause)
