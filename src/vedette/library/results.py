"""What calls in process give back."""

from decimal import Decimal
from typing import Any

import msgspec

from vedette.model.chat import Message, ReasoningPart, RefusalPart, TextPart, ToolCallPart
from vedette.model.usage import Usage


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What happened on the way; the `x-vedette-*` facts of an answer."""

    request_id: str = ""
    trace_id: str = ""
    provider: str = ""
    model: str = ""
    attempts: int = 0
    is_fallback: bool = False
    cache: str = "off"
    cost_usd: Decimal | None = None
    """At list or configured price; None where it is not known."""
    dropped: tuple[str, ...] = ()
    """Parameters that the provider's dialect has no place for."""


class ChatResult(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer."""

    text: str
    reasoning: str = ""
    refusal: str = ""
    tool_calls: tuple[ToolCallPart, ...] = ()
    finish_reason: str = ""
    usage: Usage | None = None
    id: str = ""
    model: str = ""
    """The model that answered, by its own word."""
    call: Call = Call()
    raw: dict[str, Any] | None = None
    """The answer in OpenAI's chat format; None of a stream."""

    @property
    def cost_usd(self) -> Decimal | None:
        return self.call.cost_usd


class Embeddings(msgspec.Struct, frozen=True, kw_only=True):
    """Vectors, in the order of the inputs."""

    vectors: tuple[tuple[float, ...], ...]
    usage: Usage | None = None
    model: str = ""
    call: Call = Call()


class UsageReport(msgspec.Struct, frozen=True, kw_only=True):
    """What this process has used so far."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = Decimal(0)
    by_model: dict[str, "UsageReport"] = {}


class TargetState(msgspec.Struct, frozen=True, kw_only=True):
    """How one target is doing."""

    provider: str
    model: str
    state: str
    """`closed`, `open` or `half_open`."""
    in_flight: int
    last_error: str


def spoken(messages: tuple[Message, ...]) -> dict[str, Any]:
    """Fields of `ChatResult` that stand in the first choice of an answer."""
    parts = messages[0].parts if messages else ()
    return {
        "text": "".join(part.content for part in parts if isinstance(part, TextPart)),
        "reasoning": "".join(part.content for part in parts if isinstance(part, ReasoningPart)),
        "refusal": "".join(part.content for part in parts if isinstance(part, RefusalPart)),
        "tool_calls": tuple(part for part in parts if isinstance(part, ToolCallPart)),
    }
