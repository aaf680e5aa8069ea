"""Entries by themselves and in a row."""

from msgspec.structs import replace

from vedette.audit.soundness import Chain, personal_problems, read_body
from vedette.model.audit import (
    GENESIS,
    SYSTEM,
    AuditEntry,
    AuditEvent,
    Personal,
    body_of,
    commitment,
    seal_of,
)
from vedette.model.merkle import leaf_hash

SECRET = b"s" * 32
OWNER = Personal(organization="o", seq=1, field="owner", salt=b"a" * 32, value='"ann"')
MARKS = {"owner": commitment(OWNER.salt, OWNER.value)}


def entry(seq: int, prev: str) -> AuditEntry:
    event = AuditEvent(action="key.created", organization="o", time_ns=seq, actor=SYSTEM)
    body = body_of(event, seq=seq, prev=prev, personal=MARKS)
    hash = leaf_hash(body).hex()
    return AuditEntry(
        organization="o", seq=seq, time_ns=seq, action="key.created", outcome="done",
        actor="system", project="", target_kind="", target_id="", body=body.decode(), hash=hash,
        seal=seal_of(SECRET, hash),
    )  # fmt: skip


FIRST = entry(1, GENESIS)
SECOND = entry(2, FIRST.hash)
THIRD = entry(3, SECOND.hash)


def found(*entries: AuditEntry) -> list[tuple[str, int]]:
    chain = Chain("o", sealing=SECRET)
    return [(one.fault, one.seq) for item in entries for one in chain.problems(item)]


def test_a_sound_log_has_no_problems() -> None:
    assert found(FIRST, SECOND, THIRD) == []


def test_each_kind_of_tampering_is_named_with_its_place() -> None:
    assert found(FIRST, THIRD) == [("missing", 2)]
    assert ("altered", 2) in found(FIRST, replace(SECOND, body=SECOND.body + " "), THIRD)
    assert ("altered", 2) in found(FIRST, replace(SECOND, hash=THIRD.hash), THIRD)
    assert ("reordered", 2) in found(FIRST, replace(THIRD, seq=2), replace(SECOND, seq=3))
    assert found(FIRST, replace(SECOND, action="key.deleted")) == [("index", 2)]
    assert found(FIRST, replace(SECOND, seal="0" * 64)) == [("forged", 2)]
    assert ("unreadable", 1) in found(replace(FIRST, body="noise"))
    assert found(SECOND) == [("missing", 1)]


def test_a_chain_that_was_forged_anew_has_no_seals() -> None:
    other = entry(1, "1" * 64)
    forged = replace(other, seal=seal_of(b"guess", other.hash))
    assert found(forged) == [("forged", 1), ("altered", 1)]


def test_a_body_is_read_as_it_is_written_only() -> None:
    assert read_body(FIRST) is not None
    assert read_body(replace(FIRST, body=FIRST.body.replace(":", ": ", 1))) is None
    assert read_body(replace(FIRST, body="[" * 100_000)) is None


def test_personal_values_must_be_those_of_their_entry() -> None:
    def faults(*values: Personal, erased: dict[int, set[str]] | None = None) -> list[str]:
        return [one.message for one in personal_problems([FIRST], values, erased or {})]

    assert faults(OWNER) == []
    assert "another" in faults(replace(OWNER, value='"bob"'))[0]
    assert "nobody erased" in faults()[0]
    assert faults(erased={1: {"owner"}}) == []
    assert "added later" in faults(OWNER, replace(OWNER, field="x"))[0]
