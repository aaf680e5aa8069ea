"""What may be sent to have answers forgotten."""

import msgspec
import pytest

from vedette.api.cache_shapes import PurgeBody


@pytest.mark.parametrize("key", ["", "0" * 64])
def test_a_key_is_what_the_header_said(key: str) -> None:
    assert msgspec.convert({"key": key}, PurgeBody).key == key


@pytest.mark.parametrize("wrong", [{"key": "../x"}, {"kay": ""}, {"tag": "x" * 201}], ids=str)
def test_nothing_else_is_taken(wrong: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, PurgeBody)
