"""Rules, alerts and messages as records."""

import pytest
from msgspec.structs import replace

from tests.support.alerting import PROJECT, World, alert, notice, rule
from vedette.alerts.book import MOST_RULES, RULE, SILENCE
from vedette.errors import Conflict, NotFound
from vedette.model.alert import AlertRule, Silence

S = 10**9


def test_a_rule_is_kept_changed_and_deleted(world: World) -> None:
    kept = world.book.add(PROJECT, RULE, rule())
    changed = world.book.change(PROJECT, RULE, kept.id, rule(value=20.0), version=kept.version)
    assert isinstance(changed.body, AlertRule)
    assert changed.body.value == 20
    with pytest.raises(Conflict):
        world.book.change(PROJECT, RULE, kept.id, rule(), version=kept.version)
    world.book.delete(PROJECT, RULE, kept.id, version=changed.version)
    assert world.book.list(PROJECT, RULE) == ()
    with pytest.raises(NotFound):
        world.book.get(PROJECT, RULE, kept.id)


def test_names_are_unique_in_a_project(world: World) -> None:
    kept = world.book.add(PROJECT, RULE, rule())
    other = world.book.add(PROJECT, RULE, rule(name="b"))
    world.book.add("other", RULE, rule())
    with pytest.raises(Conflict):
        world.book.add(PROJECT, RULE, rule())
    with pytest.raises(Conflict):
        world.book.change(PROJECT, RULE, other.id, rule(), version=1)
    world.book.change(PROJECT, RULE, kept.id, rule(), version=1)


def test_one_project_does_not_see_the_other(world: World) -> None:
    kept = world.book.add(PROJECT, RULE, rule())
    world.book.write(alert(), version=0)
    with pytest.raises(NotFound):
        world.book.get("other", RULE, kept.id)
    with pytest.raises(NotFound):
        world.book.alert("other", "a" * 18)
    assert world.book.open_alerts("other") == ()


def test_silences_need_no_name(world: World) -> None:
    for _ in range(2):
        world.book.add(PROJECT, SILENCE, Silence(until_ns=S))
    assert len(world.book.list(PROJECT, SILENCE)) == 2


def test_there_is_an_end_to_rules(world: World) -> None:
    for _ in range(MOST_RULES):
        world.book.add(PROJECT, SILENCE, Silence(until_ns=S))
    with pytest.raises(Conflict):
        world.book.add(PROJECT, SILENCE, Silence(until_ns=S))


def test_an_alert_moves_to_the_past_when_nothing_is_owed(world: World) -> None:
    one = alert()
    world.book.write(one, version=0)
    over = replace(one, resolved_ns=S, owed=("resolved",))
    world.book.write(over, version=1)
    assert world.book.past(PROJECT, after_id="", limit=9) == ()
    world.book.write(replace(over, owed=()), version=2)
    assert world.book.open_alerts(PROJECT) == ()
    assert [past.id for past in world.book.past(PROJECT, after_id="", limit=9)] == [one.id]
    assert world.book.alert(PROJECT, one.id)[2] is False
    assert world.book.prune(PROJECT, S) == 0
    assert world.book.prune(PROJECT, S + 1) == 1


def test_who_died_between_the_two_steps_moves_it_again(world: World) -> None:
    one = replace(alert(), resolved_ns=S, owed=())
    world.book.write(alert(), version=0)
    world.book.write(one, version=0)
    world.book.write(one, version=1)
    assert world.book.open_alerts(PROJECT) == ()
    assert len(world.book.past(PROJECT, after_id="", limit=9)) == 1


def test_messages_wait_in_their_order(world: World) -> None:
    world.book.hand_over(PROJECT, "b", notice(at_ns=2 * S))
    world.book.hand_over(PROJECT, "a", notice(at_ns=1 * S))
    (id, version, first), (_, _, second) = world.book.waiting(PROJECT)
    assert (first.channel, second.channel) == ("a", "b")
    world.book.put_off(PROJECT, id, replace(first, attempts=1, next_ns=5), version=version)
    assert world.book.waiting(PROJECT)[0][2].attempts == 1
    world.book.done(PROJECT, id, version=version + 1)
    assert [one.channel for _, _, one in world.book.waiting(PROJECT)] == ["b"]


def test_ids_that_are_none(world: World) -> None:
    for id in ("", "../x", "Z" * 18):
        with pytest.raises(NotFound):
            world.book.alert(PROJECT, id)
        with pytest.raises(NotFound):
            world.book.get(PROJECT, RULE, id)
