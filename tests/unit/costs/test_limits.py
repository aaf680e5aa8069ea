from typing import Any

from vedette.costs.limits import LimitBook, Spender, limits_of, rules_in_force
from vedette.model.tenant import (
    Allowance,
    Budget,
    Limits,
    Organization,
    Project,
    ScopedAllowance,
    VirtualKey,
)

DOLLAR = Allowance(budgets=(Budget(limit_nano_usd=10**9),))


def key(**fields: Any) -> VirtualKey:
    return VirtualKey(**{"id": "k1", "sha256": "", "project_id": "p1", **fields})


def book(*rules: ScopedAllowance) -> LimitBook:
    project = Project(id="p1", name="P", organization_id="o1", allowance=DOLLAR)
    organization = Organization(id="o1", name="O", allowance=Allowance(limits=Limits(rpm=5)))
    return LimitBook({"p1": project}, {"o1": organization}, rules)


def shown(limits: tuple[Any, ...]) -> list[tuple[str, str, str]]:
    return [(limit.scope, limit.name, limit.unit) for limit in limits]


def test_a_call_falls_under_its_key_project_and_organization() -> None:
    mine = key(allowance=Allowance(budgets=DOLLAR.budgets, limits=Limits(tpm=9, concurrency=2)))
    assert shown(book().of(Spender(mine, "p1"))) == [
        ("key", "k1", "tokens"),
        ("key", "k1", "concurrency"),
        ("key", "k1", "cost"),
        ("project", "p1", "cost"),
        ("organization", "o1", "requests"),
    ]
    assert shown(book().of(Spender(None, "p1")))[0] == ("project", "p1", "cost")
    assert book().of(Spender()) == ()


def test_rules_count_each_name_by_itself_or_all_together() -> None:
    each = ScopedAllowance(scope="user", name="team-*", allowance=DOLLAR)
    (ann,) = book(each).of(Spender(user="team-ann"))
    (bob,) = book(each).of(Spender(user="team-bob"))
    assert ann.account.key != bob.account.key
    assert book(each).of(Spender(user="other")) == ()
    assert book(each).of(Spender()) == ()
    all_of_them = ScopedAllowance(scope="user", name="team-*", together=True, allowance=DOLLAR)
    (ann,) = book(all_of_them).of(Spender(user="team-ann"))
    (bob,) = book(all_of_them).of(Spender(user="team-bob"))
    assert ann.account.key == bob.account.key


def test_every_tag_has_its_allowance_and_every_scope_its_name() -> None:
    tags = ScopedAllowance(scope="tag", allowance=DOLLAR)
    spender = Spender(key(), "p1", "u", "s", "m", ("a", "b"))
    assert shown(book(tags).of(spender))[-2:] == [("tag", "a", "cost"), ("tag", "b", "cost")]
    names = {"organization": "o1", "project": "p1", "key": "k1", "user": "u", "session": "s"}
    for scope, name in (names | {"model": "m"}).items():
        rule = ScopedAllowance(scope=scope, allowance=DOLLAR)  # type: ignore[arg-type]
        assert shown(book(rule).of(spender))[-1] == (scope, name, "cost")


def test_a_user_of_the_same_name_in_another_project_is_somebody_else() -> None:
    rule = ScopedAllowance(scope="user", allowance=DOLLAR)
    one = book(rule).of(Spender(None, "p2", "ann"))[-1]
    other = book(rule).of(Spender(None, "p3", "ann"))[-1]
    assert one.account.key != other.account.key
    only = ScopedAllowance(scope="user", project="p2", allowance=DOLLAR)
    assert len(book(only).of(Spender(None, "p2", "ann"))) == 1
    assert book(only).of(Spender(None, "p3", "ann")) == ()


def test_a_raised_budget_goes_on_from_what_is_spent() -> None:
    (before,) = limits_of("key", "k", DOLLAR)
    more = Allowance(budgets=(Budget(limit_nano_usd=5 * 10**9, action="throttle"),))
    (after,) = limits_of("key", "k", more)
    assert before.account.key == after.account.key
    assert after.account.limit == 5 * 10**9
    assert after.slow is not None
    assert before.slow is None


def test_two_budgets_of_one_window_are_counted_apart() -> None:
    two = Allowance(budgets=(Budget(limit_nano_usd=1), Budget(limit_nano_usd=2)))
    first, second = limits_of("key", "k", two)
    assert first.account.key != second.account.key


def test_a_rotated_key_goes_on_with_the_account_of_the_first() -> None:
    old = key(allowance=DOLLAR)
    new = key(id="k2", replaces="k1", allowance=DOLLAR)
    (of_old, *_), (of_new, *_) = (book().of(Spender(one, "p1")) for one in (old, new))
    assert of_old.account.key == of_new.account.key


def test_a_rule_of_the_configuration_takes_the_place_of_one_of_the_console() -> None:
    own = ScopedAllowance(scope="user", allowance=DOLLAR)
    same = ScopedAllowance(scope="user", together=True)
    other = ScopedAllowance(scope="user", project="p1")
    assert rules_in_force((own,), (same, other)) == (own, other)
