"""Channels and their secrets."""

import pytest
from msgspec.structs import replace

from tests.support.alerting import PROJECT, Posted, Secrets, World, notice
from vedette.alerts.book import CHANNEL
from vedette.alerts.channels import SET, Channels
from vedette.alerts.rules import InvalidRule
from vedette.app.alerting import channel_kinds
from vedette.errors import NotFound
from vedette.model.alert import Channel

HOOK = Channel(name="hook", kind="webhook", options={"url": "https://x.org/s3cret"})


def opened(world: World) -> tuple[Channels, Secrets, Posted]:
    secrets, post = Secrets(), Posted()
    return Channels(world.book, secrets, channel_kinds(post)), secrets, post


async def test_secrets_go_to_the_vault_and_come_back_for_the_message(world: World) -> None:
    channels, secrets, post = opened(world)
    taken = channels.take(PROJECT, HOOK)
    assert taken.options == {"url": SET}
    assert list(secrets.values()) == ["https://x.org/s3cret"]
    world.book.add(PROJECT, CHANNEL, taken)
    await channels.open(PROJECT, "hook").send(notice())
    assert post.sent[0][0] == "https://x.org/s3cret"


def test_a_secret_that_is_not_sent_again_stays(world: World) -> None:
    channels, secrets, _ = opened(world)
    taken = channels.take(PROJECT, HOOK)
    again = channels.take(PROJECT, replace(taken, most_per_hour=5))
    assert again.options == {"url": SET}
    assert list(secrets.values()) == ["https://x.org/s3cret"]


def test_secrets_follow_a_new_name_and_leave_with_the_channel(world: World) -> None:
    channels, secrets, _ = opened(world)
    taken = channels.take(PROJECT, HOOK)
    renamed = replace(taken, name="other")
    channels.rename(PROJECT, taken, renamed)
    channels.take(PROJECT, renamed)
    channels.forget(PROJECT, taken)
    assert len(secrets) == 1
    channels.forget(PROJECT, renamed)
    channels.forget(PROJECT, renamed)
    assert secrets == {}


def test_two_projects_have_two_secrets(world: World) -> None:
    channels, secrets, _ = opened(world)
    channels.take(PROJECT, HOOK)
    channels.take("other", replace(HOOK, options={"url": "https://y.org"}))
    assert len(secrets) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        replace(HOOK, kind="pigeon"),
        replace(HOOK, name=""),
        replace(HOOK, most_per_hour=0),
        replace(HOOK, options={}),
        replace(HOOK, options={"url": "file:///etc/passwd"}),
        replace(HOOK, options={"url": "https://x.org", "colour": "red"}),
    ],
    ids=lambda one: f"{one.kind}-{len(one.options)}-{one.most_per_hour}-{len(one.name)}",
)
def test_channels_that_cannot_be(world: World, wrong: Channel) -> None:
    channels, secrets, _ = opened(world)
    with pytest.raises(InvalidRule):
        channels.take(PROJECT, wrong)
    assert secrets == {}


def test_a_channel_that_is_not_there(world: World) -> None:
    channels, _, _ = opened(world)
    with pytest.raises(NotFound):
        channels.open(PROJECT, "hook")
