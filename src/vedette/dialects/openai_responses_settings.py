"""Settings of a responses request: sampling, the form of the text, how much to think. Both ways.

How much to think is an effort here and a number of tokens elsewhere (`efforts`). What is asked in
other dialects is fitted to the model (`openai_models`).
"""

from types import MappingProxyType
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.efforts import effort_of
from vedette.dialects.foreign import setting_name
from vedette.dialects.openai_models import fit_effort, is_openai, reasons, takes_sampling
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.reading import as_mapping, as_text, first_text
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning

SETTINGS = MappingProxyType(
    {
        "temperature": "temperature",
        "top_p": "top_p",
        "max_output_tokens": "max_tokens",
        # What vLLM and others add to the format.
        "top_k": "top_k",
        "seed": "seed",
        "stop": "stop_sequences",
        "frequency_penalty": "frequency_penalty",
        "presence_penalty": "presence_penalty",
    }
)
_OF_OPENAI = frozenset({"temperature", "top_p", "max_output_tokens"})

_REFUSED = MappingProxyType({"stop_sequences": "cannot be set for this provider."})
"""Settings without which the answer would be another one; others only advise."""

_SAMPLING = ("temperature", "top_p")
"""Which OpenAI's reasoning models refuse."""


def read_settings(request: dict[str, Any]) -> dict[str, Any]:
    settings = {
        setting: request[name]
        for name, setting in SETTINGS.items()
        if request.get(name) is not None
    }
    if isinstance(stop := settings.get("stop_sequences"), str):
        settings["stop_sequences"] = [stop]
    return settings


def write_settings(request: ChatRequest) -> tuple[dict[str, Any], list[str]]:
    """The settings, and those that have no place here. Raises Unsupported."""
    is_own = request.dialect == NAME
    settings = dict(request.settings)
    written = {
        name: settings.pop(setting)
        for name, setting in SETTINGS.items()
        if setting in settings and (is_own or name in _OF_OPENAI)
    }
    if settings.pop("choice.count", 1) != 1:
        raise Unsupported(setting_name(request.dialect, "choice.count"), "must be 1 here.")
    if not is_own and not takes_sampling(request.model):
        settings.update({name: written.pop(name) for name in _SAMPLING if name in written})
    dropped = []
    for setting, value in settings.items():
        name = setting_name(request.dialect, setting)
        if setting in _REFUSED and value:
            raise Unsupported(name, _REFUSED[setting])
        dropped.append(name)
    return written, dropped


def read_format(text: object) -> OutputFormat | None:
    """What `text.format` asks for; None where it is unset or not known."""
    form = as_mapping(as_mapping(text).get("format"))
    kind = as_text(form.get("type"))
    if kind == "json_schema":
        strict = form.get("strict")
        return OutputFormat(
            kind="json_schema",
            schema=form.get("schema"),
            name=as_text(form.get("name")),
            description=as_text(form.get("description")),
            strict=strict if isinstance(strict, bool) else None,
        )
    if kind == "json_object":
        return OutputFormat(kind="json")
    return OutputFormat(kind="text") if kind == "text" else None


def write_format(form: OutputFormat) -> dict[str, Any]:
    """A `text.format`; a schema needs a name here."""
    if form.kind != "json_schema":
        return {"type": "json_object" if form.kind == "json" else "text"}
    fields = {
        "type": "json_schema",
        "name": form.name or "answer",
        "description": form.description or None,
        "schema": form.schema if form.schema is not None else {},
        "strict": form.strict,
    }
    return {name: value for name, value in fields.items() if value is not None}


def read_reasoning(value: object) -> Reasoning | None:
    asked = as_mapping(value)
    effort = as_text(asked.get("effort"))
    summary = first_text(asked.get("summary"), asked.get("generate_summary"))
    if not effort and not summary:
        return None
    return Reasoning(enabled=effort != "none" if effort else None, effort=effort, summary=summary)


def write_reasoning(request: ChatRequest) -> dict[str, Any]:
    """A `reasoning`; empty where nothing is asked for, or the model does not think."""
    asked = request.reasoning
    if asked is None:
        return {}
    effort = asked.effort
    if request.dialect != NAME:
        if not reasons(request.model):
            return {}
        effort = effort_of(asked)
        effort = fit_effort(request.model, effort) if effort else ""
    fields = {"effort": effort, "summary": asked.summary}
    return {name: value for name, value in fields.items() if value}


def wants_thoughts(request: ChatRequest, reasoning: dict[str, Any]) -> bool:
    """Whether to ask for thoughts in a form that can be sent back; only models that think may be
    asked."""
    return bool(reasoning) or (is_openai(request.model) and reasons(request.model))
