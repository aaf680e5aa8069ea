"""A wrong choice is told the right ones, wherever it stands."""

from enum import Enum
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from vedette.model.choices import choices_at, mistake_of


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Inner(msgspec.Struct, rename={"kind_": "kind"}):
    kind_: Annotated[Literal["a", "b"], Meta(description="Which.")] | None = None
    color: Color = Color.RED


class Outer(msgspec.Struct):
    name: str = ""
    many: tuple[Inner, ...] = ()
    pair: tuple[Literal[1, 2], str] = (1, "")
    named: dict[str, list[Literal["x"]]] = {}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"many":[{"kind":"c"}]}', "need one of a, b"),
        (b'{"many":[{},{"color":"green"}]}', "need one of red, blue"),
        (b'{"pair":[3,""]}', "need one of 1, 2"),
        (b'{"named":{"k":["y"]}}', "need one of x"),
        (b'{"name":3}', "Expected `str`, got `int` - at `$.name`"),
        (b"3", "Expected `object`, got `int`"),
    ],
)
def test_what_is_allowed_is_said(body: bytes, expected: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(body, type=Outer)
    assert str(mistake_of(caught.value, Outer)).endswith(expected)


def test_a_place_that_is_not_there_allows_nothing() -> None:
    assert choices_at(Outer, "many[0].none.such") == ()
