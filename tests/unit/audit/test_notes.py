"""Signed notes and checkpoints."""

import pytest

from vedette.audit.notes import (
    BadNote,
    Checkpoint,
    VerifierKey,
    checkpoint_text,
    read_checkpoint,
    signature_of,
)

SIGNATURE = signature_of(bytes(32))
STATE = Checkpoint(
    origin=f"{SIGNATURE.key.name}/default", size=3, root=bytes(range(32)), time="2026-01-01T00:00Z"
)


def test_a_note_is_opened_by_its_key() -> None:
    note = SIGNATURE.note(STATE)
    assert SIGNATURE.key.open(note) == STATE
    assert VerifierKey.read(SIGNATURE.key.text).open(note) == STATE
    assert STATE.organization == "default"
    head, _, signatures = note.partition("\n\n")
    assert head + "\n" == checkpoint_text(STATE)
    assert signatures.startswith(f"— {SIGNATURE.key.name} ")
    assert read_checkpoint(note) == STATE


def test_signatures_of_others_may_stand_beside_ours() -> None:
    note = SIGNATURE.note(STATE)
    text, _, ours = note.partition("\n\n")
    assert SIGNATURE.key.open(f"{text}\n\n— witness AAAA\n{ours}") == STATE


@pytest.mark.parametrize("change", ["size", "root", "origin", "time"])
def test_a_note_that_was_changed_does_not_open(change: str) -> None:
    note = SIGNATURE.note(STATE)
    old = {
        "size": "\n3\n", "root": "AAECAwQF", "origin": "/default", "time": "2026-01-01",
    }[change]  # fmt: skip
    new = {"size": "\n4\n", "root": "AAECAwQG", "origin": "/other", "time": "2026-01-02"}[change]
    with pytest.raises(BadNote, match="signature"):
        SIGNATURE.key.open(note.replace(old, new))


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(BadNote, match="not signed by"):
        signature_of(b"x" * 32).key.open(SIGNATURE.note(STATE))


@pytest.mark.parametrize("text", ["", "a+b+c", "name+00000000+AQID"], ids=repr)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.read(text)


def test_a_key_that_was_miscopied_is_refused() -> None:
    name, _, encoded = SIGNATURE.key.text.split("+", 2)
    with pytest.raises(BadNote, match="miscopied"):
        VerifierKey.read(f"{name}+00000000+{encoded}")


@pytest.mark.parametrize("text", ["", "a\n1", "a/b\nx\nAAAA\n", "a/b\n1\nAAAA\n"], ids=repr)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        read_checkpoint(text)
