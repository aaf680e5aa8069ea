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

_NAMED = re.compile(r"(?:missing required|contains unknown) field `([^`]*)`")


async def read_fields(request: Request, shape: type[Shape]) -> Shape:
    """The body as `shape`; raises InvalidFields, or what `read_body` raises of the whole."""
    try:
        return await read_body(request, shape)
    except InvalidBody as error:
        mistake = error.mistake
        if mistake is None:
            raise
        named = _NAMED.search(mistake.words)
        name = ".".join(filter(None, (mistake.place, named[1] if named else "")))
        if mistake.value is None:
            raise invalid_field(error.message, name or "body", None, mistake.words) from None
        expected = f"one of {', '.join(mistake.choices)}"
        message = f"{name} has the value {mistake.value!r}: need {expected}."
        raise invalid_field(message, name, mistake.value, expected) from None


@contextmanager
def naming_fields() -> Iterator[None]:
    """What the engine finds wrong with a setting is told as a field of the body."""
    try:
        yield
    except InvalidSetting as error:
        raise invalid_field(error.message, error.name, error.value, error.expected) from None


def invalid_field(message: str, name: str, value: str | None, expected: str) -> InvalidFields:
    return InvalidFields(message, [ProblemField(name=name, value=value, expected=expected)])
