"""Sampling options, thinking and output formats of Ollama's native API, in both directions.

https://github.com/ollama/ollama/blob/main/docs/api.md, `api/types.go` (Options, ThinkValue).

Options without a neutral name are kept as `options.NAME`. How much to think is a boolean or a
level; token budgets of others become the level of the same rank:

| effort | budget | think |
|---|---|---|
| `none` | 0 | false |
| `minimal`, `low` | up to 2,048 | `low` |
| `medium` | up to 8,192 | `medium` |
| `high` | up to 32,768 | `high` |
| `xhigh`, `max` | more | `max` |
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import setting_name
from vedette.dialects.reading import as_mapping
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning

OPTIONS = "options."

_NEUTRAL = MappingProxyType(
    {
        "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "seed": "seed",
        "num_predict": "max_tokens", "stop": "stop_sequences",
        "frequency_penalty": "frequency_penalty", "presence_penalty": "presence_penalty",
    }
)  # fmt: skip
_OWN = MappingProxyType({neutral: own for own, neutral in _NEUTRAL.items()})

BORROWED = MappingProxyType({"min_p": "min_p", "repetition_penalty": "repeat_penalty"})
"""Fields that servers of OpenAI's format take beyond it -> the option of the same meaning."""

_Level = bool | str

_LEVELS: Mapping[str, _Level] = MappingProxyType(
    {
        "none": False, "minimal": "low", "low": "low", "medium": "medium", "high": "high",
        "xhigh": "max", "max": "max",
    }
)  # fmt: skip
_BUDGETS: tuple[tuple[int, _Level], ...] = (
    (0, False),
    (2_048, "low"),
    (8_192, "medium"),
    (32_768, "high"),
)


def read_options(request: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Settings under their GenAI names, and what has none as it is kept in `unknown`."""
    options = request.get("options")
    if not isinstance(options, dict):
        return {}, {} if options is None else {"options": options}
    settings: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for own, value in options.items():
        neutral = _NEUTRAL.get(own)
        if value is None:
            continue
        if neutral is None or (own == "num_predict" and not _is_limit(value)):
            others[OPTIONS + own] = value
        elif own == "stop":
            settings[neutral] = [value] if isinstance(value, str) else value
        else:
            settings[neutral] = value
    return settings, others


def _is_limit(value: object) -> bool:
    """0 and less stand for other things: no limit, or as much as the context holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def write_options(request: ChatRequest, *, is_own: bool) -> tuple[dict[str, Any], list[str]]:
    """The options, and the client's names of settings that have none. Raises Unsupported."""
    options: dict[str, Any] = {}
    dropped: list[str] = []
    for neutral, value in request.settings.items():
        if (own := _OWN.get(neutral)) is not None:
            options[own] = value
        elif neutral != "choice.count":
            dropped.append(setting_name(request.dialect, neutral))
        elif value not in (0, 1, None):
            name = setting_name(request.dialect, neutral)
            raise Unsupported(name, "asks for several answers, and Ollama gives one.")
    for name, value in request.unknown.items():
        if is_own and name.startswith(OPTIONS):
            options[name.removeprefix(OPTIONS)] = value
        elif not is_own and name in BORROWED:
            options[BORROWED[name]] = value
    return options, dropped


def read_think(value: object) -> Reasoning | None:
    """None where it is absent or none of what Ollama knows."""
    if isinstance(value, bool):
        return Reasoning(enabled=value)
    return Reasoning(enabled=True, effort=value) if value in _OWN_LEVELS else None


_OWN_LEVELS = ("low", "medium", "high", "max")


def write_think(reasoning: Reasoning | None) -> _Level | None:
    """The level or switch; None leaves it to the model."""
    if reasoning is None:
        return None
    if reasoning.enabled is False:
        return False
    if reasoning.effort:
        # A vendor's word we do not know still asks for thought.
        return _LEVELS.get(reasoning.effort, True)
    if reasoning.budget_tokens is not None and reasoning.budget_tokens >= 0:
        return next((level for top, level in _BUDGETS if reasoning.budget_tokens <= top), "max")
    return reasoning.enabled


def read_format(value: object) -> OutputFormat | None:
    """None where it is absent or none of what Ollama knows."""
    if value == "json":
        return OutputFormat("json")
    schema = as_mapping(value)
    return OutputFormat("json_schema", schema=schema) if schema else None


def write_format(output: OutputFormat | None) -> Any:
    """`json`, a schema, or None for text. Ollama keeps the model to a schema in any case, so
    `strict` needs no word of its own."""
    if output is None or output.kind == "text":
        return None
    is_schema = output.kind == "json_schema" and isinstance(output.schema, dict)
    return output.schema if is_schema else "json"
