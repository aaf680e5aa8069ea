"""Streams of `InvokeModelWithResponseStream` in the formats that are a prompt and a text.

A request for a prompt does not tell these formats apart; the first event of the answer does
(`Start.form`). Before there is one, the names of the settings and of the model must do.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from vedette.dialects import bedrock_writer
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.bedrock_invoke_texts import write_metrics
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.eventstream import frame
from vedette.model.chat import Delta, RefusalDelta, Start, Stop, TextDelta, UsageDelta
from vedette.model.usage import Usage

_encode = msgspec.json.Encoder().encode
_Words = Mapping[str, str]
_OPEN_MODELS: Final[_Words] = MappingProxyType(
    {"length": "length", "content_filter": "content_filter"}
)
_COHERE: Final[_Words] = MappingProxyType(
    {"": "COMPLETE", "length": "MAX_TOKENS", "content_filter": "ERROR_TOXIC", "error": "ERROR",
     "stop_sequence": "STOP_SEQUENCE"}
)  # fmt: skip
_CLAUDE: Final[_Words] = MappingProxyType(
    {"": "stop_sequence", "length": "max_tokens", "content_filter": "content_filtered"}
)
_TITAN: Final[_Words] = MappingProxyType(
    {"": "FINISH", "length": "LENGTH", "content_filter": "CONTENT_FILTERED",
     "stop_sequence": "STOP_CRITERIA_MET"}
)  # fmt: skip


class Form(msgspec.Struct, frozen=True):
    """One vendor's events."""

    event: Callable[[str, str | None, int], dict[str, Any]]
    """One that says a text, or why the choice ended; with its number."""
    words: _Words
    """Neutral words for why it ended -> the vendor's; "" is for all others."""

    def word(self, reason: str) -> str:
        return self.words.get(reason, self.words.get("", "stop"))


def _claude(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    return {"type": "completion", "completion": text, "stop_reason": reason, "stop": None}


def _llama(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    return {
        "generation": text, "prompt_token_count": None, "generation_token_count": None,
        "stop_reason": reason,
    }  # fmt: skip


def _titan(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    return {"outputText": text, "index": choice, "completionReason": reason}


def _mistral(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    return {"outputs": [{"text": text, "stop_reason": reason}]}


def _command(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    if reason is None:
        return {"text": text, "is_finished": False, "index": choice}
    return {"is_finished": True, "finish_reason": reason, "index": choice}


def _command_r(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    if reason is None:
        return {"event_type": "text-generation", "is_finished": False, "text": text}
    return {"event_type": "stream-end", "is_finished": True, "finish_reason": reason}


def _generations(text: str, reason: str | None, choice: int) -> dict[str, Any]:
    return {"generations": [{"text": text, "finish_reason": reason, "index": choice}]}


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "completion": Form(_claude, _CLAUDE),
        "generation": Form(_llama, _OPEN_MODELS),
        "outputText": Form(_titan, _TITAN),
        "outputs": Form(_mistral, _OPEN_MODELS),
        "generations": Form(_generations, _COHERE),
        "text": Form(_command, _COHERE),
        "event_type": Form(_command_r, _COHERE),
    }
)
"""By the mark that an event has (`bedrock_invoke_texts.form_of`)."""
_BY_SETTING = (
    ("max_tokens_to_sample", "completion"), ("max_gen_len", "generation"),
    ("inputText", "outputText"), ("message", "event_type"),
)  # fmt: skip
_BY_MODEL = (("cohere", "text"), ("claude", "completion"), ("llama", "generation"))


def guessed(fields: Mapping[str, Any], model: str) -> str:
    """The form that most likely answers such a request."""
    told = (form for name, form in _BY_SETTING if name in fields)
    named = (form for name, form in _BY_MODEL if name in model.lower())
    return next(told, next(named, "outputs"))


class TextsWriter:
    """Writes one stream."""

    __slots__ = ("_context", "_form", "_stops", "_usage")

    def __init__(self, context: WriteContext, form: str) -> None:
        self._context = context
        self._form = FORMS[form]
        self._stops: dict[int, str] = {}
        self._usage: Usage | None = None

    def write(self, delta: Delta) -> bytes:
        """The frame that tells of it; why it ended and what was counted waits for the end."""
        match delta:
            case Start(form=form):
                self._form = FORMS.get(form, self._form)
            case TextDelta(text=text, choice=choice) | RefusalDelta(text=text, choice=choice):
                return _framed(self._form.event(text, None, choice))
            case Stop(reason=reason, choice=choice):
                self._stops[choice] = reason
            case UsageDelta(usage=usage):
                self._usage = usage
            case _:
                pass
        return b""

    def end(self) -> bytes:
        """Why each choice ended, and Bedrock's figures in the last event."""
        form = self._form
        events = [
            form.event("", form.word(reason), choice) for choice, reason in self._stops.items()
        ]
        if not events:
            events = [form.event("", form.word("stop"), 0)]
        events[-1] |= write_metrics(self._usage)
        return b"".join(map(_framed, events))

    def error(self, fault: Fault) -> bytes:
        """The frame that Bedrock ends a stream with that failed."""
        return bedrock_writer.StreamWriter(self._context).error(fault)


def _framed(event: Mapping[str, Any]) -> bytes:
    return frame("chunk", chunk(_encode(event)))
