"""Bodies whose mistakes are told field by field, whether their shape is wrong or their meaning."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, get_args

from starlette.requests import Request

from vedette.access.checks import InvalidSetting
from vedette.api.bodies import InvalidBody, read_body
from vedette.api.errors import InvalidFields
from vedette.api.schemas import ProblemField
from vedette.model.budget import Scope
from vedette.model.tenant import BudgetAction, BudgetWindow, OnFailure

Shape = TypeVar("Shape")

_CHOICES: dict[str, tuple[str, ...]] = {
    "window": get_args(BudgetWindow),
    "action": get_args(BudgetAction),
    "on_failure": get_args(OnFailure),
    "scope": get_args(Scope),
}
"""What msgspec does not say of a wrong choice."""

# msgspec: "The body is not as documented: Expected `int`, got `str` - at `$.limits.rpm`."
_SHAPE = re.compile(r"The body is not as documented: (.*?)(?: - at `\$\.?([^`]*)`)?\.", re.DOTALL)
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
        choice, choices = _CHOICE.fullmatch(match[1]), _CHOICES.get(where.rpartition(".")[2])
        if choice is None or choices is None:
            raise invalid_field(error.message, name or "body", None, match[1]) from None
        expected = f"one of {', '.join(choices)}"
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
