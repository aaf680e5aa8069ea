"""Requests of the Converse API, read whole.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html

Model and streaming stand in the path, not in the body: whoever reads the path fills them in. What
only its own fields can say stays in `unknown`, under their names.
"""

from collections.abc import Iterable
from typing import Any

from vedette.dialects.bedrock_blocks import NAME, read_blocks, read_message
from vedette.dialects.bedrock_reasoning import read_reasoning
from vedette.dialects.bedrock_settings import FIELDS, read_settings
from vedette.dialects.bedrock_tools import read_tool_choice, read_tools
from vedette.dialects.openai_head import RequestHead
from vedette.dialects.reading import as_list, as_mapping, as_text, decode, decode_request
from vedette.model.chat import ChatRequest, Message, OutputFormat

_KNOWN = frozenset(("messages", "system", "requestMetadata"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    inference = as_mapping(request.get("inferenceConfig"))
    tools = as_mapping(request.get("toolConfig"))
    output = as_mapping(request.get("outputConfig"))
    fields = as_mapping(request.get("additionalModelRequestFields"))
    form = _read_format(output.get("textFormat"))
    unknown = {name: value for name, value in request.items() if name not in _KNOWN}
    _keep(unknown, "inferenceConfig", _rest(inference, FIELDS.values()))
    _keep(unknown, "toolConfig", _rest(tools, ("tools", "toolChoice")))
    _keep(unknown, "outputConfig", _rest(output, ("effort", *(("textFormat",) if form else ()))))
    return ChatRequest(
        model="",
        messages=tuple(_read_messages(request)),
        tools=read_tools(tools),
        tool_choice=read_tool_choice(tools.get("toolChoice")),
        output_format=form,
        reasoning=read_reasoning(fields, as_text(output.get("effort"))),
        settings=read_settings(inference, fields),
        include_usage=True,
        metadata=as_mapping(request.get("requestMetadata")),
        unknown=unknown,
        dialect=NAME,
    )


def _read_messages(request: dict[str, Any]) -> list[Message]:
    messages = [read_message(message) for message in as_list(request.get("messages"))]
    if request.get("system"):
        messages.insert(0, Message(role="system", parts=tuple(read_blocks(request["system"]))))
    return messages


def _read_format(value: object) -> OutputFormat | None:
    """None where it is absent or anything but a schema."""
    form = as_mapping(value)
    structure = as_mapping(form.get("structure"))
    described = as_mapping(structure.get("jsonSchema"))
    schema = decode(as_text(described.get("schema")))
    if form.get("type") != "json_schema" or not isinstance(schema, dict):
        return None
    return OutputFormat(
        "json_schema",
        schema=schema,
        name=as_text(described.get("name")),
        description=as_text(described.get("description")),
    )


def _rest(fields: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    names = frozenset(known)
    return {name: value for name, value in fields.items() if name not in names}


def _keep(unknown: dict[str, Any], name: str, rest: dict[str, Any]) -> None:
    """Leave of a field that was read only what was not; a field of a wrong type stays."""
    if isinstance(unknown.get(name), dict):
        unknown[name] = rest
        if not rest:
            del unknown[name]


def peek(body: bytes, *, needs_model: bool = True) -> RequestHead:
    """The head of a request, without the model: that stands in the path.

    Raises BadRequest where `body` is not a JSON object, unless without `needs_model`.
    """
    request = decode_request(body) if needs_model else as_mapping(decode(body))
    limit = as_mapping(request.get("inferenceConfig")).get("maxTokens")
    return RequestHead(
        metadata=as_mapping(request.get("requestMetadata")) or None,
        max_tokens=limit if type(limit) is int else None,
    )
