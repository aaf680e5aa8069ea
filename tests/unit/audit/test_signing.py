"""The signer: what grew is signed, what was changed is signed no more."""

from pathlib import Path

import pytest

from tests.support.auditing import Office, event
from vedette.audit.notes import read_checkpoint


def sizes(office: Office, organization: str = "default") -> list[int]:
    found = [one for one in office.outside.exported() if one.organization == organization]
    return [read_checkpoint(one.note).size for one in found]


def test_the_head_is_signed_at_once_and_checkpoints_on_a_schedule(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.log.append([event(1), event(2, "other")])
    office.signer.step()
    assert sizes(office) == sizes(office, "other") == [1]
    office.log.append([event(3)])
    office.signer.step()
    assert sizes(office) == [1]
    assert read_checkpoint(office.outside.heads()["default"]).size == 2
    assert office.signer.latest("default") == office.outside.heads()["default"]
    office.clock.advance(60)
    office.signer.step()
    office.signer.step()
    assert sizes(office) == [1, 2]
    office.close()


def test_a_new_signer_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.happen(3)
    office.signer = office.new_signer()
    office.happen(2, start=4)
    assert sizes(office) == [3, 5]
    assert office.signer.broken == {}
    assert office.faults() == []
    office.close()


ATTACKS = {
    "the end is cut": (
        "DELETE FROM audit_entries WHERE seq > 3", "DELETE FROM audit_personal WHERE seq > 3",
        "UPDATE audit_heads SET seq = 3",
    ),
    "the log is gone": (
        "DELETE FROM audit_entries", "DELETE FROM audit_heads", "DELETE FROM audit_personal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_what_was_signed_is_signed_no_more(tmp_path: Path, attack: str) -> None:
    office = Office(tmp_path)
    office.happen(4)
    office.attack(*ATTACKS[attack])
    office.happen(2, start=9)
    assert "default" in office.new_signer_broken()
    assert read_checkpoint(office.outside.heads()["default"]).size <= 4
    office.close()


def test_what_was_signed_stays_signed_as_it_was(tmp_path: Path) -> None:
    """The running signer has its own tree: it never signs what somebody made of the past."""
    office = Office(tmp_path)
    office.happen(4)
    office.attack("UPDATE audit_entries SET body = replace(body, 'usr_1', 'usr_2') WHERE seq = 2")
    office.happen(2, start=5)
    assert sizes(office) == [4, 6]
    assert ("rewritten", 1) in office.faults()
    assert ("rewritten", 5) not in office.faults()
    assert "Entry 2" in office.signer.altered["default"]
    assert "Entry 2" in office.new_signer_broken()["default"]
    office.close()


def test_a_cut_that_leaves_the_head_alone_is_noticed_soon(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.happen(2)
    office.happen(2, organization="other")
    office.attack("DELETE FROM audit_entries WHERE seq = 2 AND organization = 'default'")
    office.signer.step()
    office.signer.step()
    assert set(office.signer.broken) == {"default"}
    office.close()


def test_entries_that_we_did_not_write_are_not_signed(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.happen(1)
    forger = Office(tmp_path, seed=b"f" * 32)
    forger.log.append([event(2)])
    office.signer.step()
    assert "did not write" in office.signer.broken["default"]
    assert sizes(office) == [1]
    office.close()
    forger.close()


def test_a_checkpoint_of_another_key_is_not_taken_up(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.happen(2)
    office.close()
    other = Office(tmp_path, seed=b"f" * 32)
    other.signer.step()
    assert "not ours" in other.signer.broken["default"]
    other.close()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_entries SET body = replace(body, 'created', 'deleted') WHERE seq = 3",
        "UPDATE audit_entries SET body = x'ff00' WHERE seq = 5",
        "UPDATE audit_entries SET body = replace(body, 'created', 'deleted') WHERE seq = 130",
        "DELETE FROM audit_entries WHERE seq = 60",
        "UPDATE audit_entries SET seal = '' WHERE seq = 60",
    ],
    ids=["early", "bytes", "last", "dropped", "seal"],
)
def test_what_is_done_further_back_is_noticed_in_time(tmp_path: Path, attack: str) -> None:
    office = Office(tmp_path)
    office.log.append([event(number) for number in range(130)])
    office.signer.step()
    for _ in range(4):
        office.signer.step()
    assert office.signer.altered == {}
    office.attack(attack)
    for _ in range(4):
        office.signer.step()
    assert set(office.signer.altered) == {"default"}
    assert office.signer.broken == {}
    office.close()
