"""What a call wants of the cache."""

import re

import msgspec

from vedette.gateway.exchange import Exchange

_MAX_AGE = re.compile(rb"max-age=(\d{1,9})")


class Wish(msgspec.Struct, frozen=True):
    """What the caller wants of the cache."""

    lookup: bool = True
    store: bool = True
    only_cached: bool = False
    any_temperature: bool = False
    max_age_s: float | None = None


def read_wish(exchange: Exchange) -> Wish:
    """What the headers of a call say of the cache."""
    header = exchange.request.header
    control = (header(b"cache-control") or b"").lower()
    own = (header(b"x-vedette-cache") or b"").lower()
    if own == b"off" or b"no-store" in control:
        return Wish(lookup=False, store=False)
    age = _MAX_AGE.search(control)
    only = b"only-if-cached" in control
    return Wish(
        lookup=b"no-cache" not in control and own != b"refresh",
        store=not only,
        only_cached=only,
        any_temperature=own in (b"on", b"refresh"),
        max_age_s=float(age[1]) if age is not None else None,
    )
