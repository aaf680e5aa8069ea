"""Microsoft Teams: an adaptive card to a workflow "when a webhook request is received"."""

from collections.abc import Mapping

import msgspec

from vedette.channels.answers import check, read_options, read_url
from vedette.channels.wording import text_of, title_of
from vedette.model.alert import Level, Notice
from vedette.ports.alerts import Option, Post

OPTIONS = (Option(name="url", label="Address of the workflow", is_secret=True, is_needed=True),)

_COLOURS: dict[Level, str] = {"info": "Accent", "warning": "Warning", "critical": "Attention"}


class Teams:
    """One workflow."""

    def __init__(self, url: str, post: Post) -> None:
        self._url = url
        self._post = post

    async def send(self, notice: Notice) -> None:
        body: list[dict[str, object]] = [
            {"type": "TextBlock", "text": title_of(notice), "weight": "Bolder", "wrap": True}
        ]
        body += [
            {
                "type": "TextBlock", "text": text_of(line), "wrap": True,
                "color": _COLOURS[line.alert.severity],
            }
            for line in notice.lines
        ]  # fmt: skip
        card: dict[str, object] = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard", "version": "1.4", "body": body,
        }  # fmt: skip
        if notice.url:
            card["actions"] = [
                {"type": "Action.OpenUrl", "title": "Open in Vedette", "url": notice.url}
            ]
        message = {
            "type": "message",
            "attachments": [
                {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
            ],
        }
        check(await self._post(self._url, msgspec.json.encode(message), {}), "Teams")


def create(options: Mapping[str, str], post: Post) -> Teams:
    """Raises ConfigError."""
    return Teams(read_url(read_options(options, OPTIONS)), post)
