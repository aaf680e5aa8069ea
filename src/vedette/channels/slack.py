"""Slack's incoming webhooks (https://api.slack.com/messaging/webhooks).

Mattermost takes them, too.
"""

from collections.abc import Mapping

import msgspec

from vedette.channels.answers import check, read_options, read_url
from vedette.channels.wording import text_of, title_of
from vedette.model.alert import Level, Notice
from vedette.ports.alerts import Option, Post

OPTIONS = (
    Option(name="url", label="Address of the incoming webhook", is_secret=True, is_needed=True),
)

_SIGNS: dict[Level, str] = {
    "info": ":information_source:", "warning": ":warning:", "critical": ":rotating_light:",
}  # fmt: skip
_LONGEST = 2_900
"""Slack takes 3,000 characters a block."""


class Slack:
    """One incoming webhook."""

    def __init__(self, url: str, post: Post) -> None:
        self._url = url
        self._post = post

    async def send(self, notice: Notice) -> None:
        blocks = [_section(f"*{escape(title_of(notice))}*")]
        for line in notice.lines:
            sign = _SIGNS[line.alert.severity]
            text = f"{sign} {escape(text_of(line))}"
            if line.alert.link:
                text += f"\n<{escape(line.alert.link)}|What to do>"
            blocks.append(_section(text))
        if notice.url:
            blocks.append(_section(f"<{escape(notice.url)}|Open in Vedette>"))
        body = {"text": escape(title_of(notice)), "blocks": blocks}
        check(await self._post(self._url, msgspec.json.encode(body), {}), "Slack")


def escape(text: str) -> str:
    """What Slack would read as markup is shown as it is; nobody is called by @channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_LONGEST]}}


def create(options: Mapping[str, str], post: Post) -> Slack:
    """Raises ConfigError."""
    return Slack(read_url(read_options(options, OPTIONS)), post)
