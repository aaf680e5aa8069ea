"""Slack's shape."""

import json

from tests.support.alerting import Posted, alert, notice
from vedette.channels.slack import create, escape


async def test_a_message_of_blocks() -> None:
    post = Posted()
    one = alert(summary="<!channel> & more", link="https://x.org/do")
    await create({"url": "https://hooks.slack.com/x"}, post).send(notice(one, url="http://c"))
    message = json.loads(post.sent[0][1])
    assert message["text"] == "New: errors (warning)"
    texts = [block["text"]["text"] for block in message["blocks"]]
    assert texts[1].startswith(":warning: New: errors: &lt;!channel&gt; &amp; more")
    assert "<https://x.org/do|What to do>" in texts[1]
    assert texts[-1] == "<http://c|Open in Vedette>"


async def test_blocks_stay_within_slacks_limit() -> None:
    post = Posted()
    await create({"url": "https://x.org"}, post).send(notice(alert(summary="x" * 5_000)))
    blocks = json.loads(post.sent[0][1])["blocks"]
    assert all(len(block["text"]["text"]) <= 3_000 for block in blocks)


def test_markup_is_shown_as_it_is() -> None:
    assert escape("<@U1>") == "&lt;@U1&gt;"
