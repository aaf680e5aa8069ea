"""A stream that broke off goes on from somebody else.

While a route with `on_break: continue|restart` streams, a writer in the client's dialect keeps step
with what passes, so that it can take over at any event. When the stream breaks, the next target is
asked for the rest (or anew) and its deltas go through a seam (`seam`) into that writer. The client
sees one answer with one id; the span, and an event after the last one, say where it was spliced.

What cannot be taken over ends in an error, as without recovery: a tool call that has begun (half of
its arguments are with the client), several choices, an answer that had already stopped.
"""

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.dialects.contract import StreamWriter
from vedette.dialects.registry import CODECS
from vedette.dialects.splice import set_member
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.seam import Continued, Restarted, Seam
from vedette.gateway.translation import ChatTranslation
from vedette.model.chat import (
    ChatRequest,
    Delta,
    MediaDelta,
    Message,
    ReasoningDelta,
    RefusalDelta,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolStart,
)
from vedette.model.usage import Usage

_INSTRUCTION = (
    "Your previous message was cut off by a network failure. Continue it from the exact character "
    "where it stopped. Do not repeat what you have written, do not apologise, do not comment. If "
    "it stopped in the middle of a word, begin with that word."
)
_CONTINUES = frozenset({"vllm", "sglang"})
"""Kinds of servers that go on with the last message when told to by a field of the request."""
_PREFILLS = frozenset({"ollama", "sim"})
"""Kinds of servers that go on with a last message of the assistant by themselves."""
_PREFILLED_MODELS = re.compile(
    r"claude-(?:instant|2|3|(?:opus|sonnet|haiku)-4-(?:0|1|5|20))|claude-v2", re.IGNORECASE
)
"""Claude models that take a prefill; later ones refuse it."""
_PREFILL_WIRES = frozenset({"anthropic", "bedrock"})


class Splice(msgspec.Struct, frozen=True):
    """Where one answer goes over into another."""

    mode: str
    reason: str
    """Why the first one broke off."""
    from_target: str
    to_target: str
    at_characters: int
    diverged: bool = False


class Recovery:
    """What is needed to go on, kept while one exchange streams."""

    def __init__(self, exchange: Exchange, translation: ChatTranslation) -> None:
        self.writer: StreamWriter = translation.writer()
        self.mode = exchange.plan.on_break
        self.is_active = False
        """True from the first break on."""
        self.refuses_prefill = False
        self.carried: Usage | None = None
        self.carried_nano_usd = 0
        self.splices: list[Splice] = []
        self._asked: ChatRequest = translation.asked
        self._text: list[str] = []
        self._blocked = False
        self._at = 0
        self._reason = ""
        self._from = ""
        self._prefilled = False
        self._seam: Seam | None = None

    @property
    def text(self) -> str:
        """What the client has of the answer's text."""
        return "".join(self._text)

    def note(self, delta: Delta) -> None:
        """The client gets this."""
        match delta:
            case TextDelta(text=text, choice=0):
                self._text.append(text)
            case ReasoningDelta(choice=0):
                pass
            case (
                TextDelta() | ReasoningDelta() | RefusalDelta() | ToolStart() | ToolArguments()
                | MediaDelta() | Stop()
            ):  # fmt: skip
                self._blocked = True
            case _:
                pass

    @property
    def is_possible(self) -> bool:
        """Whether what was delivered can be gone on from."""
        return not self._blocked

    def broke(self, exchange: Exchange, reason: str) -> None:
        """The current answer is over; keep what it cost."""
        self.is_active = True
        self._at = len(self.text)
        self._reason = reason
        self._from = _named(exchange.target)
        if exchange.usage is not None:
            self.carried = total(self.carried, exchange.usage)
        self.carried_nano_usd += exchange.cost_nano_usd or 0
        exchange.usage = exchange.cost_nano_usd = None

    def request(self, target: Target, wire: str) -> bytes:
        """What the next target is asked. Raises Unsupported."""
        model = target.model or self._asked.model
        asked = replace(self._asked, model=model, stream=True)
        text = self.text
        self._prefilled = False
        if self.mode == "restart" or not text.strip():
            self._seam = Restarted(text) if text else None
            return _written(wire, asked)
        kind = target.upstream.settings.kind
        self._prefilled = not self.refuses_prefill and _takes_prefill(kind, wire, asked)
        self._seam = Continued(text, exact=self._prefilled)
        if not self._prefilled:
            return _written(wire, _told_to_continue(asked, text))
        body = _written(wire, _prefilled(asked, text.rstrip()))
        if kind in _CONTINUES:
            body = set_member(body, "continue_final_message", b"true")
            body = set_member(body, "add_generation_prompt", b"false")
        return body

    def refused(self, status: int) -> bool:
        """Whether this refusal may be of the prefill only: then the same target is asked again."""
        if self._prefilled and status in (400, 422) and not self.refuses_prefill:
            self.refuses_prefill = True
            return True
        return False

    def joined(self, text: str) -> str:
        """What is new of a piece of the second answer's text."""
        return text if self._seam is None else self._seam.feed(text)

    def rest(self) -> str:
        """What the seam still holds when the second answer has no more text."""
        return "" if self._seam is None else self._seam.flush()

    def spliced(self, exchange: Exchange, target: Target) -> None:
        """The second answer is with the client: say so on the span."""
        mode = self.mode if self._at else "restart"
        splice = Splice(mode, self._reason, self._from, _named(target), self._at)
        self.splices.append(splice)
        exchange.note("vedette.splice.mode", mode)
        exchange.note("vedette.splice.reason", self._reason)
        exchange.note("vedette.splice.at_characters", str(splice.at_characters))
        exchange.note("vedette.splice.targets", f"{splice.from_target} -> {splice.to_target}")

    def settle(self, exchange: Exchange) -> None:
        """Add what the broken answers cost."""
        if self.carried is not None:
            exchange.usage = total(self.carried, exchange.usage)
        if self.carried_nano_usd:
            exchange.cost_nano_usd = (exchange.cost_nano_usd or 0) + self.carried_nano_usd
        if self._seam is not None and self._seam.diverged:
            exchange.note("vedette.splice.diverged", "true")

    def trailer(self) -> bytes:
        """An event behind the last one: clients have stopped reading or skip what they do not
        know, those that look for it learn what was spliced."""
        if not self.splices:
            return b""
        told = msgspec.json.encode({"splices": self.splices})
        return b"event: vedette.splice\ndata: " + told + b"\n\n"


def _written(wire: str, request: ChatRequest) -> bytes:
    body: bytes = CODECS[wire].write_request(request).body
    return body


def _takes_prefill(kind: str, wire: str, asked: ChatRequest) -> bool:
    if wire in _PREFILL_WIRES:
        thinks = asked.reasoning is not None and asked.reasoning.enabled
        return not thinks and _PREFILLED_MODELS.search(asked.model) is not None
    return kind in _CONTINUES or kind in _PREFILLS


def _prefilled(asked: ChatRequest, text: str) -> ChatRequest:
    said = Message(role="assistant", parts=(TextPart(content=text),))
    return replace(asked, messages=(*asked.messages, said))


def _told_to_continue(asked: ChatRequest, text: str) -> ChatRequest:
    told = Message(role="user", parts=(TextPart(content=_INSTRUCTION),))
    prefilled = _prefilled(asked, text)
    return replace(prefilled, messages=(*prefilled.messages, told))


def _named(target: Target | None) -> str:
    return f"{target.upstream.name}/{target.model}" if target is not None else ""


def total(one: Usage | None, other: Usage | None) -> Usage | None:
    """The sum of two usages, bucket by bucket."""
    if one is None or other is None:
        return one or other
    sums: dict[str, Any] = {
        name: getattr(one, name) + getattr(other, name)
        for name in Usage.__struct_fields__
        if name != "estimated"
    }
    return Usage(**sums, estimated=one.estimated or other.estimated)
