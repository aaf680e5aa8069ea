"""Messages, requests and streamed deltas in the neutral form.

The JSON shape of `Message` and `Part` is that of the OpenTelemetry GenAI conventions
(`gen_ai.input.messages`, `gen_ai.output.messages`): what is stored is what is exported.
Fields a dialect sends and we do not model stay in `extra`, as they were written there.
"""

from typing import Any, Literal

import msgspec

from vedette.model.usage import Usage


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag_field="type"):
    pass


class TextPart(_Part, frozen=True, tag="text", kw_only=True):
    content: str
    extra: dict[str, Any] = {}


class ReasoningPart(_Part, frozen=True, tag="reasoning", kw_only=True):
    content: str
    signature: str = ""
    """The provider's proof that it thought this itself; redacted thinking is nothing else."""
    redacted: bool = False
    source: str = ""
    """Dialect of the provider that signed; another one would refuse the signature."""
    id: str = ""
    extra: dict[str, Any] = {}


class RefusalPart(_Part, frozen=True, tag="refusal", kw_only=True):
    content: str
    extra: dict[str, Any] = {}


class MediaPart(_Part, frozen=True, tag="media", kw_only=True):
    """An image, a sound or a file: by URL, by provider id, or inline.

    In records of the inline ones only the size is kept.
    """

    modality: str
    """`image`, `audio`, `video` or `file`."""
    mime_type: str = ""
    uri: str = ""
    file_id: str = ""
    size_bytes: int = 0
    data: str = ""
    """Base64 of an inline one."""
    name: str = ""
    """File name."""
    extra: dict[str, Any] = {}


class ToolCallPart(_Part, frozen=True, tag="tool_call", kw_only=True):
    name: str
    id: str = ""
    arguments: Any = None
    """Decoded JSON; the raw text where the model wrote invalid JSON."""
    signature: str = ""
    """Gemini signs calls as others sign reasoning."""
    source: str = ""
    """As in `ReasoningPart`."""
    extra: dict[str, Any] = {}


class ToolResultPart(_Part, frozen=True, tag="tool_call_response", kw_only=True):
    id: str = ""
    result: Any = None
    """A text, or JSON as it came."""
    parts: "tuple[Part, ...]" = ()
    """The same part by part, where it is more than one text (images, documents)."""
    name: str = ""
    """Of the tool, where the dialect says it."""
    is_error: bool = False
    extra: dict[str, Any] = {}


class RawPart(_Part, frozen=True, tag="raw", kw_only=True):
    """A part of a kind we do not know, kept as it came."""

    content: Any = None
    dialect: str = ""
    """Who may understand it."""


Part = TextPart | ReasoningPart | RefusalPart | MediaPart | ToolCallPart | ToolResultPart | RawPart


class Message(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One message: who speaks and what, part by part."""

    role: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    finish_reason: str = ""
    extra: dict[str, Any] = {}


class ToolDefinition(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A tool offered to the model."""

    name: str
    description: str = ""
    parameters: Any = None
    """JSON schema of the arguments."""
    strict: bool | None = None
    built_in: str = ""
    """Type of a tool that the provider runs itself (`web_search_20250305`); then `extra` is the
    whole definition, and no other dialect can express it."""
    extra: dict[str, Any] = {}


class ToolChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether the model may, must or must not call tools."""

    mode: Literal["auto", "none", "required", "tool"]
    names: tuple[str, ...] = ()
    """With `tool` the one tool to call; with `auto` and `required` those allowed, empty: all."""


class OutputFormat(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the answer's text must be."""

    kind: Literal["text", "json", "json_schema"]
    schema: Any = None
    name: str = ""
    description: str = ""
    strict: bool | None = None


class Reasoning(msgspec.Struct, frozen=True, omit_defaults=True):
    """How much the model should think; every field may be unset."""

    enabled: bool | None = None
    effort: str = ""
    """`none`, `minimal`, `low`, `medium`, `high`, `xhigh` or what a vendor adds."""
    budget_tokens: int | None = None
    summary: str = ""
    """`auto`, `concise`, `detailed`: whether the thoughts are shown."""


class ChatRequest(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """A request read from any dialect.

    `settings` holds sampling parameters under their GenAI names (`temperature`, `top_p`, `top_k`,
    `max_tokens`, `stop_sequences`, `seed`, `frequency_penalty`, `presence_penalty`,
    `choice.count`); `unknown` the fields we have no name for, under the names of `dialect`.
    System instructions are messages of role `system` or `developer`, tool results messages of
    role `tool` (or parts of a `user` message, where the dialect puts them there).
    """

    model: str
    messages: tuple[Message, ...] = ()
    tools: tuple[ToolDefinition, ...] = ()
    tool_choice: ToolChoice | None = None
    parallel_tools: bool | None = None
    output_format: OutputFormat | None = None
    reasoning: Reasoning | None = None
    settings: dict[str, Any] = {}
    stream: bool = False
    include_usage: bool = False
    """Whether the client asked for figures in a stream (dialects that always send them: True)."""
    user: str = ""
    metadata: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    dialect: str = ""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """A whole answer, streamed or not, read from any dialect."""

    id: str = ""
    model: str = ""
    messages: tuple[Message, ...] = ()
    finish_reasons: tuple[str, ...] = ()
    usage: Usage | None = None
    error: str = ""
    """`type: message` of an error that came inside the answer, else empty."""
    created_s: int = 0
    """Unix time, where the dialect says it."""
    stop_sequence: str = ""
    """The one that ended it."""
    extra: dict[str, Any] = {}
    dialect: str = ""
    """Whose words stand in each `extra`: writers of another dialect leave them out."""


class _Delta(msgspec.Struct, frozen=True, tag_field="kind"):
    pass


class Start(_Delta, frozen=True, tag="start"):
    """The answer has begun: id and model, no output yet."""

    id: str = ""
    model: str = ""
    form: str = ""
    """In which of its formats, where a dialect has several."""


class TextDelta(_Delta, frozen=True, tag="text"):
    text: str
    choice: int = 0


class ReasoningDelta(_Delta, frozen=True, tag="reasoning"):
    text: str
    choice: int = 0
    signature: str = ""
    redacted: bool = False
    source: str = ""
    """As in `ReasoningPart`; set with the signature."""
    id: str = ""


class RefusalDelta(_Delta, frozen=True, tag="refusal"):
    text: str
    choice: int = 0


class ToolStart(_Delta, frozen=True, tag="tool_start"):
    index: int
    """Ordinal among the tool calls of this choice."""
    id: str
    name: str
    choice: int = 0
    signature: str = ""
    source: str = ""


class ToolArguments(_Delta, frozen=True, tag="tool_arguments"):
    index: int
    fragment: str
    choice: int = 0


class ToolEnd(_Delta, frozen=True, tag="tool_end"):
    index: int
    choice: int = 0


class MediaDelta(_Delta, frozen=True, tag="media"):
    """A piece of sound or picture in the answer; in records only its size is kept."""

    modality: str
    size_bytes: int
    choice: int = 0
    file_id: str = ""
    mime_type: str = ""
    data: str = ""
    """Base64, whole: pieces of one sound decode one by one."""


class UsageDelta(_Delta, frozen=True, tag="usage"):
    usage: Usage


class Stop(_Delta, frozen=True, tag="stop"):
    """A choice has ended with this reason, in the dialect's own word.

    Writers take the neutral words of `dialects.stops` instead.
    """

    reason: str
    choice: int = 0
    sequence: str = ""
    """The stop sequence that ended it, where the dialect says it."""


class End(_Delta, frozen=True, tag="end"):
    """The terminal event of the dialect (`[DONE]`, `message_stop`)."""


class ErrorDelta(_Delta, frozen=True, tag="error"):
    message: str
    type: str = ""
    code: str = ""


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
