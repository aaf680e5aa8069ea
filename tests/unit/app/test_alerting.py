"""The alerts of the core."""

from tests.support.alerting import Posted, notice
from vedette.app.alerting import channel_kinds
from vedette.ports.alerts import Option


def test_every_kind_of_channel_is_found() -> None:
    kinds = {kind.name: kind for kind in channel_kinds(Posted())}
    assert list(kinds) == ["email", "pagerduty", "slack", "teams", "webhook"]
    assert all(isinstance(one, Option) for kind in kinds.values() for one in kind.options)


async def test_a_kind_makes_channels() -> None:
    posted = Posted()
    (slack,) = (kind for kind in channel_kinds(posted) if kind.name == "slack")
    await slack.create({"url": "https://x.org"}).send(notice())
    assert posted.sent[0][0] == "https://x.org"
