"""What a filter says, as a tree; `query.grammar` reads and writes it, `model.matching` decides it.

Values stand in the base unit of their field (`model.fields`): nano-USD, milliseconds,
nanoseconds since the epoch.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

Value = str | int | float | bool
Comparison = Literal["=", "<", "<=", ">", ">="]


class Field(msgspec.Struct, frozen=True):
    """What is looked at; `key` names the member of a keyed one, such as `attributes.x.y`."""

    name: str
    key: str = ""


class Compare(msgspec.Struct, frozen=True, tag="compare"):
    """One of the field's values stands so to `value`. A field without values never does."""

    field: Field
    sign: Comparison
    value: Value


class Like(msgspec.Struct, frozen=True, tag="like"):
    """A value fits the pattern, case ignored: `*` is any run, `\\*` a star, `\\\\` a backslash."""

    field: Field
    pattern: str


class OneOf(msgspec.Struct, frozen=True, tag="one_of"):
    """A value is among these."""

    field: Field
    values: tuple[Value, ...]


class Exists(msgspec.Struct, frozen=True, tag="exists"):
    """The field has a value."""

    field: Field


class Not(msgspec.Struct, frozen=True, tag="not"):
    """What stands inside does not hold, also where a field has no value."""

    part: "Expression"


class And(msgspec.Struct, frozen=True, tag="and"):
    """All hold, of one and the same span."""

    parts: "tuple[Expression, ...]"


class Or(msgspec.Struct, frozen=True, tag="or"):
    """At least one holds."""

    parts: "tuple[Expression, ...]"


Leaf = Compare | Like | OneOf | Exists
Expression = Leaf | Not | And | Or


def leaves(expression: Expression) -> Iterator[Leaf]:
    """Every condition on a field, wherever it stands."""
    match expression:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield expression


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """Conditions of which each must hold, taken apart as far as that goes."""
    match expression:
        case None:
            return ()
        case And(parts):
            return tuple(inner for part in parts for inner in conjuncts(part))
        case _:
            return (expression,)


def both(one: Expression | None, other: Expression | None) -> Expression | None:
    """What holds where both hold; None is no condition."""
    parts = conjuncts(one) + conjuncts(other)
    return And(parts) if len(parts) > 1 else parts[0] if parts else None
