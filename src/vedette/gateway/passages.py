"""The texts of a call as the guard sees them, and the way back into the body.

What the guard changes is changed in the body that came, so that everything else in it stays as it
was: a text is found there by being equal. What cannot be found (a dialect that joins pieces) is
never let through unchanged; see `rewritten`.
"""

from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from vedette.dialects.reading import JSON_ERRORS, as_mapping, decode_whole
from vedette.dialects.registry import CODECS
from vedette.errors import VedetteError
from vedette.guard.engine import Passage
from vedette.guard.reading import (
    WHERE_OF_ROLE,
    leaves,
    passages_of,
    text_of_file,
    texts_of_blocks,
)
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    TextPart,
    ToolResultPart,
)
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

_ASKED = (
    "input", "prompt", "query", "documents", "texts", "contents", "content", "instances",
    "messages", "instructions",
)  # fmt: skip
"""Where calls that are no chats have their texts."""
_BESIDE = (("prediction", "content"), ("prompt", "variables"))
"""Where requests of OpenAI's kind have texts besides their messages."""
_GIVEN = frozenset({"input", "tool_result", "document"})
"""What an answer may rest on."""
_FORM = frozenset(
    """category created_at created createTime done_reason finishReason finish_reason id model
    modelVersion object probability responseId role service_tier status stopReason stop_reason
    system_fingerprint type""".split()
)
"""Fields that say nothing of what was said."""
_DEPTH = 32
_NO_EVIDENCE = Evidence()
_KNOWN_REQUESTS = {
    name: codec.known_request for name, codec in CODECS.items() if hasattr(codec, "known_request")
}
_PLAIN_REQUESTS = {
    name: codec.plain_request for name, codec in CODECS.items() if hasattr(codec, "plain_request")
}
_PLAIN_ANSWERS = {
    name: codec.plain_answer for name, codec in CODECS.items() if hasattr(codec, "plain_answer")
}


Unmask = Callable[[str, Where], str]
"""Puts back what was masked, in a text that stands there."""


def as_it_is(text: str, _: Where) -> str:
    """Nothing was masked."""
    return text


class NotRewritten(VedetteError):
    """A text that must not pass could not be changed in its place."""

    code = "guard_not_rewritten"


def of_request(request: ChatRequest) -> list[Passage]:
    """The texts of a request. What the model said before is output, also here."""
    found = passages_of(request.messages, default="input")
    for name, place in _BESIDE:
        if name in request.unknown:
            said = as_mapping(request.unknown[name]).get(place)
            found += (Passage(text=text) for text in leaves(said) if text)
    return found


def uninspected(messages: Iterable[Message]) -> Counter[str]:
    """What no detector looks at, by its kind: pictures, sounds, files."""
    found: Counter[str] = Counter()
    for message in messages:
        _count_media(message.parts, found)
    return found


def _count_media(parts: Iterable[Part], found: Counter[str]) -> None:
    for part in parts:
        if isinstance(part, MediaPart):
            if not (texts_of_blocks(part) or text_of_file(part)):
                found[part.modality] += 1
        elif isinstance(part, ToolResultPart):
            _count_media(part.parts, found)


def of_answer(answer: Answer, evidence: Evidence) -> list[Passage]:
    """The texts of an answer."""
    return passages_of(answer.messages, default="output", evidence=evidence)


def of_plain_request(dialect: str, body: bytes) -> list[Passage]:
    """The texts of a request that has nothing else, quickly; none of any other one."""
    read = _PLAIN_REQUESTS.get(dialect)
    return _of_plain(read(body) or (), "input", _NO_EVIDENCE) if read is not None else []


def of_known_request(dialect: str, body: bytes) -> list[Passage]:
    """The same, of a request that no server reads otherwise than we do."""
    read = _KNOWN_REQUESTS.get(dialect)
    return _of_plain(read(body) or (), "input", _NO_EVIDENCE) if read is not None else []


def of_plain_answer(dialect: str, body: bytes, evidence: Evidence) -> list[Passage]:
    """The same of a whole answer."""
    read = _PLAIN_ANSWERS.get(dialect)
    return _of_plain(read(body) or (), "output", evidence) if read is not None else []


def _of_plain(said: Iterable[tuple[str, str]], default: Where, evidence: Evidence) -> list[Passage]:
    found = []
    for role, text in said:
        where = WHERE_OF_ROLE.get(role, default)
        found.append(Passage(text=text, where=where, evidence=evidence))
    return found


def of_other(body: bytes) -> list[Passage]:
    """The texts of a JSON body that is no chat (embeddings, images, moderations)."""
    try:
        tree = decode_whole(body)
    except JSON_ERRORS:
        return []
    if not isinstance(tree, dict):
        return []
    return [Passage(text=text) for name in _ASKED for text in leaves(tree.get(name)) if text]


def of_unread(body: bytes) -> list[Passage]:
    """All texts of an answer of which its dialect reads nothing."""
    try:
        tree = _without_form(decode_whole(body))
    except JSON_ERRORS:
        return []
    return [Passage(text=text, where="output") for text in leaves(tree) if text]


def _without_form(value: Any, depth: int = 0) -> Any:
    if depth > _DEPTH:
        return None
    if isinstance(value, list):
        return [_without_form(inner, depth + 1) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = ((name, inner) for name, inner in value.items() if name not in _FORM)
    return {name: _without_form(inner, depth + 1) for name, inner in kept}


def evidence_of(request: ChatRequest | None) -> Evidence:
    """What the request says that detectors of the answer need."""
    if request is None:
        return Evidence()
    system = (
        part.content
        for message in request.messages
        if WHERE_OF_ROLE.get(message.role) == "system"
        for part in message.parts
        if isinstance(part, TextPart)
    )
    said = [passage for passage in of_request(request) if passage.where in _GIVEN]
    wanted = request.output_format
    return Evidence(
        system_prompt="\n".join(system),
        schema=wanted.schema if wanted is not None else None,
        tools={tool.name: tool.parameters for tool in request.tools if tool.name},
        question=next((p.text for p in reversed(said) if p.where == "input"), ""),
        sources=tuple(p.text for p in said if p.where != "input"),
    )


def evidence_of_plain(said: Sequence[Passage]) -> Evidence:
    """The same of a request that has nothing but texts."""
    system, question = [], ""
    for passage in said:
        if passage.where == "system":
            system.append(passage.text)
        elif passage.where == "input":
            question = passage.text
    return Evidence(system_prompt="\n".join(system), question=question)


def swaps_of(passage: Passage, edited: str) -> dict[str, str]:
    """Which texts of the body have to be exchanged for this passage to read `edited`.

    Raises NotRewritten where arguments of a tool would be no JSON any more.
    """
    if passage.where != "tool_arguments":
        return {passage.text: edited}
    try:
        before = msgspec.json.decode(passage.text)
    except JSON_ERRORS:
        return {passage.text: edited}
    try:
        after = msgspec.json.decode(edited)
    except JSON_ERRORS:
        after = None
    one, other = list(leaves(before)), list(leaves(after))
    if after is None or len(one) != len(other):
        raise NotRewritten("Arguments of a tool would be no JSON without what must not pass.")
    return {old: new for old, new in zip(one, other, strict=True) if old != new}


def rewritten(body: bytes, swaps: Mapping[str, str]) -> bytes:
    """The JSON body with every text that equals a key of `swaps` exchanged.

    Raises NotRewritten where one of them is not found.
    """
    found: set[str] = set()
    tree = _swapped(decode_whole(body), swaps, found, 0)
    if len(found) < len(swaps):
        left = {old: new for old, new in swaps.items() if old not in found}
        tree = _with_files(tree, left, found)
    if len(found) < len(swaps):
        raise NotRewritten("A text that has to be changed could not be found in the body.")
    return msgspec.json.encode(tree)


def _swapped(value: Any, swaps: Mapping[str, str], found: set[str], depth: int) -> Any:
    if isinstance(value, str):
        if value in swaps:
            found.add(value)
            return swaps[value]
        return _inside(value, swaps, found, depth) if value[:1] in ("{", "[") else value
    if depth > _DEPTH:
        return value
    if isinstance(value, dict):
        return {name: _swapped(inner, swaps, found, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_swapped(inner, swaps, found, depth + 1) for inner in value]
    return value


def _with_files(tree: Any, swaps: Mapping[str, str], found: set[str]) -> Any:
    """The same for texts that came as files: in base64 of either alphabet, alone or in a URL."""
    known: dict[str, tuple[str, str]] = {}
    for old, new in swaps.items():
        for encode in (b64encode, urlsafe_b64encode):
            before, after = (
                encode(text.encode("utf-8", "replace")).decode() for text in (old, new)
            )
            known[before] = known[before.rstrip("=")] = (old, after)

    def exchanged(value: Any, depth: int) -> Any:
        if isinstance(value, str):
            head, mark, last = value.rpartition(";base64,")
            if last not in known:
                return value
            old, after = known[last]
            found.add(old)
            return head + mark + after
        if depth > _DEPTH:
            return value
        if isinstance(value, dict):
            return {name: exchanged(inner, depth + 1) for name, inner in value.items()}
        if isinstance(value, list):
            return [exchanged(inner, depth + 1) for inner in value]
        return value

    return exchanged(tree, 0)


def _inside(value: str, swaps: Mapping[str, str], found: set[str], depth: int) -> str:
    """Arguments of tools are JSON in a text."""
    try:
        inner = msgspec.json.decode(value)
    except JSON_ERRORS:
        return value
    swapped = _swapped(inner, swaps, found, depth + 1)
    return value if swapped == inner else msgspec.json.encode(swapped).decode()
