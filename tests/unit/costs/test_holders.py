"""Who has budgets and limits."""

from typing import Any

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.costs.holders import holders
from vedette.model.tenant import AccessSnapshot, Allowance, Limits, ScopedAllowance
from vedette.stores.spans.sqlite import SqliteSpanStore

SLOW = Allowance(limits=Limits(rpm=3))


def found(*rules: ScopedAllowance, since_ns: int = 0, **snapshot: Any) -> list[tuple[str, str]]:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(1, None, project_id="p", user_id="ann", model="big", route="fast", start_ns=NOW - 5),
        span(2, None, project_id="q", user_id="ann", model="big", route="b*", start_ns=NOW - 9),
        span(3, None, project_id="p", user_id="", model="small", route="", start_ns=NOW - 9),
    ])  # fmt: skip
    held = holders(store.ledger, AccessSnapshot(**snapshot), rules, since_ns)
    return [(one.limits[0].name, one.project_id) for one in held]


def test_those_who_called_are_known() -> None:
    assert found(ScopedAllowance(scope="user", allowance=SLOW)) == [("ann", "p"), ("ann", "q")]
    only = ScopedAllowance(scope="user", project="q", allowance=SLOW)
    assert found(only) == [("ann", "q")]
    assert found(ScopedAllowance(scope="user", allowance=SLOW), since_ns=NOW - 6) == [("ann", "p")]


def test_models_are_known_by_the_name_that_was_written() -> None:
    rule = ScopedAllowance(scope="model", allowance=SLOW)
    assert sorted(found(rule)) == [("big", ""), ("fast", ""), ("small", "")]


def test_whom_a_rule_names_is_known_before_he_called() -> None:
    assert found(ScopedAllowance(scope="model", name="new", allowance=SLOW)) == [("new", "")]
    shared = ScopedAllowance(scope="tag", name="x*", together=True, allowance=SLOW)
    assert found(shared) == [("", "")]
    # In which project he is nobody knows.
    assert found(ScopedAllowance(scope="user", name="bob", allowance=SLOW)) == []
    bob = ScopedAllowance(scope="user", name="bob", project="p", allowance=SLOW)
    assert found(bob) == [("bob", "p")]


def test_one_of_the_configuration_counts_before_one_of_the_console() -> None:
    made = ScopedAllowance(scope="model", name="new", allowance=Allowance(limits=Limits(tpm=1)))
    own = ScopedAllowance(scope="model", name="new", allowance=SLOW)
    assert len(found(own, allowances=(made,))) == 1
    assert len(found(allowances=(made,))) == 1
