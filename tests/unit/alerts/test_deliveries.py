"""Messages until they are there."""

import pytest

from tests.support.alerting import PROJECT, Posted, Secrets, World, alert, notice
from vedette.alerts.book import CHANNEL
from vedette.alerts.channels import Channels
from vedette.alerts.deliveries import Deliveries
from vedette.app.alerting import channel_kinds
from vedette.model.alert import Channel


class Mail:
    def __init__(self, world: World) -> None:
        self.world = world
        self.post = Posted()
        channels = Channels(world.book, Secrets(), channel_kinds(self.post))
        hook = Channel(name="hook", kind="webhook", options={"url": "https://x.org"})
        world.book.add(PROJECT, CHANNEL, channels.take(PROJECT, hook))
        world.book.write(alert(), version=0)
        world.book.hand_over(PROJECT, "hook", notice(at_ns=world.clock.now_ns()))
        self.deliveries = Deliveries(world.book, channels.open, world.clock)

    async def flush(self) -> int:
        return await self.deliveries.flush(PROJECT)

    @property
    def waiting(self) -> int:
        return len(self.world.book.waiting(PROJECT))


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


async def test_what_is_taken_is_noted_on_the_alert(mail: Mail) -> None:
    assert await mail.flush() == 1
    assert mail.waiting == 0
    found, _, _ = mail.world.book.alert(PROJECT, "a" * 18)
    assert [(one.channel, one.happening, one.ok) for one in found.told] == [
        ("hook", "opened", True)
    ]


async def test_a_receiver_that_is_away_is_tried_later_and_later(mail: Mail) -> None:
    mail.post.is_away = True
    assert await mail.flush() == 0
    assert await mail.flush() == 0
    assert len(mail.post.sent) == 1
    for wait_s in (10, 20, 40):
        mail.world.clock.advance(wait_s)
        await mail.flush()
    assert len(mail.post.sent) == 4
    mail.post.is_away = False
    mail.world.clock.advance(80)
    assert await mail.flush() == 1
    assert {headers["x-vedette-delivery"] for _, _, headers in mail.post.sent} == {"n" * 32}
    found, _, _ = mail.world.book.alert(PROJECT, "a" * 18)
    assert [one.ok for one in found.told] == [False, True]


async def test_the_receiver_may_say_when(mail: Mail) -> None:
    mail.post.status, mail.post.retry_after = 429, "500"
    await mail.flush()
    mail.world.clock.advance(499)
    await mail.flush()
    assert len(mail.post.sent) == 1
    mail.world.clock.advance(1)
    await mail.flush()
    assert len(mail.post.sent) == 2


async def test_what_is_refused_is_not_sent_again(mail: Mail) -> None:
    mail.post.status = 404
    await mail.flush()
    assert mail.waiting == 0
    assert mail.deliveries.failed == 1
    found, _, _ = mail.world.book.alert(PROJECT, "a" * 18)
    assert found.told[0].detail == "The webhook answered 404."


async def test_after_a_day_it_is_given_up(mail: Mail) -> None:
    mail.post.is_away = True
    await mail.flush()
    mail.world.clock.advance(86_401)
    await mail.flush()
    assert mail.waiting == 0
    assert mail.deliveries.failed == 1


async def test_a_channel_that_is_gone_ends_its_messages(mail: Mail) -> None:
    (kept,) = mail.world.book.list(PROJECT, CHANNEL)
    mail.world.book.delete(PROJECT, CHANNEL, kept.id, version=kept.version)
    await mail.flush()
    assert mail.waiting == 0
    assert mail.post.sent == []


async def test_a_channel_that_breaks_is_told_later(mail: Mail) -> None:
    class Broken:
        async def send(self, _notice: object) -> None:
            raise LookupError("nobody foresaw this")

    broken = Deliveries(mail.world.book, lambda _project, _name: Broken(), mail.world.clock)
    assert await broken.flush(PROJECT) == 0
    assert mail.waiting == 1
    mail.world.clock.advance(10)
    assert await mail.deliveries.flush(PROJECT) == 1
