"""Looks at a project, one after the other."""

from tests.support.alerting import PROJECT, World, rule
from vedette.alerts.book import CHANNEL, RULE, SILENCE, Book
from vedette.alerts.watch import Watch, acknowledged
from vedette.model.alert import Channel, Event, Silence


def ward(world: World, **changes: object) -> Watch:
    hook = Channel(name="hook", kind="webhook", options={"url": "https://x.org"})
    world.book.add(PROJECT, CHANNEL, hook)
    world.book.add(PROJECT, RULE, rule(keep_s=60, **changes))
    return Watch(world.book, world.meter, world.clock)


def told(world: World) -> list[list[str]]:
    return [
        [line.happening for line in waiting.notice.lines]
        for _, _, waiting in world.book.waiting(PROJECT)
    ]


def test_from_the_first_error_to_the_end(world: World) -> None:
    watch = ward(world)
    watch.look([PROJECT])
    assert told(world) == []
    world.calls(10, errors=5)
    watch.look([PROJECT])
    assert told(world) == [["opened"]]
    watch.look([PROJECT])
    assert told(world) == [["opened"]]
    world.clock.advance(400)
    watch.look([PROJECT])
    world.clock.advance(61)
    watch.look([PROJECT])
    assert told(world) == [["opened"], ["resolved"]]
    assert world.book.open_alerts(PROJECT) == ()
    assert len(world.book.past(PROJECT, after_id="", limit=9)) == 1


def test_a_new_watch_goes_on_where_the_old_one_stopped(world: World) -> None:
    world.calls(10, errors=5)
    ward(world).look([PROJECT])
    Watch(Book(world.records, world.clock), world.meter, world.clock).look([PROJECT])
    assert told(world) == [["opened"]]


def test_events_open_alerts(world: World) -> None:
    watch = ward(world, kind="event", subject="drift")
    watch.report(Event(
        project_id=PROJECT, subject="drift", group="m", severity="critical", summary="moved"
    ))  # fmt: skip
    watch.report(Event(
        project_id="other", subject="drift", group="m", severity="info", summary="other"
    ))  # fmt: skip
    watch.look([PROJECT])
    ((found, _),) = world.book.open_alerts(PROJECT)
    assert (found.group, found.severity, found.times) == ("drift: m", "critical", 1)
    assert told(world) == [["opened"]]


def test_events_are_bounded(world: World) -> None:
    watch = ward(world)
    for _ in range(10_005):
        watch.report(Event(
            project_id=PROJECT, subject="drift", group="m", severity="info", summary=""
        ))  # fmt: skip
    assert watch.lost_events == 5


def test_a_rule_that_is_deleted_ends_its_alerts(world: World) -> None:
    watch = ward(world)
    world.calls(10, errors=5)
    watch.look([PROJECT])
    (kept,) = world.book.list(PROJECT, RULE)
    world.book.delete(PROJECT, RULE, kept.id, version=kept.version)
    watch.look([PROJECT])
    assert world.book.open_alerts(PROJECT) == ()


def test_a_silenced_alert_is_recorded_all_the_same(world: World) -> None:
    watch = ward(world)
    until_ns = world.clock.now_ns() + 10**12
    world.book.add(PROJECT, SILENCE, Silence(until_ns=until_ns))
    world.calls(10, errors=5)
    watch.look([PROJECT])
    assert told(world) == []
    assert len(world.book.open_alerts(PROJECT)) == 1


def test_what_somebody_acknowledged_meanwhile_is_kept(world: World) -> None:
    watch = ward(world, repeat_s=60)
    world.calls(10, errors=5)
    watch.look([PROJECT])
    ((found, version),) = world.book.open_alerts(PROJECT)
    world.book.write(
        acknowledged(found, by="ada", note="", now_ns=world.clock.now_ns()), version=version
    )
    world.clock.advance(120)
    watch.look([PROJECT])
    ((now, _),) = world.book.open_alerts(PROJECT)
    assert now.acknowledged_by == "ada"
    assert told(world) == [["opened"]]


def test_a_store_that_is_away_loses_no_event(world: World) -> None:
    watch = ward(world, kind="event")
    watch.report(Event(
        project_id=PROJECT, subject="guard", group="m", severity="info", summary="x"
    ))  # fmt: skip
    world.records.is_away = True
    watch.look([PROJECT])
    world.records.is_away = False
    watch.look([PROJECT])
    assert len(world.book.open_alerts(PROJECT)) == 1
