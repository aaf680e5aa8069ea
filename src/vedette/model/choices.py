"""What may stand at a place of a shape, which msgspec does not say when something else does."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

_PLACE = re.compile(r"Invalid (?:enum )?value '?.*?'? - at `\$\.?([^`]*)`")
_STEP = re.compile(r"\[[^\]]*\]|[^.\[]+")
_MOST = 30


def told(error: msgspec.ValidationError, shape: Any) -> str:
    """The words of the error; of a wrong choice with the right ones."""
    place = _PLACE.fullmatch(str(error))
    choices = choices_at(shape, place[1]) if place else ()
    return f"{error}: need one of {', '.join(choices)}" if choices else str(error)


def choices_at(shape: Any, place: str) -> tuple[str, ...]:
    """The values that are allowed at a place such as `rules[0].where[...]`; empty for any text."""
    found = [inspect.type_info(shape)]
    for step in _STEP.findall(place):
        found = [within for each in _plain(found) for within in _within(each, step)]
    values = [
        str(value)
        for each in _plain(found)
        for value in (
            each.values if isinstance(each, inspect.LiteralType)
            else (one.value for one in each.cls) if isinstance(each, inspect.EnumType)
            else ()
        )
    ]  # fmt: skip
    return tuple(dict.fromkeys(values))[:_MOST]


def _plain(types: Sequence[inspect.Type]) -> Iterator[inspect.Type]:
    """The members of unions, without what is only written beside a type."""
    for each in types:
        if isinstance(each, inspect.Metadata):
            yield from _plain([each.type])
        elif isinstance(each, inspect.UnionType):
            yield from _plain(each.types)
        else:
            yield each


def _within(each: inspect.Type, step: str) -> Iterator[inspect.Type]:
    if not step.startswith("["):
        if isinstance(each, inspect.StructType):
            yield from (field.type for field in each.fields if field.encode_name == step)
    elif isinstance(each, inspect.CollectionType):
        yield each.item_type
    elif isinstance(each, inspect.TupleType):
        yield from each.item_types
    elif isinstance(each, inspect.DictType):
        yield each.value_type
