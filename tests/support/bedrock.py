"""Our own tapes of Bedrock, and short ways to read and write it."""

from msgspec.structs import replace

from tests.support.recordings import OWN
from vedette.dialects import bedrock
from vedette.dialects.contract import WriteContext
from vedette.dialects.eventstream import EventStreamReader
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    Message,
    Part,
    RawPart,
    RefusalPart,
    ToolCallPart,
    ToolResultPart,
)

TAPES = sorted(path.stem for path in (OWN / "bedrock").glob("*.eventstream"))
CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"
LLAMA = "meta.llama3-1-70b-instruct-v1:0"


def streamed(tape: str) -> bytes:
    return (OWN / "bedrock" / f"{tape}.eventstream").read_bytes()


def whole(tape: str) -> bytes:
    return (OWN / "bedrock" / f"{tape}.json").read_bytes()


def deltas(*pieces: bytes) -> list[Delta]:
    """What a stream says, read in these pieces."""
    frames, stream = EventStreamReader(), bedrock.StreamReader()
    events = [event for piece in pieces for event in frames.feed(piece)] + frames.close()
    return [delta for event in events for delta in stream.read(event.data)]


def context(request: ChatRequest | None = None) -> WriteContext:
    return WriteContext(
        request=request or ChatRequest(model="m"), model="m", id="0123456789abcdef", created_s=1
    )


def plain(answer: Answer) -> Answer:
    """Without what only whole answers have: metrics, traces."""
    messages = tuple(
        replace(message, extra={}, parts=tuple(map(_plain, message.parts)))
        for message in answer.messages
    )
    return replace(answer, messages=messages, extra={}, dialect="")


def _plain(part: Part) -> Part:
    return part if isinstance(part, RawPart | RefusalPart) else replace(part, extra={})


def chat(*parts: Part, role: str = "user", model: str = CLAUDE, dialect: str = "x") -> ChatRequest:
    """A request of another dialect with one message."""
    return ChatRequest(model=model, messages=(Message(role, parts),), dialect=dialect)


def called() -> tuple[Message, ...]:
    """A conversation in which a tool was called and has answered."""
    return (
        Message("user", ()),
        Message("assistant", (ToolCallPart(name="f", id="c1", arguments={"a": 1}),)),
        Message("tool", (ToolResultPart(id="c1", result="42"),)),
    )
