"""Money as decimal strings in USD; inside it is integer nano-USD."""

import re

EXPECTED = "an amount in USD such as 0.001250, from 0 to 1000000000"

_AMOUNT = re.compile(r"(\d{1,10})(?:\.(\d{1,9}))?", re.ASCII)
_LIMIT_NANO = 10**18


def format_usd(nano_usd: int | None) -> str | None:
    """Six decimals, half a micro-dollar rounds away from zero; None stays None (unknown)."""
    if nano_usd is None:
        return None
    micros, rest = divmod(abs(nano_usd), 1_000)
    micros += rest >= 500
    sign = "-" if nano_usd < 0 and micros else ""
    return f"{sign}{micros // 1_000_000}.{micros % 1_000_000:06d}"


def parse_usd(text: str) -> int:
    """Nano-USD. Raises ValueError, whose message is `EXPECTED`."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(EXPECTED)
    whole, fraction = match.groups()
    nano = int(whole) * 1_000_000_000 + int((fraction or "0").ljust(9, "0"))
    if nano > _LIMIT_NANO:
        raise ValueError(EXPECTED)
    return nano
