"""Visits of users: kept, ended, forgotten."""

import pytest

from tests.support.access import Office, counting
from vedette.access.people import People
from vedette.access.visits import MOST_VISITS, Visit
from vedette.errors import NotFound
from vedette.model.user import Identity

HOUR_NS = 3_600 * 10**9


@pytest.fixture
def office() -> Office:
    office = Office()
    office.desk.people.create("root@example.com", password="hash", is_root=True)
    return office


def visit(
    office: Office, user_id: str, agent: str = "", *, provider: str = "", session: str = ""
) -> Visit:
    office.clock.advance(1)
    now_ns = office.clock.now_ns()
    begun = Visit(
        user_id=user_id, began_ns=now_ns, expires_ns=now_ns + HOUR_NS, agent=agent,
        provider=provider, provider_session=session,
    )  # fmt: skip
    office.desk.people.begin_visit(begun)
    return begun


def may_go_on(people: People, one: Visit) -> bool:
    return people.principal(one.user_id, began_ns=one.began_ns) is not None


def test_the_latest_comes_first_and_what_was_ended_is_over(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    first, second = visit(office, root.id, "a" * 1_000), visit(office, root.id, "b")
    assert [one.agent for one in people.visits(root.id)] == ["b", "a" * 300]
    people.end_visit(root.id, first.id)
    assert [one.id for one in people.visits(root.id)] == [second.id]
    assert (may_go_on(people, first), may_go_on(people, second)) == (False, True)
    with pytest.raises(NotFound):
        people.end_visit(root.id, first.id)
    with pytest.raises(NotFound):
        people.end_visit("usr_somebodyelse", second.id)


def test_an_end_outlives_a_restart(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    first = visit(office, root.id)
    people.end_visit(root.id, first.id)
    anew = People(office.records, office.clock, counting())
    assert not may_go_on(anew, first)


def test_expired_ones_are_not_kept_and_too_many_end(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    old = visit(office, root.id)
    office.clock.advance(3_601)
    visits = [visit(office, root.id) for _ in range(MOST_VISITS + 2)]
    assert len(people.visits(root.id)) == MOST_VISITS
    assert [may_go_on(people, one) for one in (old, *visits[:3])] == [False, False, False, True]
    people.end_visits(root.id, but_began_ns=visits[-1].began_ns)
    assert [one.id for one in people.visits(root.id)] == [visits[-1].id]


def test_a_deleted_user_leaves_nothing(office: Office) -> None:
    people = office.desk.people
    ann = people.create("ann@example.com")
    visit(office, ann.id)
    people.delete(ann.id)
    with pytest.raises(NotFound):
        people.visits(ann.id)


def test_what_began_through_a_provider_ends_as_it_says(office: Office) -> None:
    people = office.desk.people
    (root,) = people.list()
    identity = Identity(issuer="saml:i", subject="s")
    people.change(root.id, identities=(identity,))
    own = visit(office, root.id)
    first, second, third = (
        visit(office, root.id, provider=provider, session=session)
        for provider, session in (("idp", "1"), ("idp", "2"), ("other", "1"))
    )
    assert people.leave(Identity(issuer="saml:i", subject="t"), "idp", ()) is None
    left = people.leave(identity, "idp", ("1", "9"))
    assert left is not None
    assert left.id == root.id
    assert [may_go_on(people, one) for one in (own, first, second, third)] == [
        True, False, True, True,
    ]  # fmt: skip
    people.leave(identity, "idp", ())
    assert [may_go_on(people, one) for one in (own, second, third)] == [True, False, True]
