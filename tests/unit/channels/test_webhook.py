"""Signed JSON."""

import hashlib
import hmac
import json

import pytest

from tests.support.alerting import Posted, notice
from vedette.channels.webhook import create, sign
from vedette.ports.alerts import NotDelivered


async def test_the_receiver_can_check_who_sent_it() -> None:
    post = Posted()
    await create({"url": "https://x.org/h", "secret": "s3cret"}, post).send(notice(url="http://c"))
    ((url, body, headers),) = post.sent
    assert url == "https://x.org/h"
    time, _, given = headers["x-vedette-signature"].partition(",v1=")
    wanted = hmac.new(b"s3cret", time.removeprefix("t=").encode() + b"." + body, hashlib.sha256)
    assert hmac.compare_digest(given, wanted.hexdigest())
    assert headers["x-vedette-delivery"] == "n" * 32
    message = json.loads(body)
    assert message["alerts"][0]["rule"] == "errors"
    assert message["url"] == "http://c"


async def test_without_a_secret_there_is_no_signature() -> None:
    post = Posted()
    await create({"url": "https://x.org/h"}, post).send(notice())
    assert "x-vedette-signature" not in post.sent[0][2]


async def test_a_refusal_is_said_without_the_address() -> None:
    with pytest.raises(NotDelivered) as caught:
        await create({"url": "https://x.org/h"}, Posted(status=500)).send(notice())
    assert "x.org" not in caught.value.message


def test_another_body_or_time_has_another_signature() -> None:
    assert len({sign(b"a", b"k", 1), sign(b"b", b"k", 1), sign(b"a", b"k", 2)}) == 3
