"""Neutral requests in the Anthropic messages format.

| of the client's | becomes |
|---|---|
| no limit of output, or one too large | what the model may say at most (`anthropic_models`) |
| `n` over 1, a stop sequence of white space, a schema for models without them | Unsupported |
| a tool that is no function | Unsupported |
| JSON without a schema | an instruction: there is no other way to ask for it |
| temperature over 1 | 1, named |
| temperature, `top_p`, `top_k` where the model or its thinking refuses them | left out, named |
| `seed`, penalties, names, `metadata` but the user, unknown fields | left out, named |

The version of the API is the provider's matter: what is written here suits 2023-06-01 and, as long
as the model takes no sampling, 2026-10-21.
"""

from typing import Any

import msgspec

from vedette.dialects.anthropic_block_writer import BlockWriter
from vedette.dialects.anthropic_message_writer import write_messages
from vedette.dialects.anthropic_models import claude_model
from vedette.dialects.anthropic_schema import fit_schema
from vedette.dialects.anthropic_thinking import write_reasoning
from vedette.dialects.anthropic_tools import write_tools
from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.foreign import leave_out, setting_name
from vedette.dialects.reading import as_mapping
from vedette.model.chat import ChatRequest

_JSON_ONLY = "Answer with one JSON object and nothing else: no other text, no code fence."
_LONGEST_USER = 256
_FORMAT_NAMES = {"openai_responses": "text.format", "gemini": "generationConfig.responseSchema"}
_ELSEWHERE = frozenset({"max_tokens", "stop_sequences", "temperature", "top_p", "top_k"})
_TAKEN = frozenset({"thinking", "reasoning", "safety_identifier"})
"""Unknown fields of others whose sense is in the neutral request as well."""
_NOT_COUNTED = frozenset({"max_tokens", "stream", "stop_sequences", "metadata", *_ELSEWHERE})


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    writer = BlockWriter(request)
    members = _members(request, writer)
    return Written(msgspec.json.encode(members), tuple(writer.dropped))


def write_count_request(request: ChatRequest) -> Written:
    """The same, to be counted only."""
    writer = BlockWriter(request)
    members = _members(request, writer)
    counted = {name: value for name, value in members.items() if name not in _NOT_COUNTED}
    return Written(msgspec.json.encode(counted), tuple(writer.dropped))


def _members(request: ChatRequest, writer: BlockWriter) -> dict[str, Any]:
    writer.dropped.update(dict.fromkeys(leave_out(request, "anthropic", kept=_TAKEN)))
    max_tokens = _max_tokens(request)
    members: dict[str, Any] = {"model": request.model}
    if max_tokens is not None:
        members["max_tokens"] = max_tokens
    members |= write_messages(request, writer)
    members |= write_tools(request, writer.dropped)
    thinking, refused = write_reasoning(request, max_tokens if type(max_tokens) is int else 0)
    if refused:
        writer.dropped[refused] = None
    config = {"effort": thinking.pop("effort")} if "effort" in thinking else {}
    members |= thinking
    _add_format(request, members, config)
    _add_settings(request, members, writer)
    _add_metadata(request, members, writer)
    if request.stream:
        members["stream"] = True
    if writer.is_own:
        config = as_mapping(request.unknown.get("output_config")) | config
        members |= {name: v for name, v in request.unknown.items() if name != "output_config"}
    if config:
        members["output_config"] = config
    return members


def _max_tokens(request: ChatRequest) -> Any:
    wanted = request.settings.get("max_tokens")
    if request.dialect == "anthropic":
        return wanted
    model = claude_model(request.model)
    if type(wanted) is not int:
        return model.max_output_tokens
    return min(wanted, model.max_output_tokens) if model.is_known else wanted


def _add_format(request: ChatRequest, members: dict[str, Any], config: dict[str, Any]) -> None:
    wanted = request.output_format
    if wanted is None or wanted.kind == "text":
        return
    if request.dialect == "anthropic":
        config["format"] = {"type": "json_schema", "schema": wanted.schema}
        return
    if wanted.kind == "json" or wanted.schema is None:
        _instruct(members, _JSON_ONLY)
        return
    if not claude_model(request.model).takes_schemas:
        name = _FORMAT_NAMES.get(request.dialect, "response_format")
        raise Unsupported(name, f"has a JSON schema, which {request.model!r} does not keep to.")
    config["format"] = {"type": "json_schema", "schema": fit_schema(wanted.schema)}


def _instruct(members: dict[str, Any], text: str) -> None:
    system = members.get("system", [])
    blocks = [{"type": "text", "text": system}] if isinstance(system, str) else system
    members["system"] = [*blocks, {"type": "text", "text": text}] if blocks else text


def _add_settings(request: ChatRequest, members: dict[str, Any], writer: BlockWriter) -> None:
    settings = request.settings
    if writer.is_own:
        names = {"choice.count": "n", "encoding_formats": "encoding_format"}
        members |= {names.get(n, n): value for n, value in settings.items() if n != "max_tokens"}
        return
    for name, value in settings.items():
        if name == "choice.count" and value != 1:
            why = "asks for several answers, and this provider gives one."
            raise Unsupported(setting_name(request.dialect, name), why)
        if name not in _ELSEWHERE and name != "choice.count" and value:
            writer.dropped[setting_name(request.dialect, name)] = None
    if stops := settings.get("stop_sequences"):
        members["stop_sequences"] = _stops(request, stops)
    for name in ("temperature", "top_p", "top_k"):
        if name in settings:
            _add_sampling(name, request, members, writer)


def _stops(request: ChatRequest, stops: Any) -> Any:
    for stop in stops if isinstance(stops, list) else ():
        if isinstance(stop, str) and not stop.strip():
            name = setting_name(request.dialect, "stop_sequences")
            why = f"holds {stop!r}: this provider takes no sequence of white space alone."
            raise Unsupported(name, why)
    return stops


def _add_sampling(
    name: str, request: ChatRequest, members: dict[str, Any], writer: BlockWriter
) -> None:
    value = request.settings[name]
    model = claude_model(request.model)
    is_second = name == "top_p" and model.takes_one_sampling and "temperature" in members
    if is_second or not model.takes_sampling or _is_refused_by_thinking(name, value, members):
        writer.dropped[setting_name(request.dialect, name)] = None
        return
    if name == "temperature" and isinstance(value, int | float) and value > 1:
        writer.dropped[setting_name(request.dialect, name)] = None
        value = 1.0
    members[name] = value


def _is_refused_by_thinking(name: str, value: Any, members: dict[str, Any]) -> bool:
    """A model that thinks takes no sampling but a `top_p` of nearly 1."""
    if members.get("thinking", {}).get("type") not in ("enabled", "adaptive"):
        return False
    return not (name == "top_p" and isinstance(value, int | float) and value >= 0.95)


def _add_metadata(request: ChatRequest, members: dict[str, Any], writer: BlockWriter) -> None:
    if writer.is_own:
        if request.metadata:
            members["metadata"] = request.metadata
        return
    if request.metadata:
        writer.dropped["metadata"] = None
    user = request.user or request.unknown.get("safety_identifier")
    if not isinstance(user, str) or not user:
        return
    if len(user) > _LONGEST_USER:
        writer.dropped["user"] = None
    else:
        members["metadata"] = {"user_id": user}
