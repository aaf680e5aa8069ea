"""Requests for completions, read and written.

The prompt is one text, a list of texts, a list of token ids or a list of those; each makes a user
message. In a chat there is one, and it is a text: a conversation cannot be asked for here, nor
several prompts elsewhere.
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.foreign import leave_out, messages_name, setting_name
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.reading import as_mapping, as_text, decode_request
from vedette.model.chat import ChatRequest, Message, Part, RawPart, RefusalPart, TextPart

NAME = "openai_completions"

_KNOWN = frozenset(("model", "prompt", "stream", "stream_options", "user", "metadata"))

_SETTINGS = {
    "temperature": "temperature",
    "top_p": "top_p",
    "max_tokens": "max_tokens",
    "stop_sequences": "stop",
    "choice.count": "n",
    "seed": "seed",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
}
_ADDED = {"top_k": "top_k"}
"""What vLLM and others add; OpenAI refuses it."""

_ONE_TEXT = "is a conversation, and this provider completes one text."
_NO_TOOLS = "cannot be offered to this provider, which completes one text."
_NO_FORM = "cannot be asked of this provider, which completes one text."


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    options = as_mapping(request.get("stream_options"))
    unknown = {n: kept for n, kept in unknown_fields(request, _KNOWN).items() if kept is not None}
    if other := leftover(options, "include_usage"):
        unknown["stream_options"] = other
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=_read_prompts(request.get("prompt")),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        include_usage=options.get("include_usage") is True,
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown,
        dialect=NAME,
    )


def _read_prompts(value: object) -> tuple[Message, ...]:
    return tuple(Message(role="user", parts=(_read_prompt(item),)) for item in split_inputs(value))


def split_inputs(value: object) -> list[object]:
    """The inputs of a prompt, or of a request for embeddings, one by one."""
    if value is None:
        return []
    if not isinstance(value, list) or all(isinstance(item, int) for item in value):
        return [value]
    return value


def _read_prompt(item: object) -> Part:
    return TextPart(content=item) if isinstance(item, str) else RawPart(content=item, dialect=NAME)


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    is_own = request.dialect == NAME
    dropped = dict.fromkeys(leave_out(request, NAME))
    body: dict[str, Any] = {"model": request.model}
    prompt = _write_prompts(request.messages) if is_own else _only_text(request)
    if prompt is not None:
        body["prompt"] = prompt
    names = {**_SETTINGS, **_ADDED} if is_own else _SETTINGS
    for setting, value in request.settings.items():
        if (name := names.get(setting)) is not None:
            body[name] = value
        else:
            dropped[setting_name(request.dialect, setting)] = None
    if request.user:
        body["user"] = request.user
    if request.stream:
        body.update(stream=True, stream_options={"include_usage": True})
    if is_own:
        _add_own(body, request)
    else:
        dropped.update(dict.fromkeys(_left(request)))
    return Written(msgspec.json.encode(body), tuple(dropped))


def _add_own(body: dict[str, Any], request: ChatRequest) -> None:
    unknown = dict(request.unknown)
    if options := as_mapping(unknown.pop("stream_options", None)):
        body["stream_options"] = {**body.get("stream_options", {}), **options}
    if request.metadata:
        body["metadata"] = request.metadata
    body.update(unknown)


def _left(request: ChatRequest) -> list[str]:
    """What a completion can do without; what it cannot is refused."""
    if request.tools:
        raise Unsupported("tools", _NO_TOOLS)
    form = request.output_format
    if form is not None and form.kind != "text":
        raise Unsupported(setting_name(request.dialect, "output_format"), _NO_FORM)
    reasoning = [setting_name(request.dialect, "reasoning")] if request.reasoning else []
    return reasoning + (["metadata"] if request.metadata else [])


def _write_prompts(messages: tuple[Message, ...]) -> object:
    prompts = [_write_prompt(part) for message in messages for part in message.parts]
    if not prompts:
        return None
    return prompts[0] if len(prompts) == 1 else prompts


def _write_prompt(part: Part) -> object:
    if isinstance(part, RawPart):
        return part.content
    return part.content if isinstance(part, TextPart) else ""


def _only_text(request: ChatRequest) -> str:
    """The text of a request that holds nothing else."""
    texts = [
        part.content
        for message in request.messages
        if message.role == "user"
        for part in message.parts
        if isinstance(part, TextPart | RefusalPart)
    ]
    if len(request.messages) != 1 or len(texts) != len(request.messages[0].parts):
        raise Unsupported(messages_name(request.dialect), _ONE_TEXT)
    return "".join(texts)
