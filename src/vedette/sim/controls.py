"""How a request steers its simulated answer: the `sim_*` keys of its `metadata`.

OpenAI's metadata holds strings only, so each value may also be written as a string.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from vedette.sim.problems import Problem

MAX_DELAY_MS: Final = 60_000
MAX_TOKENS: Final = 100_000
BREAKS: Final = ("cut", "stall", "error_event")
FINISHES: Final = ("stop", "length", "content_filter", "tool_calls")
_TRUE = ("true", "1", "yes", "on")
_FALSE = ("false", "0", "no", "off", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What the request asked for; the defaults are a quick, whole answer."""

    delay_ms: float = 0.0
    """Before the first token (or the whole answer), milliseconds."""
    chunk_delay_ms: float = 0.0
    """Between two chunks of a stream, milliseconds."""
    chunk_tokens: int = 1
    tool_call: str | bool = False
    """Call a tool: true for the first one offered, or its name."""
    tool_calls: int = 0
    """How many calls, one after the other through the tools offered."""
    error: str = ""
    """A status from 400 to 599, or `cut`, `stall`, `error_event`."""
    error_after: int = 3
    """How many chunks of content a broken stream sends before it breaks."""
    retry_after_s: int = 1
    """The `retry-after` of a 429 or 503."""
    finish_reason: str = ""
    reasoning_tokens: int = 0
    """Counted into the completion tokens, beside the words of the answer."""
    cached_tokens: int = 0
    """How many of the prompt tokens count as read from the cache."""
    refusal: str | bool = False


def _whole(least: int, most: int) -> Callable[[str, object], int]:
    def read(key: str, value: object) -> int:
        number = _number(key, value)
        if number != int(number) or not least <= number <= most:
            raise _bad(key, value, f"a whole number from {least} to {most}")
        return int(number)

    return read


def _delay(key: str, value: object) -> float:
    number = _number(key, value)
    if not 0 <= number <= MAX_DELAY_MS:
        raise _bad(key, value, f"milliseconds from 0 to {MAX_DELAY_MS}")
    return number


def _number(key: str, value: object) -> float:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            raise ValueError
    except (ValueError, OverflowError):
        raise _bad(key, value, "a number") from None
    return number


def _flag_or_text(key: str, value: object) -> str | bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise _bad(key, value, "true, false or a text")
    if value.lower() in _TRUE + _FALSE:
        return value.lower() in _TRUE
    return value


def _error(key: str, value: object) -> str:
    text = str(value)
    if text in BREAKS or re.fullmatch("[45][0-9][0-9]", text):
        return text
    raise _bad(key, value, f"a status from 400 to 599 or one of {', '.join(BREAKS)}")


def _finish(key: str, value: object) -> str:
    if value in FINISHES:
        return str(value)
    raise _bad(key, value, f"one of {', '.join(FINISHES)}")


def _bad(key: str, value: object, expected: str) -> Problem:
    shown = repr(value)[:60]
    return Problem(
        f"Invalid value for 'metadata.{key}': {shown}. Expected {expected}.",
        code="invalid_value",
        param=f"metadata.{key}",
    )


_READERS: Final[Mapping[str, tuple[str, Callable[[str, object], object]]]] = {
    "sim_delay_ms": ("delay_ms", _delay),
    "sim_chunk_delay_ms": ("chunk_delay_ms", _delay),
    "sim_chunk_tokens": ("chunk_tokens", _whole(1, MAX_TOKENS)),
    "sim_tool": ("tool_call", _flag_or_text),
    "sim_tool_call": ("tool_call", _flag_or_text),
    "sim_tool_calls": ("tool_calls", _whole(0, 32)),
    "sim_error": ("error", _error),
    "sim_error_after": ("error_after", _whole(0, MAX_TOKENS)),
    "sim_retry_after_s": ("retry_after_s", _whole(0, 3600)),
    "sim_finish_reason": ("finish_reason", _finish),
    "sim_reasoning_tokens": ("reasoning_tokens", _whole(0, MAX_TOKENS)),
    "sim_cached_tokens": ("cached_tokens", _whole(0, 10_000_000)),
    "sim_refusal": ("refusal", _flag_or_text),
}


def read_controls(metadata: Mapping[str, object] | None) -> Controls:
    """The controls in a request's metadata; keys that do not begin with `sim_` are the client's.

    Raises Problem for an unknown `sim_` key or a value out of range.
    """
    values: dict[str, object] = {}
    for key, value in (metadata or {}).items():
        if not key.startswith("sim_"):
            continue
        if key not in _READERS:
            known = ", ".join(sorted(_READERS))
            raise Problem(
                f"Unknown control 'metadata.{key[:60]}'. Known: {known}.",
                code="unknown_parameter",
                param=f"metadata.{key[:60]}",
            )
        name, read = _READERS[key]
        values[name] = read(key, value)
    return Controls(**values)  # type: ignore[arg-type]
