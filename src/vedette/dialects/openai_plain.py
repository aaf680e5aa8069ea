"""What is said in calls of the chat completions format that hold nothing but texts.

A typed decode of a few fields takes a fifth of the time of reading the whole call into its neutral
form. It knows little: whatever is not surely the same as what `openai_chat.read_request` and
`read_answer` would read (parts, tools, schemas, thoughts, sounds, fields it does not know) is None
here, and has to be read by those.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from vedette.dialects.reading import JSON_ERRORS

Said = list[tuple[str, str]]
"""Role and text of each message that says something."""


class _Asked(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    role: str = "user"
    content: str | None = None
    name: str | None = None


class _Request(msgspec.Struct, gc=False):
    messages: list[_Asked]
    tools: None = None
    functions: None = None
    response_format: None = None
    prediction: None = None


_FIELDS = """audio frequency_penalty function_call logit_bias logprobs max_completion_tokens
max_tokens metadata min_p modalities model n parallel_tool_calls presence_penalty prompt_cache_key
prompt_cache_retention reasoning_effort repetition_penalty safety_identifier seed service_tier stop
store stream stream_options temperature tool_choice top_k top_logprobs top_p user verbosity
web_search_options""".split()
"""What else a request may have that says nothing to a model."""
_KnownRequest = msgspec.defstruct(
    "_KnownRequest", [(name, msgspec.Raw, msgspec.Raw()) for name in _FIELDS],
    bases=(_Request,), gc=False, forbid_unknown_fields=True,
)  # fmt: skip


class _Answered(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    role: str = "assistant"
    content: str | None = None
    refusal: None = None
    annotations: list[Any] | None = None
    tool_calls: None = None
    function_call: None = None
    audio: None = None
    reasoning: None = None
    reasoning_content: None = None


class _Choice(msgspec.Struct, gc=False):
    message: _Answered


class _Answer(msgspec.Struct, gc=False):
    choices: list[_Choice]


_REQUEST = msgspec.json.Decoder(_Request)
_KNOWN_REQUEST: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_KnownRequest)
_ANSWER = msgspec.json.Decoder(_Answer)
_OTHERS = frozenset({"tool", "function", ""})
"""Roles whose contents are no plain texts, and none at all."""


def plain_request(body: bytes) -> Said | None:
    """The texts of a request without tools and schema."""
    try:
        messages = _REQUEST.decode(body).messages
    except JSON_ERRORS:
        return None
    return _said(messages)


def known_request(body: bytes) -> Said | None:
    """The same, of a request in which all fields are known: no server reads it otherwise."""
    try:
        messages = _KNOWN_REQUEST.decode(body).messages
    except JSON_ERRORS:
        return None
    return _said(messages)


def plain_answer(body: bytes) -> Said | None:
    """The texts of a whole answer, in the order of its choices."""
    try:
        choices = _ANSWER.decode(body).choices
    except JSON_ERRORS:
        return None
    return _said([choice.message for choice in choices])


def _said(messages: Sequence[_Asked | _Answered]) -> Said | None:
    said: Said = []
    for message in messages:
        if message.role in _OTHERS:
            return None
        if message.content:
            said.append((message.role, message.content))
    return said
