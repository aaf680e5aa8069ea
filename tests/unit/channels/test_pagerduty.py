"""PagerDuty's events."""

import json

import pytest

from tests.support.alerting import Posted, alert, notice
from vedette.channels.pagerduty import ADDRESS, create
from vedette.errors import ConfigError


async def test_each_alert_is_an_event_of_its_own() -> None:
    post = Posted()
    channel = create({"routing_key": "k"}, post)
    await channel.send(notice(alert(id="1" * 18), alert(id="2" * 18, severity="critical")))
    events = [json.loads(body) for _, body, _ in post.sent]
    assert [url for url, _, _ in post.sent] == [ADDRESS, ADDRESS]
    assert [event["dedup_key"][0] for event in events] == ["1", "2"]
    assert events[1]["event_action"] == "trigger"
    assert events[1]["payload"]["severity"] == "critical"


async def test_the_end_closes_the_incident() -> None:
    post = Posted()
    await create({"routing_key": "k"}, post).send(notice(happening="resolved"))
    event = json.loads(post.sent[0][1])
    assert event["event_action"] == "resolve"
    assert "payload" not in event


def test_a_key_is_needed() -> None:
    with pytest.raises(ConfigError):
        create({}, Posted())
