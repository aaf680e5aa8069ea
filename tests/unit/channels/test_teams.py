"""Teams' shape."""

import json

from tests.support.alerting import Posted, alert, notice
from vedette.channels.teams import create


async def test_an_adaptive_card() -> None:
    post = Posted()
    await create({"url": "https://x.org"}, post).send(
        notice(alert(), alert(severity="critical"), url="http://c")
    )
    (attachment,) = json.loads(post.sent[0][1])["attachments"]
    card = attachment["content"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert [block.get("color") for block in card["body"]] == [None, "Warning", "Attention"]
    assert card["actions"][0]["url"] == "http://c"
