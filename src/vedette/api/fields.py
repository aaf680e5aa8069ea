"""Bodies whose mistakes are told field by field, whether their shape is wrong or their meaning."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from starlette.requests import Request

from vedette.access.checks import InvalidSetting
from vedette.api.bodies import InvalidBody, read_body
from vedette.api.errors import InvalidFields
from vedette.api.schemas import ProblemField

Shape = TypeVar("Shape")

# msgspec: "The body is not as documented: Expected `int`, got `str` - at `$.limits.rpm`."
_SHAPE = re.compile(
    r"The body is not as documented: (.*?)(?: - at `\$\.?([^`]*)`)?(?:: need (one of .*))?\.",
    re.DOTALL,
)
_CHOICE = re.compile(r"Invalid enum value '?([^']*)'?")
_NAMED = re.compile(r"(?:missing required|contains unknown) field `([^`]*)`")


async def read_fields(request: Request, shape: type[Shape]) -> Shape:
    """The body as `shape`; raises InvalidFields, or what `read_body` raises of the whole."""
    try:
        return await read_body(request, shape)
    except InvalidBody as error:
        match = _SHAPE.fullmatch(error.message)
        if match is None:
            raise
        where, named = match[2] or "", _NAMED.search(match[1])
        name = ".".join(filter(None, (where, named[1] if named else "")))
        choice, expected = _CHOICE.fullmatch(match[1]), match[3]
        if choice is None or expected is None:
            raise invalid_field(error.message, name or "body", None, match[1]) from None
        message = f"{name} has the value {choice[1]!r}: need {expected}."
        raise invalid_field(message, name, choice[1], expected) from None


@contextmanager
def naming_fields() -> Iterator[None]:
    """What the engine finds wrong with a setting is told as a field of the body."""
    try:
        yield
    except InvalidSetting as error:
        raise invalid_field(error.message, error.name, error.value, error.expected) from None


def invalid_field(message: str, name: str, value: str | None, expected: str) -> InvalidFields:
    return InvalidFields(message, [ProblemField(name=name, value=value, expected=expected)])
