"""Bodies behind an offer to upgrade."""

import httptools
import pytest

from vedette.http1.framing import Refused
from vedette.http1.upgrade import body_parser, offers_websocket


class Owner:
    def __init__(self) -> None:
        self.body = b""
        self.said: list[str] = []

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.said.append("complete")

    def renew_parser(self) -> None:
        self.said.append("renew")


@pytest.mark.parametrize(
    ("length", "sent"), [(5, b"hello"), (None, b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")]
)
def test_a_body_is_read_to_its_end_in_any_pieces(length: int | None, sent: bytes) -> None:
    for cut in range(1, len(sent)):
        owner = Owner()
        parser = body_parser(owner, length)
        parser.feed_data(sent[:cut])
        parser.feed_data(sent[cut:])
        assert owner.body == b"hello"
        assert owner.said == ["complete", "renew"]


def test_a_request_right_behind_the_body_is_refused() -> None:
    parser = body_parser(Owner(), 2)
    with pytest.raises(httptools.HttpParserCallbackError) as error:
        parser.feed_data(b"hiGET / HTTP/1.1\r\n")
    assert isinstance(error.value.__context__, Refused)


@pytest.mark.parametrize(
    ("method", "version", "offered", "opens"),
    [
        ("GET", "1.1", [b"websocket"], True),
        ("GET", "1.1", [b" WebSocket "], True),
        ("POST", "1.1", [b"websocket"], False),
        ("GET", "1.0", [b"websocket"], False),
        ("GET", "1.1", [b"h2c"], False),
        ("GET", "1.1", [b"h2c, websocket"], False),
        ("GET", "1.1", [b"websocket", b"websocket"], False),
    ],
    ids=["plain", "other-case", "post", "old", "h2c", "choice", "twice"],
)
def test_only_a_get_that_offers_nothing_else_opens_a_websocket(
    method: str, version: str, offered: list[bytes], opens: bool
) -> None:
    headers = [(b"host", b"x"), *((b"upgrade", value) for value in offered)]
    assert offers_websocket(method, version, headers) is opens
