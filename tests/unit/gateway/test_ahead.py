"""What of a stream passes before it is looked at: all but its end."""

from tests.support.answers import chat_events
from vedette.dialects import openai_chat
from vedette.dialects.framing import SSEReader
from vedette.gateway.ahead import Ahead
from vedette.gateway.channels import Item, Piece

EVENTS = chat_events(["It ", "is ", "so."], usage=True)


def items(data: bytes) -> list[Item]:
    reader, frames = openai_chat.StreamReader(), SSEReader()
    return [
        Item(event.raw, event.data, [Piece(delta, None, "") for delta in reader.read(event.data)])
        for event in frames.feed(data)
    ]


def test_all_but_the_end_goes_ahead() -> None:
    ahead, came = Ahead(), items(b"".join(EVENTS))
    assert ahead.told(came) == b"".join(EVENTS[:4])
    assert [item.is_told for item in came] == [True] * 4 + [False] * 3


def test_what_follows_an_end_waits_too() -> None:
    ahead, came = Ahead(), items(b"".join(EVENTS))
    assert ahead.told(came[:5]) == b"".join(EVENTS[:4])
    assert ahead.told(came[5:]) == b""
