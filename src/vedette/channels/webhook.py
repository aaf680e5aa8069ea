"""Any receiver of JSON: one signed POST a message.

    POST <url>
    x-vedette-delivery: <id>                the same in every attempt
    x-vedette-signature: t=<unix s>,v1=<hex>     HMAC-SHA256 of "<t>.<body>" with `secret`

The body is `{"id", "project", "time", "url", "alerts": [...], "left_out"}`. Receivers compare the
signature in constant time and refuse old times.
"""

import hashlib
import hmac
from collections.abc import Mapping

import msgspec

from vedette.channels.answers import check, read_options, read_url
from vedette.channels.wording import fields_of, time_of
from vedette.model.alert import Notice
from vedette.ports.alerts import Option, Post

OPTIONS = (
    Option(name="url", label="Address", is_secret=True, is_needed=True),
    Option(name="secret", label="Secret that signs messages", is_secret=True),
)


class Webhook:
    """A receiver of signed JSON."""

    def __init__(self, url: str, secret: str, post: Post) -> None:
        self._url = url
        self._secret = secret.encode()
        self._post = post

    async def send(self, notice: Notice) -> None:
        body = msgspec.json.encode({
            "id": notice.id, "project": notice.project_id, "time": time_of(notice.at_ns),
            "url": notice.url, "left_out": notice.left_out,
            "alerts": [fields_of(line) for line in notice.lines],
        })  # fmt: skip
        headers = {"x-vedette-delivery": notice.id}
        if self._secret:
            headers["x-vedette-signature"] = sign(body, self._secret, notice.at_ns // 10**9)
        check(await self._post(self._url, body, headers), "The webhook")


def sign(body: bytes, secret: bytes, at_s: int) -> str:
    """The value of `x-vedette-signature`."""
    digest = hmac.new(secret, b"%d." % at_s + body, hashlib.sha256).hexdigest()
    return f"t={at_s},v1={digest}"


def create(options: Mapping[str, str], post: Post) -> Webhook:
    """Raises ConfigError."""
    found = read_options(options, OPTIONS)
    return Webhook(read_url(found), found["secret"], post)
