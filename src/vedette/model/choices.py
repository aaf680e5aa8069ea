"""What may stand at a place of a shape, which msgspec does not say when something else does."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

_WORDS = re.compile(r"(.*?)(?: - at `\$\.?([^`]*)`)?", re.DOTALL)
_CHOICE = re.compile(r"Invalid (?:enum )?value '?(.*?)'?", re.DOTALL)
_STEP = re.compile(r"\[[^\]]*\]|[^.\[]+")
_MOST = 30


class Mistake(NamedTuple):
    """Where a value does not fit its shape."""

    words: str
    """What is wrong, in msgspec's words."""
    place: str
    """Such as `rules[0].where[0]`; empty for the whole."""
    value: str | None
    """The wrong choice, where the right ones are known."""
    choices: tuple[str, ...]

    def __str__(self) -> str:
        place = f" - at `$.{self.place}`" if self.place else ""
        choices = f": need one of {', '.join(self.choices)}" if self.choices else ""
        return self.words + place + choices


def mistake_of(error: msgspec.ValidationError, shape: Any) -> Mistake:
    """What an error of decoding `shape` says, with what may stand there."""
    match = _WORDS.fullmatch(str(error))
    words, place = (match[1], match[2] or "") if match else (str(error), "")
    choice = _CHOICE.fullmatch(words)
    choices = choices_at(shape, place) if choice else ()
    return Mistake(words, place, choice[1] if choice and choices else None, choices)


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
