"""Users, members, invitations and tokens."""

from pathlib import Path

import pytest

from tests.support.access import Office
from vedette.access.checks import InvalidSetting
from vedette.access.people import INVITED_NS, People, check_email
from vedette.errors import Conflict, NotFound, StoreError
from vedette.model.audit import AuditQuery
from vedette.model.user import Membership


@pytest.fixture
def office() -> Office:
    office = Office()
    office.desk.people.create("Root@Example.com", password="hash", is_root=True)
    return office


def test_the_first_user_may_do_everything_and_somebody_has_to(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    assert (root.email, root.is_root) == ("root@example.com", True)
    with pytest.raises(Conflict, match="Somebody"):
        people.change(root.id, is_root=False)
    with pytest.raises(Conflict, match="Somebody"):
        people.change(root.id, disabled=True)
    other = people.create("other@example.com")
    with pytest.raises(Conflict, match="Somebody"):
        people.delete(root.id)
    people.change(other.id, is_root=True)
    people.delete(root.id)
    assert people.any
    people.delete(other.id)
    assert not people.any
    with pytest.raises(Conflict, match="first user"):
        people.create("a@example.com")
    with pytest.raises(Conflict, match="first user"):
        people.invite("a@example.com", "default", "viewer")


def test_an_address_is_had_by_one(office: Office) -> None:
    people = office.desk.people
    with pytest.raises(Conflict):
        people.create(" ROOT@example.com ")
    assert people.find("ROOT@EXAMPLE.COM") is not None
    assert people.find("nobody@example.com") is None


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a b@example.com", "a@b.c\n", "x" * 300], ids=repr
)
def test_what_is_no_address_is_refused(text: str) -> None:
    if text.strip() != text:
        assert check_email(text) == "a@b.c"
        return
    with pytest.raises(InvalidSetting):
        check_email(text)


def test_members_have_their_place(office: Office) -> None:
    people = office.desk.people
    ann = people.create("ann@example.com")
    place = Membership(user_id=ann.id, organization_id="default", role="member")
    people.place(place)
    people.place(Membership(user_id=ann.id, organization_id="default", role="admin"))
    assert [(user.id, one.role) for user, one in people.members("default")] == [(ann.id, "admin")]
    principal = people.principal(ann.id)
    assert principal is not None
    assert principal.may("keys.manage", "default", "p")
    people.remove("default", ann.id)
    with pytest.raises(NotFound):
        people.remove("default", ann.id)
    with pytest.raises(NotFound):
        people.place(Membership(user_id="usr_none", organization_id="default"))
    with pytest.raises(InvalidSetting):
        people.place(Membership(user_id=ann.id, organization_id="d", role="king"))  # type: ignore[arg-type]


def test_an_invitation_is_accepted_once_and_in_time(office: Office) -> None:
    people = office.desk.people
    invitation, token = people.invite("bob@example.com", "default", "viewer", projects=["p"])
    assert token not in repr(invitation)
    assert people.invitations("default") == (invitation,)
    bob = people.accept(token, name="Bob", password="hash")
    assert not bob.is_root
    assert [one.projects for _, one in people.members("default")] == [("p",)]
    with pytest.raises(NotFound):
        people.accept(token, name="Bob", password="hash")
    _, late = people.invite("eve@example.com", "default", "viewer")
    office.clock.advance(INVITED_NS / 1e9 + 1)
    with pytest.raises(NotFound):
        people.accept(late, name="Eve", password="hash")
    assert people.invitations("default") == ()


def test_who_is_a_user_already_keeps_his_password(office: Office) -> None:
    people = office.desk.people
    _, token = people.invite("root@example.com", "default", "owner")
    assert people.accept(token, name="Other", password="other").password == "hash"
    invitation, _ = people.invite("x@example.com", "default", "viewer")
    people.withdraw(invitation.id)
    with pytest.raises(NotFound):
        people.invitation(invitation.id)


def test_a_token_speaks_for_its_user_until_it_ends(office: Office) -> None:
    people = office.desk.people
    ann = people.create("ann@example.com")
    now_ns = office.clock.now_ns()
    token, text = people.issue_token(
        ann.id, "ci", permissions=["calls.read"], expires_ns=now_ns + 10**9
    )  # fmt: skip
    found = people.bearer(text)
    assert found is not None
    assert (found.user_id, found.token_id) == (ann.id, token.id)
    assert found.only == frozenset({"calls.read"})
    assert people.bearer(text + "x") is None
    assert people.bearer("something else") is None
    office.clock.advance(2)
    assert people.bearer(text) is None
    _, endless = people.issue_token(ann.id, "ci")
    assert people.bearer(endless) is not None
    people.change(ann.id, disabled=True)
    assert people.bearer(endless) is None
    with pytest.raises(NotFound):
        people.revoke_token("usr_other", token.id)
    people.revoke_token(ann.id, token.id)
    assert len(people.tokens(ann.id)) == 1
    people.delete(ann.id)
    assert people.tokens(ann.id) == ()


def test_sessions_that_began_before_are_over(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    began_ns = office.clock.now_ns()
    assert people.principal(root.id, began_ns=began_ns) is not None
    people.change(root.id, sessions_from_ns=began_ns + 1)
    assert people.principal(root.id, began_ns=began_ns) is None


def test_everything_is_in_the_audit_log_without_secrets_or_names(office: Office) -> None:
    office.desk.people.invite("bob@example.com", "default", "viewer")
    bodies = " ".join(entry.body for entry in office.records.audit.find(AuditQuery()))
    assert "user.created" in bodies
    assert "invitation.created" in bodies
    assert "example.com" not in bodies
    assert '"hash"' not in bodies


def test_who_was_shut_out_stays_out_while_the_records_cannot_be_read(tmp_path: Path) -> None:
    marker = tmp_path / "users.known"
    office = Office(tmp_path)
    people = People(office.records, office.clock, lambda count: b"x" * count, marker)
    people.open()
    assert not people.any
    people.create("a@example.com", is_root=True)
    assert marker.exists()
    office.records.close()
    (tmp_path / "records.db").write_bytes(b"noise" * 5000)
    for path in tmp_path.glob("records.db-*"):
        path.unlink()
    from vedette.stores.records.sql import SqlRecords

    again = People(SqlRecords(tmp_path, office.clock), office.clock, bytes, marker)
    again.open()
    assert again.any
    with pytest.raises(StoreError):
        again.list()
