"""The values of filters as text, in the unit of their field."""

import math
import re
from collections.abc import Callable, Mapping
from typing import assert_never

from vedette.model.expression import Field, Value
from vedette.model.fields import FIELDS
from vedette.query.money import parse_usd
from vedette.query.times import format_time, parse_time

_NUMBER = re.compile(r"-?(?:\d{1,18}|\d{1,15}\.\d{1,15}|\d{1,15}(?:\.\d{1,15})?e-?\d{1,2})")
_DURATION = re.compile(r"(\d{1,12}(?:\.\d{1,12})?(?:e-?\d{1,2})?)(us|ms|s|m|h)?")
_UNIT_MS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0, "h": 3_600_000.0, None: 1.0}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def read_value(field: Field, raw: str, *, is_quoted: bool, now_ns: int) -> Value:
    """The value in the unit of the field. Raises ValueError, whose message says what is needed."""
    type_ = FIELDS[field.name]
    match type_.kind:
        case "text":
            return raw.lower() if field.name in _IDS else raw
        case "phrase":
            if not raw.strip():
                raise ValueError("a phrase")
            return raw
        case "choice":
            if raw.lower() not in type_.choices:
                raise ValueError(f"one of {', '.join(type_.choices)}")
            return raw.lower()
        case "time":
            return parse_time(raw, now_ns=now_ns)
        case "any":
            return raw if is_quoted else _any(raw)
        case "number" | "usd" | "ms" | "flag":
            return _READERS[type_.kind](raw)
        case _:
            assert_never(type_.kind)


def print_value(field: Field, value: Value) -> str:
    """What `read_value` reads as this value."""
    match FIELDS[field.name].kind:
        case "usd":
            whole, rest = divmod(int(value), 10**9)
            return f"{whole}.{rest:09d}".rstrip("0").rstrip(".")
        case "ms":
            return f"{value!r}ms"
        case "time":
            return quoted(_precise(int(value)))
        case _:
            return quoted(value) if isinstance(value, str) else _plain(value)


def quoted(text: str) -> str:
    """The text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_IDS = frozenset({"trace", "span", "parent"})


def _plain(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _precise(time_ns: int) -> str:
    seconds = format_time(time_ns)[:19]
    return f"{seconds}.{time_ns % 10**9:09d}Z"


def _any(raw: str) -> Value:
    """An unquoted value of a field without a type: a number or a flag where it looks like one."""
    if raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    return _number(raw) if _NUMBER.fullmatch(raw) else raw


def _number(raw: str) -> Value:
    if not _NUMBER.fullmatch(raw):
        raise ValueError("a number")
    return int(raw) if raw.lstrip("-").isdigit() else float(raw)


def _duration(raw: str) -> Value:
    match = _DURATION.fullmatch(raw)
    value = float(match[1]) * _UNIT_MS[match[2]] if match else math.inf
    if not math.isfinite(value):
        raise ValueError("a duration such as 250ms, 1.5s or 2m")
    return value


def _flag(raw: str) -> Value:
    found = _FLAGS.get(raw.lower())
    if found is None:
        raise ValueError("true or false")
    return found


_READERS: Mapping[str, Callable[[str], Value]] = {
    "number": _number,
    "usd": lambda raw: parse_usd(raw.lstrip("$")),
    "ms": _duration,
    "flag": _flag,
}
