"""Requests, written for the Converse API.

| of the client's | becomes |
|---|---|
| `max_tokens`, `temperature`, `top_p`, stop sequences | `inferenceConfig` |
| `top_k` | what the model's family calls it; left out for the others |
| several choices | refused |
| seed, penalties, user, metadata | left out |
| a JSON schema for the answer | `outputConfig.textFormat` |
| JSON without a schema | refused: Bedrock has no such mode |
| reasoning | see `bedrock_reasoning` |
| tools | see `bedrock_tools` |
| messages | see `bedrock_messages` |
| fields of its own dialect | left out or refused, see `foreign` |

For a client of another dialect `additionalModelResponseFieldPaths` asks Claude which stop sequence
ended its answer: Converse does not tell by itself.
"""

from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.bedrock_blocks import NAME
from vedette.dialects.bedrock_messages import MessageWriter
from vedette.dialects.bedrock_models import family
from vedette.dialects.bedrock_reasoning import read_reasoning, write_reasoning
from vedette.dialects.bedrock_request import SETTINGS
from vedette.dialects.bedrock_tools import ToolWriter
from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.foreign import leave_out, setting_name
from vedette.dialects.reading import as_mapping
from vedette.model.chat import ChatRequest, OutputFormat

STOP_SEQUENCE_PATH = "/stop_sequence"

_FIELDS = MappingProxyType({name: field for field, name in SETTINGS.items()})
_TOP_K: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "anthropic": ("top_k",), "mistral": ("top_k",), "cohere": ("k",),
        "nova": ("inferenceConfig", "topK"),
    }
)  # fmt: skip
"""Family -> path of its `top_k` in `additionalModelRequestFields`."""
_CHOICES = "choice.count"


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    if request.dialect == NAME:
        return Written(msgspec.json.encode(_own(request)))
    dropped = dict.fromkeys(leave_out(request, NAME))
    body, fields = _common(request, dropped)
    limit = request.settings.get("max_tokens")
    thinking = write_reasoning(request, limit if isinstance(limit, int) else None)
    if thinking.is_dropped:
        dropped["reasoning"] = None
    output = _write_format(request.output_format, request.dialect)
    if thinking.effort:
        output["effort"] = thinking.effort
    fields |= thinking.fields | _top_k(request, dropped)
    body |= {n: v for n, v in (("outputConfig", output), (_ADDITIONAL, fields)) if v}
    if family(request.model) == "anthropic" and request.settings.get("stop_sequences"):
        body["additionalModelResponseFieldPaths"] = [STOP_SEQUENCE_PATH]
    if request.user:
        dropped["metadata.user_id" if request.dialect == "anthropic" else "user"] = None
    if request.metadata.keys() - {"user_id"}:
        dropped["metadata"] = None
    return Written(msgspec.json.encode(body), tuple(dropped))


_ADDITIONAL = "additionalModelRequestFields"


def _common(
    request: ChatRequest, dropped: dict[str, None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is written alike for every client, and what the tools want of the model's own fields."""
    writer, tools = MessageWriter(request), ToolWriter(request)
    system, messages = writer.write()
    body: dict[str, Any] = {"messages": messages}
    if system:
        body["system"] = system
    if inference := _inference(request, dropped):
        body["inferenceConfig"] = inference
    if (config := tools.config()) is not None:
        body["toolConfig"] = config
    dropped |= writer.dropped | tools.dropped
    return body, tools.fields


def _own(request: ChatRequest) -> dict[str, Any]:
    """A request in this dialect: what was read, and all its own fields as they were."""
    body, _ = _common(request, {})
    output = _write_format(request.output_format, NAME)
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


def _inference(request: ChatRequest, dropped: dict[str, None]) -> dict[str, Any]:
    inference: dict[str, Any] = {}
    for name, value in request.settings.items():
        if (field := _FIELDS.get(name)) is not None:
            inference[field] = value
        elif name == _CHOICES and value not in (0, 1, None):
            why = "asks for several answers, and Bedrock gives one."
            raise Unsupported(setting_name(request.dialect, name), why)
        elif name not in ("top_k", _CHOICES):
            dropped[setting_name(request.dialect, name)] = None
    return inference


def _top_k(request: ChatRequest, dropped: dict[str, None]) -> dict[str, Any]:
    value: Any = request.settings.get("top_k")
    if value is None:
        return {}
    path = _TOP_K.get(family(request.model))
    if path is None:
        dropped[setting_name(request.dialect, "top_k")] = None
        return {}
    for name in reversed(path):
        value = {name: value}
    return dict(value)


def _write_format(form: OutputFormat | None, dialect: str) -> dict[str, Any]:
    if form is None or form.kind == "text":
        return {}
    if form.kind == "json" or not isinstance(form.schema, dict):
        why = "asks for JSON without a schema, which Bedrock does not offer. Give a JSON schema."
        raise Unsupported(setting_name(dialect, "output_format"), why)
    described = {"schema": msgspec.json.encode(form.schema).decode()}
    for name in ("name", "description"):
        if value := getattr(form, name):
            described[name] = value
    return {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": described}}}
