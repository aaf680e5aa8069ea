"""Alerts for people."""

import pytest

from tests.support.alerting import PROJECT, Posted, Secrets, World, alert, rule
from vedette.alerts.book import CHANNEL, SILENCE
from vedette.alerts.channels import Channels
from vedette.alerts.desk import AlertDesk
from vedette.alerts.rules import InvalidRule
from vedette.app.alerting import channel_kinds
from vedette.errors import Conflict, NotFound
from vedette.model.alert import Channel, Silence
from vedette.ports.alerts import NotDelivered

HOOK = Channel(name="hook", kind="webhook", options={"url": "https://x.org"})


@pytest.fixture
def post() -> Posted:
    return Posted()


@pytest.fixture
def desk(world: World, post: Posted) -> AlertDesk:
    channels = Channels(world.book, Secrets(), channel_kinds(post))
    return AlertDesk(world.book, channels, world.meter, world.clock)


def test_a_rule_needs_channels_that_are_there(desk: AlertDesk) -> None:
    with pytest.raises(InvalidRule):
        desk.add_rule(PROJECT, rule())
    desk.add_channel(PROJECT, HOOK)
    desk.add_rule(PROJECT, rule())


def test_a_channel_that_is_used_stays(desk: AlertDesk) -> None:
    kept = desk.add_channel(PROJECT, HOOK)
    made = desk.add_rule(PROJECT, rule())
    with pytest.raises(Conflict, match="used by errors"):
        desk.delete_channel(PROJECT, kept.id, version=kept.version)
    desk.change_rule(PROJECT, made.id, rule(channels=()), version=made.version)
    desk.delete_channel(PROJECT, kept.id, version=kept.version)
    assert desk.book.list(PROJECT, CHANNEL) == ()


def test_channels_have_one_name_each(desk: AlertDesk) -> None:
    desk.add_channel(PROJECT, HOOK)
    with pytest.raises(Conflict):
        desk.add_channel(PROJECT, HOOK)


async def test_a_channel_is_tried(desk: AlertDesk, post: Posted) -> None:
    kept = desk.add_channel(PROJECT, HOOK)
    await desk.try_channel(PROJECT, kept.id)
    assert b'"happening":"test"' in post.sent[0][1]
    post.status = 500
    with pytest.raises(NotDelivered):
        await desk.try_channel(PROJECT, kept.id)
    with pytest.raises(NotFound):
        await desk.try_channel("other", kept.id)


def test_a_rule_is_tried_without_consequences(world: World, desk: AlertDesk) -> None:
    desk.add_channel(PROJECT, HOOK)
    world.calls(4, errors=4)
    assert desk.try_rule(PROJECT, rule())[""].holds
    assert world.book.open_alerts(PROJECT) == ()


def test_alerts_are_acknowledged_and_ended_once(world: World, desk: AlertDesk) -> None:
    world.book.write(alert(), version=0)
    taken = desk.acknowledge(PROJECT, "a" * 18, by="ada", note="on it")
    assert (taken.acknowledged_by, taken.note, taken.is_open) == ("ada", "on it", True)
    over = desk.resolve(PROJECT, "a" * 18, by="ada", note="")
    assert not over.is_open
    assert over.owed == ("opened", "resolved")
    with pytest.raises(Conflict):
        desk.resolve(PROJECT, "a" * 18, by="", note="")
    with pytest.raises(NotFound):
        desk.acknowledge("other", "a" * 18, by="", note="")


def test_silences_end_and_are_cleared_away(world: World, desk: AlertDesk) -> None:
    desk.add_silence(PROJECT, Silence(until_ns=world.clock.now_ns() + 10**10))
    world.clock.advance(11)
    desk.add_silence(PROJECT, Silence(until_ns=world.clock.now_ns() + 10**10))
    assert len(desk.book.list(PROJECT, SILENCE)) == 1
    for until_ns in (0, world.clock.now_ns() + 400 * 86_400 * 10**9):
        with pytest.raises(InvalidRule):
            desk.add_silence(PROJECT, Silence(until_ns=until_ns))
