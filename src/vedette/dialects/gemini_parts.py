"""The parts of a `content`, read into neutral ones.

A signature may stand on any part. On a call it stays with the call; on any other part it becomes
a thought without text behind that part, so that it survives a client of another dialect, and
`gemini_part_writer` puts it back.
"""

from collections.abc import Callable, Iterator
from typing import Any

from vedette.dialects.gemini_fields import NAME, camel_fields
from vedette.dialects.gemini_media import read_media
from vedette.dialects.gemini_signatures import read_signature
from vedette.dialects.reading import as_list, as_text
from vedette.model.chat import (
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_Reader = Callable[[dict[str, Any], dict[str, Any]], Iterator[Part]]
_SIGNED = frozenset({"thought", "thoughtSignature"})


def read_parts(values: object) -> Iterator[Part]:
    """The parts of a list of parts; an object that is none of those we know is kept raw."""
    for value in as_list(values):
        if not isinstance(value, dict):
            if text := as_text(value):
                yield TextPart(content=text)
            continue
        part = camel_fields(value)
        if part and part.keys() <= _SIGNED:
            part = {**part, "text": ""}
        for name, read in _KINDS.items():
            if part.get(name) is not None:
                modelled = {name, *_SIGNED}
                extra = {key: kept for key, kept in part.items() if key not in modelled}
                yield from read(part, extra)
                break
        else:
            yield RawPart(content=part, dialect=NAME)


def _text(part: dict[str, Any], extra: dict[str, Any]) -> Iterator[Part]:
    text = as_text(part["text"])
    if part.get("thought") is True:
        yield _thought(part, text, extra)
        return
    if text or extra:
        yield TextPart(content=text, extra=extra)
    yield from _signature(part)


def _thought(part: dict[str, Any], text: str, extra: dict[str, Any]) -> Part:
    """A thought that shows nothing and is signed was redacted by whoever thought it. Others would
    not take one without a signature as theirs, so it says whose it is all the same."""
    signature, source, id = read_signature(as_text(part.get("thoughtSignature")))
    redacted = bool(signature) and not text
    return ReasoningPart(
        content=text,
        signature=signature,
        redacted=redacted,
        source=source or NAME,
        id=id,
        extra=extra,
    )


def _signature(part: dict[str, Any]) -> Iterator[Part]:
    signature, source, id = read_signature(as_text(part.get("thoughtSignature")))
    if signature:
        yield ReasoningPart(content="", signature=signature, source=source, id=id)


def _call(part: dict[str, Any], extra: dict[str, Any]) -> Iterator[Part]:
    call = camel_fields(part["functionCall"])
    rest = _rest(call, "functionCall", ("id", "name", "args"))
    signature, source, _ = read_signature(as_text(part.get("thoughtSignature")))
    arguments = call.get("args")
    yield ToolCallPart(
        name=as_text(call.get("name")),
        id=as_text(call.get("id")),
        arguments={} if arguments is None else arguments,
        signature=signature,
        source=source,
        extra=extra | rest,
    )


def _result(part: dict[str, Any], extra: dict[str, Any]) -> Iterator[Part]:
    answer = camel_fields(part["functionResponse"])
    response = answer.get("response")
    result, is_error = _outcome(response)
    values = [value for value in as_list(answer.get("parts")) if isinstance(value, dict)]
    media = [_result_medium(camel_fields(value)) for value in values]
    shown: list[Part] = [TextPart(content=result)] if isinstance(result, str) and result else []
    yield ToolResultPart(
        id=as_text(answer.get("id")),
        result=result,
        parts=(*shown, *media) if media else (),
        name=as_text(answer.get("name")),
        is_error=is_error,
        extra=extra | _rest(answer, "functionResponse", ("id", "name", "response", "parts")),
    )
    yield from _signature(part)


def _outcome(response: object) -> tuple[Any, bool]:
    """What a tool gave back. `output` and `error` are Google's own words for it; an object in
    them stays where it stands, so that it is written again as it was."""
    if isinstance(response, dict) and len(response) == 1:
        for word in ("output", "error"):
            if word in response and not isinstance(response[word], dict):
                return response[word], word == "error"
        return response, "error" in response
    return ({} if response is None else response), False


def _result_medium(part: dict[str, Any]) -> Part:
    if part.get("inlineData") is None and part.get("fileData") is None:
        return RawPart(content=part, dialect=NAME)
    extra = {key: kept for key, kept in part.items() if key not in ("inlineData", "fileData")}
    return read_media(part, extra)


def _medium(part: dict[str, Any], extra: dict[str, Any]) -> Iterator[Part]:
    if part.get("thought") is True:
        # A draft of a picture: others would take it for the answer.
        yield RawPart(content=part, dialect=NAME)
        return
    yield read_media(part, extra)
    yield from _signature(part)


def _rest(message: dict[str, Any], name: str, known: tuple[str, ...]) -> dict[str, Any]:
    rest = {key: kept for key, kept in message.items() if key not in known}
    return {name: rest} if rest else {}


_KINDS: dict[str, _Reader] = {
    "functionCall": _call,
    "functionResponse": _result,
    "inlineData": _medium,
    "fileData": _medium,
    "text": _text,
}
