"""`generationConfig`: sampling settings, the form of the answer, thinking."""

from typing import Any

from vedette.dialects.foreign import setting_name
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import NAME, camel_fields, inner_fields
from vedette.dialects.gemini_schema import clean_schema, json_schema_of
from vedette.dialects.gemini_thinking import read_thinking, write_thinking
from vedette.dialects.reading import as_mapping, as_text
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning

CONFIG = "generationConfig."
"""How the names of its unknown fields begin in `ChatRequest.unknown`."""
_NAMES = {
    "temperature": "temperature",
    "topP": "top_p",
    "topK": "top_k",
    "maxOutputTokens": "max_tokens",
    "stopSequences": "stop_sequences",
    "candidateCount": "choice.count",
    "seed": "seed",
    "presencePenalty": "presence_penalty",
    "frequencyPenalty": "frequency_penalty",
}
_FIELDS = {name: field for field, name in _NAMES.items()}
_JSON = "application/json"
_FORMAT = frozenset({"responseMimeType", "responseSchema", "responseJsonSchema"})


def read_config(
    value: object,
) -> tuple[dict[str, Any], OutputFormat | None, Reasoning | None, dict[str, Any]]:
    """Settings by their GenAI names, the form of the answer, thinking, and all the rest."""
    config = camel_fields(value)
    settings = {
        _NAMES[field]: inner
        for field, inner in config.items()
        if field in _NAMES and inner is not None
    }
    form = _read_format(config)
    known = _NAMES.keys() | (_FORMAT if form is not None else set())
    rest = {field: inner for field, inner in config.items() if field not in known}
    reasoning, more = read_thinking(rest.pop("thinkingConfig", None))
    if more:
        rest["thinkingConfig"] = more
    return settings, form, reasoning, rest


def _read_format(config: dict[str, Any]) -> OutputFormat | None:
    """Only JSON is a form in the neutral model: `text/x.enum` stays with the rest."""
    mime_type = as_text(config.get("responseMimeType"))
    if mime_type == "text/plain":
        return OutputFormat("text")
    if mime_type and mime_type != _JSON:
        return None
    schema = config.get("responseJsonSchema")
    if schema is None and config.get("responseSchema") is not None:
        schema = json_schema_of(config["responseSchema"])
    if schema is not None:
        return OutputFormat("json_schema", schema)
    return OutputFormat("json") if mime_type else None


def write_config(request: ChatRequest, drops: Drops) -> dict[str, Any]:
    """The value of `generationConfig`; empty where there is nothing to say."""
    config: dict[str, Any] = {}
    for name, value in request.settings.items():
        if (field := _FIELDS.get(name)) is not None:
            config[field] = value
        else:
            drops.note(setting_name(request.dialect, name))
    config |= _write_format(request.output_format)
    if thinking := write_thinking(request, drops):
        config["thinkingConfig"] = thinking
    if request.dialect == NAME:
        kept = inner_fields(request.unknown, CONFIG)
        if more := as_mapping(kept.pop("thinkingConfig", None)):
            config["thinkingConfig"] = config.get("thinkingConfig", {}) | more
        config |= kept
    return config


def _write_format(form: OutputFormat | None) -> dict[str, Any]:
    if form is None:
        return {}
    if form.kind == "text":
        return {"responseMimeType": "text/plain"}
    if form.kind == "json_schema" and form.schema is not None:
        return {"responseMimeType": _JSON, "responseJsonSchema": clean_schema(form.schema)}
    return {"responseMimeType": _JSON}
