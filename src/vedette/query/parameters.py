"""Named text parameters of a query, read strictly: from a URL or from command-line options.

A typo must not silently return everything, so a name nobody knows is an error that lists the
known ones. An empty value counts as absent.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from vedette.errors import BadRequest

Value = TypeVar("Value")

_LONGEST = 2_000
_SHOWN = 80


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter as the API documents it; `schema` is JSON Schema."""

    name: str
    description: str
    schema: dict[str, Any]
    repeats: bool = False


class ParameterError(BadRequest):
    """A parameter is unknown, given twice, or has a value that means nothing."""

    code = "invalid_parameter"

    def __init__(self, name: str, value: str, expected: str, *, message: str = "") -> None:
        self.name = _short(name)
        self.value = _short(value)
        self.expected = expected
        super().__init__(
            message or f"Parameter {self.name!r} has the value {self.value!r}: need {expected}."
        )


class UnknownParameter(ParameterError):
    """Nobody knows a parameter of this name."""

    code = "unknown_parameter"

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        names = ", ".join(sorted(known))
        super().__init__(
            name,
            value,
            f"one of {names}" if known else "no parameters",
            message=f"Unknown parameter {_short(name)!r}. Known: {names or 'none'}.",
        )


class Parameters:
    """The parameters of one query, each read by name and type."""

    def __init__(self, pairs: Iterable[tuple[str, str]], known: Sequence[Parameter]) -> None:
        by_name = {parameter.name: parameter for parameter in known}
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if name not in by_name:
                raise UnknownParameter(name, value, list(by_name))
            _check(name, value)
            values = self._values.setdefault(name, [])
            if values and not by_name[name].repeats:
                raise ParameterError(name, value, "one value, it was given twice")
            if value:
                values.append(value)

    def text(self, name: str) -> str:
        """The value, or an empty string."""
        values = self._values.get(name)
        return values[0] if values else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a parameter that repeats, without duplicates, in order."""
        return tuple(dict.fromkeys(self._values.get(name, ())))

    def parse(
        self, name: str, parse: Callable[[str], Value], *, default: Value | None = None
    ) -> Value | None:
        """What `parse` makes of it; its ValueError says what was expected."""
        text = self.text(name)
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            raise ParameterError(name, text, str(error)) from None

    def choice(self, name: str, among: Sequence[Value]) -> Value | None:
        """One of the values, or None when absent."""

        def pick(text: str) -> Value:
            for value in among:
                if value == text:
                    return value
            raise ValueError("one of " + ", ".join(map(str, among)))

        return self.parse(name, pick)

    def integer(self, name: str, *, low: int, high: int, default: int) -> int:
        """A whole number within [low, high]."""

        def whole(text: str) -> int:
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
            if not low <= number <= high:
                raise ValueError(f"a whole number from {low} to {high}")
            return number

        found = self.parse(name, whole)
        return default if found is None else found

    def number(self, name: str) -> float | None:
        """A finite number >= 0."""

        def finite(text: str) -> float:
            try:
                number = float(text)
            except ValueError:
                number = -1.0
            if not math.isfinite(number) or number < 0:
                raise ValueError("a number, 0 or more")
            return number

        return self.parse(name, finite)

    def flag(self, name: str, *, default: bool) -> bool:
        """`true` or `false`."""
        found = self.choice(name, ("true", "false"))
        return default if found is None else found == "true"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def _check(name: str, value: str) -> None:
    if len(value) > _LONGEST:
        raise ParameterError(name, value, f"at most {_LONGEST} characters")
    if any(ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for character in value):
        raise ParameterError(name, value, "text without control characters")
