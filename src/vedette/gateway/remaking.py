"""The request that is sent when a model is asked anew.

In the client's own dialect, so that everything the client said goes along: read, changed, written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from vedette.dialects.contract import Unsupported
from vedette.dialects.reading import Unreadable
from vedette.dialects.registry import CODECS
from vedette.gateway.exchange import Exchange
from vedette.guard.transforms import transform
from vedette.model.chat import ChatRequest, Message, Part, TextPart
from vedette.model.policy import Action, Verdict

_ONE_PROMPT: Final = frozenset({"openai_completions", "ollama_generate"})
"""Dialects without turns."""
_WORDS: Final = (
    "Your last answer cannot be passed on: it was found to hold {{ kinds }} (rule {{ rule }}). "
    "Answer once more, so that it does not. Say only the new answer."
)
_MOST_CHARS: Final = 100_000


def with_settings(exchange: Exchange, settings: Mapping[str, Any]) -> bytes:
    """The request with other parameters, and with `system` as one more instruction. Raises
    Unsupported."""
    changes = {name: value for name, value in settings.items() if name not in ("system", "times")}
    hint = settings.get("system", "")
    if not changes and not hint:
        return exchange.body
    asked = _read(exchange)
    asked = replace(asked, settings={**asked.settings, **changes})
    if hint:
        said = (TextPart(content=hint),)
        role = "user" if exchange.endpoint.dialect == "openai_completions" else "system"
        asked = replace(asked, messages=_with_hint(asked.messages, Message(role, said)))
    return _written(exchange, asked)


def with_complaint(
    exchange: Exchange, action: Action, verdict: Verdict, said: Sequence[str]
) -> bytes:
    """The request, its answer and what was wrong with it. Raises Unsupported."""
    values = {
        "rule": verdict.ended_by, "where": "output", "text": "\n\n".join(said),
        "kinds": ", ".join(dict.fromkeys(finding.kind for finding in verdict.findings))
        or "what it must not",
    }  # fmt: skip
    words = transform(action.text or _WORDS, values)
    answer = "\n\n".join(said)[:_MOST_CHARS]
    asked = _read(exchange)
    if exchange.endpoint.dialect in _ONE_PROMPT:
        told = TextPart(content=f"\n\n{answer}\n\n{words}\n\n")
        asked = replace(asked, messages=_with_more(asked.messages, told))
    else:
        turns = (
            Message("assistant", (TextPart(content=answer or "(no words)"),)),
            Message("user", (TextPart(content=words),)),
        )
        asked = replace(asked, messages=(*asked.messages, *turns))
    return _written(exchange, asked)


def _read(exchange: Exchange) -> ChatRequest:
    codec = CODECS.get(exchange.endpoint.dialect)
    if codec is None or not hasattr(codec, "write_request"):
        raise Unsupported(exchange.endpoint.dialect or "uploads", "cannot be asked anew.")
    try:
        request: ChatRequest = codec.read_request(exchange.body)
    except Unreadable:
        raise Unsupported("messages", "cannot be read.") from None
    return replace(request, model=exchange.requested_model, stream=exchange.stream)


def _written(exchange: Exchange, asked: ChatRequest) -> bytes:
    body: bytes = CODECS[exchange.endpoint.dialect].write_request(asked).body
    return body


def _with_hint(messages: tuple[Message, ...], hint: Message) -> tuple[Message, ...]:
    """The messages with one more instruction, behind those there are."""
    if hint.role != "system":
        (text,) = hint.parts
        assert isinstance(text, TextPart)
        first, *rest = messages or (Message("user"),)
        parts: tuple[Part, ...] = (TextPart(content=f"{text.content}\n\n"), *first.parts)
        return (replace(first, parts=_joined(parts)), *rest)
    for at, message in enumerate(messages):
        if message.role in ("system", "developer"):
            both = replace(message, parts=(*message.parts, *hint.parts))
            return (*messages[:at], both, *messages[at + 1 :])
    return (hint, *messages)


def _with_more(messages: tuple[Message, ...], more: TextPart) -> tuple[Message, ...]:
    """The last prompt, going on."""
    *before, last = messages or (Message("user"),)
    return (*before, replace(last, parts=_joined((*last.parts, more))))


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Texts that stand side by side as one: several would be several prompts."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, TextPart) and isinstance(before, TextPart):
            joined[-1] = TextPart(content=before.content + part.content)
        else:
            joined.append(part)
    return tuple(joined)
