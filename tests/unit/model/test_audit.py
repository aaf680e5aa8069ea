"""Entries as bytes."""

import json

from vedette.model.audit import (
    GENESIS,
    Actor,
    AuditEntry,
    AuditEvent,
    actor_label,
    body_of,
    commitment,
    seal_of,
)


def test_the_body_of_an_entry_says_everything_but_personal_values() -> None:
    event = AuditEvent(
        action="key.created", organization="o", time_ns=2**60, details={"b": 1, "a": [2]},
        personal={"owner": "ann"}, actor=Actor(kind="user", id="usr_1", name="Ann"),
    )  # fmt: skip
    body = body_of(event, seq=3, prev=GENESIS, personal={"owner": "ab12"})
    said = json.loads(body)
    assert said["actor"] == {"kind": "user", "id": "usr_1"}
    assert said["time_ns"] == str(2**60)
    assert said["personal"] == {"owner": "ab12"}
    assert (said["seq"], said["prev"], said["organization"]) == (3, GENESIS, "o")
    assert b"Ann" not in body
    assert b"ann" not in body
    assert body.startswith(b'{"action":"key.created","actor":')


def test_a_commitment_needs_its_salt() -> None:
    assert commitment(b"a" * 32, '"ann"') != commitment(b"b" * 32, '"ann"')
    assert commitment(b"a" * 32, '"ann"') != commitment(b"a" * 32, '"bob"')


def test_a_seal_needs_its_secret() -> None:
    assert seal_of(b"a", GENESIS) != seal_of(b"b", GENESIS)


def test_entries_and_actors_have_names() -> None:
    entry = AuditEntry(
        organization="o", seq=3, time_ns=1, action="a", outcome="done", actor="system",
        project="", target_kind="", target_id="", body="{}", hash="",
    )  # fmt: skip
    assert entry.id == "o:3"
    assert actor_label(Actor(kind="user", id="u")) == "user:u"
    assert actor_label(Actor()) == "system"
