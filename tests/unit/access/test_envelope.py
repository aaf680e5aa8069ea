"""Envelopes open with their key, under their name, as they were sealed."""

import os

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.access.envelope import CannotOpen, Envelope, fingerprint, seal, unseal

MASTER = bytes(range(32))


@given(secret=st.binary(max_size=300), name=st.text(max_size=20))
def test_what_was_sealed_is_unsealed(secret: bytes, name: str) -> None:
    envelope = seal(secret, name, MASTER, os.urandom)
    assert unseal(envelope, name, MASTER) == secret
    if len(secret) > 3:
        assert secret not in msgspec.msgpack.encode(envelope)


def test_the_same_secret_never_looks_the_same() -> None:
    one, other = (seal(b"secret", "a", MASTER, os.urandom) for _ in range(2))
    assert one.content != other.content
    assert one.data_key != other.data_key


def test_another_key_or_another_name_does_not_open_it() -> None:
    envelope = seal(b"secret", "a", MASTER, os.urandom)
    with pytest.raises(CannotOpen) as caught:
        unseal(envelope, "a", bytes(32))
    assert "secret" not in caught.value.message
    with pytest.raises(CannotOpen):
        unseal(envelope, "b", MASTER)


@given(data=st.data())
def test_a_changed_bit_is_noticed(data: st.DataObject) -> None:
    envelope = seal(b"secret", "a", MASTER, os.urandom)
    field = data.draw(st.sampled_from(["data_key", "content"]))
    content = bytearray(getattr(envelope, field))
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        unseal(msgspec.structs.replace(envelope, **{field: bytes(content)}), "a", MASTER)


@pytest.mark.parametrize("cut", [b"", b"short", bytes(12)])
def test_what_is_cut_short_does_not_open(cut: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(Envelope(data_key=cut, content=cut), "a", MASTER)


def test_fingerprints_tell_keys_apart() -> None:
    assert fingerprint(MASTER) != fingerprint(bytes(32))
    assert MASTER[:4].hex() not in fingerprint(MASTER)
