"""Proofs for those who have only the key."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.auditing import Office, event
from vedette.audit.notes import BadNote, signature_of
from vedette.audit.proofs import check_proof, prove_entry, prove_growth, read_proof
from vedette.errors import NotFound


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.happen(5)
    return office


def test_an_entry_is_proven_to_who_has_the_key_alone(office: Office) -> None:
    key = office.signature.key
    for seq in range(1, 6):
        content = msgspec.json.encode(office.desk.prove(f"default:{seq}"))
        assert f"Entry {seq} is in" in check_proof(read_proof(content), key)
    proof = office.desk.prove("default:2")
    for wrong in (
        replace(proof, entry=proof.entry.replace("key.created", "key.deleted")),
        replace(proof, index=2),
        replace(proof, path=proof.path[:-1]),
        replace(proof, path=("%%%",)),
        replace(proof, checkpoint=proof.checkpoint.replace("\n5\n", "\n6\n")),
    ):
        with pytest.raises(BadNote):
            check_proof(wrong, key)
    with pytest.raises(BadNote):
        check_proof(proof, signature_of(b"f" * 32).key)
    office.close()


def test_an_entry_without_a_checkpoint_cannot_be_proven_yet(office: Office) -> None:
    office.log.append([event(6)])
    with pytest.raises(NotFound, match="yet"):
        office.desk.prove("default:6")
    entry = office.desk.get("default:1")
    with pytest.raises(NotFound, match="yet"):
        prove_entry(office.log, entry, "")
    office.close()


def test_growth_is_proven(office: Office) -> None:
    old = office.desk.checkpoint("default")
    office.happen(4, start=6)
    new = office.desk.checkpoint("default")
    proof = prove_growth(office.log, old, new)
    assert "from 5 to 9" in check_proof(read_proof(msgspec.json.encode(proof)), office.desk.key)  # type: ignore[arg-type]
    with pytest.raises(BadNote, match="continuation"):
        check_proof(replace(proof, path=proof.path[:-1]), office.signature.key)
    with pytest.raises(NotFound, match="cut"):
        prove_growth(office.log, new, old)
    office.close()


def test_a_log_that_was_cut_proves_nothing(office: Office) -> None:
    office.attack("DELETE FROM audit_entries WHERE seq = 4")
    with pytest.raises(NotFound, match="verify"):
        office.desk.prove("default:2")
    office.close()


def test_what_would_prove_nothing_is_not_handed_out(office: Office) -> None:
    office.attack("UPDATE audit_entries SET hash = 'ab' WHERE seq = 2")
    with pytest.raises(NotFound, match="not what was signed"):
        office.desk.prove("default:1")
    office.close()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"type":"x"}'], ids=repr)
def test_what_is_no_proof_is_refused(content: bytes) -> None:
    with pytest.raises(BadNote):
        read_proof(content)
