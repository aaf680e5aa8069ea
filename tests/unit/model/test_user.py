"""What roles allow, and where."""

import pytest

from vedette.model.user import PERMISSIONS, ROLES, ROOT, Membership, Principal, permissions_of


def member(role: str, **more: object) -> Principal:
    place = Membership(user_id="u", organization_id="o", role=role, **more)  # type: ignore[arg-type]
    return Principal(user_id="u", memberships=(place,))


def test_each_role_may_more_than_the_one_below() -> None:
    assert ROLES["viewer"] < ROLES["member"] < ROLES["admin"] < ROLES["owner"]
    assert ROLES["owner"] == frozenset(PERMISSIONS)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_nothing_is_allowed_elsewhere(permission: str) -> None:
    assert not member("owner").may(permission, "other", "p")  # type: ignore[arg-type]
    assert not Principal().may(permission, "o")  # type: ignore[arg-type]
    assert ROOT.may(permission, "anywhere")  # type: ignore[arg-type]


def test_a_place_may_be_bound_to_projects() -> None:
    bound = member("admin", projects=("p",))
    assert bound.may("calls.read", "o", "p")
    assert not bound.may("calls.read", "o", "q")
    assert not bound.may("members.manage", "o")
    assert member("viewer").may("calls.read", "o", "q")
    assert bound.sees("o")
    assert not bound.sees("other")


def test_projects_are_known_by_who_belongs_to_them() -> None:
    assert member("custom").knows("o", "p")
    assert not member("custom").knows("other", "p")
    assert not member("viewer", projects=("p",)).knows("o", "q")
    assert ROOT.knows("o", "p")


def test_a_token_knows_of_projects_where_it_is_good_for_something() -> None:
    place = Membership(user_id="u", organization_id="o", role="viewer")
    reading = Principal(user_id="u", memberships=(place,), only=frozenset({"calls.read"}))
    assert reading.knows("o", "p")
    guarding = Principal(user_id="u", memberships=(place,), only=frozenset({"guard.use"}))
    assert not guarding.knows("o", "p")


def test_permissions_can_be_chosen_one_by_one() -> None:
    custom = member("custom", permissions=("audit.read",))
    assert custom.may("audit.read", "o")
    assert not custom.may("calls.read", "o", "p")
    assert permissions_of(custom.memberships[0]) == {"audit.read"}


def test_a_token_allows_no_more_than_it_says() -> None:
    only = Principal(user_id="u", is_root=True, only=frozenset({"calls.read"}))
    assert only.may("calls.read", "o", "p")
    assert not only.may("keys.manage", "o", "p")
    assert not only.rules_all
    assert ROOT.rules_all
