"""What browsers keep and cannot read."""

import os

import msgspec
import pytest

from vedette.access.signon.sealing import Seal


class Note(msgspec.Struct):
    text: str


class Other(msgspec.Struct):
    number: int


def seal(secret: bytes = b"s", purpose: bytes = b"p") -> Seal:
    return Seal(os.urandom, secret=secret, purpose=purpose)


def test_what_was_sealed_is_opened_and_cannot_be_read() -> None:
    text = seal().close(Note("hush"))
    assert "hush" not in text
    assert seal().open(text, Note) == Note("hush")
    assert seal().close(Note("hush")) != text


def test_for_another_purpose_secret_or_shape_it_is_not() -> None:
    text = seal().close(Note("hush"))
    assert seal(purpose=b"q").open(text, Note) is None
    assert seal(secret=b"t").open(text, Note) is None
    assert seal().open(text, Other) is None
    nobody = seal(secret=b"")
    assert nobody.open(nobody.close(Note("x")), Note) == Note("x")
    assert seal(secret=b"").open(nobody.close(Note("x")), Note) is None


@pytest.mark.parametrize("text", ["", "x", "A" * 400, "é", "=" * 8, "\udcff"])
def test_what_was_not_sealed_is_not_opened(text: str) -> None:
    assert seal().open(text, Note) is None


def test_a_changed_letter_is_seen() -> None:
    text = seal().close(Note("hush"))
    for at in range(0, len(text) - 2, 5):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        assert seal().open(changed, Note) is None
