"""PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2): one event an
alert, so that each incident there opens and closes with its alert here."""

from collections.abc import Mapping

import msgspec

from vedette.channels.answers import check, read_options, read_url
from vedette.channels.wording import fields_of, text_of, time_of
from vedette.model.alert import Line, Notice
from vedette.ports.alerts import Option, Post

ADDRESS = "https://events.pagerduty.com/v2/enqueue"
OPTIONS = (
    Option(name="routing_key", label="Integration key", is_secret=True, is_needed=True),
    Option(name="url", label="Address", default=ADDRESS),
)


class PagerDuty:
    """One integration."""

    def __init__(self, url: str, routing_key: str, post: Post) -> None:
        self._url = url
        self._routing_key = routing_key
        self._post = post

    async def send(self, notice: Notice) -> None:
        for line in notice.lines:
            body = msgspec.json.encode(self._event(line, notice))
            check(await self._post(self._url, body, {}), "PagerDuty")

    def _event(self, line: Line, notice: Notice) -> dict[str, object]:
        alert = line.alert
        event: dict[str, object] = {
            "routing_key": self._routing_key,
            "dedup_key": alert.id,
            "event_action": "resolve" if line.happening == "resolved" else "trigger",
        }
        if line.happening != "resolved":
            event["payload"] = {
                "summary": text_of(line)[:1024], "source": "vedette",
                "severity": alert.severity, "timestamp": time_of(alert.started_ns),
                "component": alert.group or alert.metric, "custom_details": fields_of(line),
            }  # fmt: skip
            if notice.url:
                event["links"] = [{"href": notice.url, "text": "Open in Vedette"}]
        return event


def create(options: Mapping[str, str], post: Post) -> PagerDuty:
    """Raises ConfigError."""
    found = read_options(options, OPTIONS)
    return PagerDuty(read_url(found), found["routing_key"], post)
