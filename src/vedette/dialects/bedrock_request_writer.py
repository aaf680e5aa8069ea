"""Requests, written for the Converse API.

| of the client's | becomes |
|---|---|
| `max_tokens`, stop sequences, sampling | see `bedrock_settings` |
| a JSON schema for the answer | `outputConfig.textFormat` |
| JSON without a schema | an instruction: there is no other way to ask for it |
| reasoning | see `bedrock_reasoning` |
| tools | see `bedrock_tools` |
| messages | see `bedrock_messages` |
| user, metadata | left out |
| fields of its own dialect | left out or refused, see `foreign` |

For a client of another dialect `additionalModelResponseFieldPaths` asks Claude which stop sequence
ended its answer: Converse does not tell by itself.
"""

from typing import Any

import msgspec

from vedette.dialects.anthropic_schema import fit_schema
from vedette.dialects.bedrock_blocks import NAME
from vedette.dialects.bedrock_messages import MessageWriter
from vedette.dialects.bedrock_models import family, takes_cache_points
from vedette.dialects.bedrock_reasoning import read_reasoning, write_reasoning
from vedette.dialects.bedrock_settings import own_settings, write_settings
from vedette.dialects.bedrock_tools import CACHE_CONTROL, ToolWriter
from vedette.dialects.contract import Written
from vedette.dialects.foreign import leave_out, messages_name
from vedette.dialects.reading import as_mapping
from vedette.model.chat import ChatRequest, OutputFormat

STOP_SEQUENCE_PATH = "/stop_sequence"

_ADDITIONAL = "additionalModelRequestFields"
_PATHS = "additionalModelResponseFieldPaths"
_JSON_ONLY = "Answer with one JSON object and nothing else: no other text, no code fence."


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    if request.dialect == NAME:
        return Written(msgspec.json.encode(_own(request)))
    dropped = dict.fromkeys(leave_out(request, NAME, kept=_honoured(request)))
    messages, tools = MessageWriter(request), ToolWriter(request)
    body = _body(messages, tools)
    thinking = write_reasoning(request)
    inference, sampling = write_settings(request, thinking.fields, dropped)
    output = _write_format(request.output_format, family(request.model))
    if thinking.effort:
        output["effort"] = thinking.effort
    if request.output_format is not None and request.output_format.kind != "text" and not output:
        body["system"] = [*body.get("system", []), {"text": _JSON_ONLY}]
    fields = tools.fields | thinking.fields | sampling
    for name, value in (("inferenceConfig", inference), ("outputConfig", output)):
        if value:
            body[name] = value
    if fields:
        body[_ADDITIONAL] = fields
    if family(request.model) == "anthropic" and request.settings.get("stop_sequences"):
        body[_PATHS] = [STOP_SEQUENCE_PATH]
    dropped |= messages.dropped | tools.dropped | dict.fromkeys(_advice(request))
    if thinking.dropped:
        dropped[thinking.dropped] = None
    return Written(msgspec.json.encode(body), tuple(dropped))


def _honoured(request: ChatRequest) -> frozenset[str]:
    """Extras that are written: marks of what to cache."""
    if not takes_cache_points(request.model):
        return frozenset()
    places = (messages_name(request.dialect), "tools")
    return frozenset(f"{place}.{CACHE_CONTROL}" for place in places)


def _advice(request: ChatRequest) -> list[str]:
    names = []
    if request.user:
        names.append("metadata.user_id" if request.dialect == "anthropic" else "user")
    if request.metadata.keys() - {"user_id"}:
        names.append("metadata")
    return names


def _body(messages: MessageWriter, tools: ToolWriter) -> dict[str, Any]:
    system, written = messages.write()
    body: dict[str, Any] = {"messages": written}
    if system:
        body["system"] = system
    if (config := tools.config()) is not None:
        body["toolConfig"] = config
    return body


def _own(request: ChatRequest) -> dict[str, Any]:
    """A request in this dialect: what was read, and all its own fields as they were."""
    body = _body(MessageWriter(request), ToolWriter(request))
    if inference := own_settings(request):
        body["inferenceConfig"] = inference
    output = _write_format(request.output_format, "")
    effort = request.reasoning.effort if request.reasoning is not None else ""
    implied = read_reasoning(as_mapping(request.unknown.get(_ADDITIONAL)), "")
    if effort and (implied is None or implied.effort != effort):
        output["effort"] = effort
    if output:
        body["outputConfig"] = output
    if request.metadata:
        body["requestMetadata"] = request.metadata
    for name, value in request.unknown.items():
        mine = body.get(name)
        body[name] = {**mine, **value} if mine and isinstance(value, dict) else value
    return body


def _write_format(form: OutputFormat | None, kind: str) -> dict[str, Any]:
    """`outputConfig` with the schema; empty where there is none."""
    if form is None or form.kind != "json_schema" or not isinstance(form.schema, dict):
        return {}
    schema = fit_schema(form.schema) if kind == "anthropic" else form.schema
    described = {"schema": msgspec.json.encode(schema).decode()}
    for name in ("name", "description"):
        if value := getattr(form, name):
            described[name] = value
    return {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": described}}}
