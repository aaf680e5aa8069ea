"""JSON with one spelling (RFC 8785): the same value gives the same bytes, whoever writes them."""

import json
import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

MOST_EXACT = 2**53
"""Beyond it a reader that knows doubles only would read another number."""


def canonical(value: Any) -> bytes:
    """The bytes of a JSON value. Raises ValueError for what JSON cannot say exactly."""
    return _text(value).encode()


def _text(value: Any) -> str:
    match value:
        case None | bool():
            return _WORDS[value]
        case str():
            return _string(value)
        case int():
            if abs(value) > MOST_EXACT:
                raise ValueError(f"{value} is not exact in JSON: write it as a text")
            return str(value)
        case float():
            return _number(value)
        case Mapping():
            names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
            return "{" + ",".join(f"{_string(name)}:{_text(value[name])}" for name in names) + "}"
        case Sequence() if not isinstance(value, bytes | bytearray):
            return "[" + ",".join(map(_text, value)) + "]"
    raise ValueError(f"{type(value).__name__} is nothing that JSON knows")


_WORDS = {None: "null", True: "true", False: "false"}


def _string(text: str) -> str:
    text.encode()  # a lone surrogate has no bytes: UnicodeEncodeError is a ValueError
    return json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    """As ECMAScript writes it: the shortest digits that are read back as the same double."""
    if not math.isfinite(value):
        raise ValueError("JSON knows neither infinity nor NaN")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Digits with the decimal point behind the first `point` of them (ECMA-262, 6.1.6.1.20)."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    exponent = point - 1
    rest = f".{digits[1:]}" if count > 1 else ""
    return f"{digits[0]}{rest}e{'+' if exponent > 0 else '-'}{abs(exponent)}"


def tamed(value: Any, *, most_bytes: int = 4_096) -> Any:
    """The value as JSON can say it exactly: long texts by their digest, large numbers as texts."""
    match value:
        case None | bool():
            return value
        case str():
            content = value.encode(errors="replace")
            return _digest(content) if len(content) > most_bytes else content.decode()
        case int():
            return value if abs(value) <= MOST_EXACT else str(value)
        case float():
            # Larger ones are written as integers, which then are not exact.
            return value if abs(value) <= MOST_EXACT else str(value)
        case Mapping():
            return {
                str(tamed(str(name)))[:200]: tamed(inner, most_bytes=most_bytes)
                for name, inner in value.items()
            }
        case bytes():
            return _digest(value)
        case Sequence() | set() | frozenset():
            return [tamed(inner, most_bytes=most_bytes) for inner in value]
    return tamed(str(value), most_bytes=most_bytes)


def _digest(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "sha256": sha256(content).hexdigest()}
