"""Messages, requests and streamed deltas in the neutral form.

The JSON shape of `Message` and `Part` is that of the OpenTelemetry GenAI conventions
(`gen_ai.input.messages`, `gen_ai.output.messages`): what is stored is what is exported.
Fields a dialect sends and we do not model stay in `extra`.
"""

from typing import Any

import msgspec

from vedette.model.usage import Usage


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    pass


class TextPart(_Part, frozen=True, tag="text", kw_only=True):
    content: str


class ReasoningPart(_Part, frozen=True, tag="reasoning", kw_only=True):
    content: str
    signature: str = ""
    redacted: bool = False


class RefusalPart(_Part, frozen=True, tag="refusal", kw_only=True):
    content: str


class MediaPart(_Part, frozen=True, tag="media", kw_only=True):
    """An image, a sound or a file: by URL, by provider id, or inline (only its size kept)."""

    modality: str
    """`image`, `audio`, `video` or `file`."""
    mime_type: str = ""
    uri: str = ""
    file_id: str = ""
    size_bytes: int = 0


class ToolCallPart(_Part, frozen=True, tag="tool_call", kw_only=True):
    name: str
    id: str = ""
    arguments: Any = None
    """Decoded JSON; the raw text where the model wrote invalid JSON."""


class ToolResultPart(_Part, frozen=True, tag="tool_call_response", kw_only=True):
    id: str = ""
    result: Any = None


class RawPart(_Part, frozen=True, tag="raw", kw_only=True):
    """A part of a kind we do not know, kept as it came."""

    content: Any = None


Part = TextPart | ReasoningPart | RefusalPart | MediaPart | ToolCallPart | ToolResultPart | RawPart


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message: who speaks and what, part by part."""

    role: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    finish_reason: str = ""
    extra: dict[str, Any] = {}


class ToolDefinition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool offered to the model."""

    name: str
    description: str = ""
    parameters: Any = None


class ChatRequest(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A request read from any dialect.

    `settings` holds sampling parameters under their GenAI names (`temperature`, `top_p`,
    `max_tokens`, `stop_sequences`, `seed`, ...); `unknown` the fields we have no name for.
    """

    model: str
    messages: tuple[Message, ...] = ()
    tools: tuple[ToolDefinition, ...] = ()
    settings: dict[str, Any] = {}
    stream: bool = False
    user: str = ""
    metadata: dict[str, Any] = {}
    unknown: dict[str, Any] = {}


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A whole answer, streamed or not, read from any dialect."""

    id: str = ""
    model: str = ""
    messages: tuple[Message, ...] = ()
    finish_reasons: tuple[str, ...] = ()
    usage: Usage | None = None
    error: str = ""
    """`type: message` of an error that came inside the answer, else empty."""


class _Delta(msgspec.Struct, frozen=True, tag_field="kind"):
    pass


class Start(_Delta, frozen=True, tag="start"):
    """The answer has begun: id and model, no output yet."""

    id: str = ""
    model: str = ""


class TextDelta(_Delta, frozen=True, tag="text"):
    text: str
    choice: int = 0


class ReasoningDelta(_Delta, frozen=True, tag="reasoning"):
    text: str
    choice: int = 0
    signature: str = ""
    redacted: bool = False


class RefusalDelta(_Delta, frozen=True, tag="refusal"):
    text: str
    choice: int = 0


class ToolStart(_Delta, frozen=True, tag="tool_start"):
    index: int
    """Ordinal among the tool calls of this choice."""
    id: str
    name: str
    choice: int = 0


class ToolArguments(_Delta, frozen=True, tag="tool_arguments"):
    index: int
    fragment: str
    choice: int = 0


class ToolEnd(_Delta, frozen=True, tag="tool_end"):
    index: int
    choice: int = 0


class MediaDelta(_Delta, frozen=True, tag="media"):
    """A piece of sound or picture in the answer; only its size is kept."""

    modality: str
    size_bytes: int
    choice: int = 0
    file_id: str = ""


class UsageDelta(_Delta, frozen=True, tag="usage"):
    usage: Usage


class Stop(_Delta, frozen=True, tag="stop"):
    """A choice has ended with this reason, in the dialect's own word."""

    reason: str
    choice: int = 0


class End(_Delta, frozen=True, tag="end"):
    """The terminal event of the dialect (`[DONE]`, `message_stop`)."""


class ErrorDelta(_Delta, frozen=True, tag="error"):
    message: str
    type: str = ""


class RawDelta(_Delta, frozen=True, tag="raw"):
    """An event that means nothing to us: kept, never an error."""

    data: bytes


Delta = (
    Start
    | TextDelta
    | ReasoningDelta
    | RefusalDelta
    | ToolStart
    | ToolArguments
    | ToolEnd
    | MediaDelta
    | UsageDelta
    | Stop
    | End
    | ErrorDelta
    | RawDelta
)
