"""From what a provider says to a user; the paths through it are in `api/test_signon`."""

import pytest

from tests.support.people import HASHED
from vedette.access.desk import AccessDesk
from vedette.access.signon.admitting import admit
from vedette.access.signon.refusals import AddressUnverified, NobodyKnown
from vedette.clock import FakeClock
from vedette.model.signon import Admission, Assertion
from vedette.stores.records.sql import SqlRecords

RULES = Admission(allowed_domains=("example.com",), create_users=True)


def assertion(**changes: object) -> Assertion:
    fields = {"issuer": "https://i", "subject": "1", "email": "ann@example.com"}
    return Assertion(**({"is_verified": True} | fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def desk() -> AccessDesk:
    clock = FakeClock()
    made = AccessDesk(SqlRecords(None, clock), clock)
    made.people.create("root@example.com", password=HASHED, is_root=True)
    return made


def test_the_first_user_is_not_made_by_a_provider() -> None:
    clock = FakeClock()
    empty = AccessDesk(SqlRecords(None, clock), clock)
    with pytest.raises(NobodyKnown, match="first user"):
        admit(empty, "idp", RULES, assertion())
    assert not empty.people.any


def test_whoever_comes_twice_is_one_user(desk: AccessDesk) -> None:
    first = admit(desk, "idp", RULES, assertion())
    again = admit(desk, "idp", RULES, assertion(email="ANN@example.com"))
    assert first.id == again.id
    assert not first.is_root


def test_two_providers_can_name_one_user(desk: AccessDesk) -> None:
    ann = admit(desk, "idp", RULES, assertion())
    same = admit(desk, "other", RULES, assertion(issuer="https://j", subject="9"))
    assert same.id == ann.id
    assert len(same.identities) == 2


def test_a_subject_of_one_issuer_is_not_that_of_another(desk: AccessDesk) -> None:
    admit(desk, "idp", RULES, assertion())
    bob = admit(desk, "other", RULES, assertion(issuer="https://j", email="bob@example.com"))
    assert bob.email == "bob@example.com"


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.com", "a@b@example.com", "é\n@x.y"])
def test_what_is_no_address_is_refused(desk: AccessDesk, email: str) -> None:
    with pytest.raises(AddressUnverified):
        admit(desk, "idp", RULES, assertion(email=email))


def test_an_organization_that_is_not_there_gives_no_place(desk: AccessDesk) -> None:
    rules = Admission(allowed_domains=("example.com",), create_users=True, organization="org_gone")
    ann = admit(desk, "idp", rules, assertion())
    assert desk.people.place_of("org_gone", ann.id) is None
