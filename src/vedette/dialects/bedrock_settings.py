"""Limits and sampling: `inferenceConfig`, and what a family calls them beyond it.

| of the client's | becomes |
|---|---|
| `max_tokens`, `temperature`, `top_p`, stop sequences | `inferenceConfig` |
| `top_k` | what the model's family calls it; left out for the others |
| a temperature over 1 | 1, named |
| sampling that a Claude, or its thinking, refuses | left out, named |
| several choices | refused |
| seed, penalties | left out, named |
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from vedette.dialects.anthropic_models import claude_model
from vedette.dialects.bedrock_models import family
from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import setting_name
from vedette.dialects.reading import as_mapping
from vedette.model.chat import ChatRequest

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "max_tokens": "maxTokens",
        "temperature": "temperature",
        "top_p": "topP",
        "stop_sequences": "stopSequences",
    }
)
"""GenAI name -> field of `inferenceConfig`."""
_TOP_K: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "anthropic": ("top_k",), "mistral": ("top_k",), "cohere": ("k",),
        "nova": ("inferenceConfig", "topK"),
    }
)  # fmt: skip
"""Family -> path of its `top_k` in `additionalModelRequestFields`."""
_CHOICES = "choice.count"
_THINKING = ("enabled", "adaptive")
_LEAST_TOP_P = 0.95
"""A Claude that thinks takes no other sampling than a `top_p` of nearly 1."""


def read_settings(inference: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The settings in `inferenceConfig` and `additionalModelRequestFields`."""
    settings = {
        name: inference[field] for name, field in FIELDS.items() if inference.get(field) is not None
    }
    nova = as_mapping(fields.get("inferenceConfig"))
    for value in (fields.get("top_k"), fields.get("k"), nova.get("topK")):
        if type(value) is int:
            settings["top_k"] = value
            break
    return settings


def own_settings(request: ChatRequest) -> dict[str, Any]:
    """`inferenceConfig` of a request in this dialect; its `top_k` stands elsewhere."""
    settings = request.settings
    return {field: settings[name] for name, field in FIELDS.items() if name in settings}


def write_settings(
    request: ChatRequest, thinking: Mapping[str, Any], dropped: dict[str, None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """`inferenceConfig`, and what belongs into `additionalModelRequestFields`.

    `thinking` is what goes there for reasoning; `dropped` grows. Raises Unsupported.
    """
    inference: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for name, value in request.settings.items():
        if name == _CHOICES:
            _check_choices(request, value)
        elif _is_refused(name, value, request, thinking):
            dropped[setting_name(request.dialect, name)] = None
        elif name in FIELDS:
            inference[FIELDS[name]] = value
        elif name == "top_k" and (path := _TOP_K.get(family(request.model))) is not None:
            for step in reversed(path):
                value = {step: value}
            fields |= value
        else:
            dropped[setting_name(request.dialect, name)] = None
    temperature = inference.get("temperature")
    if isinstance(temperature, int | float) and temperature > 1:
        dropped[setting_name(request.dialect, "temperature")] = None
        inference["temperature"] = 1.0
    return inference, fields


def _check_choices(request: ChatRequest, count: object) -> None:
    if count not in (0, 1, None):
        name = setting_name(request.dialect, _CHOICES)
        raise Unsupported(name, "asks for several answers, and Bedrock gives one.")


def _is_refused(name: str, value: Any, request: ChatRequest, thinking: Mapping[str, Any]) -> bool:
    """Whether the model refuses this sampling, by itself or because it is to think."""
    if name not in ("temperature", "top_p", "top_k") or family(request.model) != "anthropic":
        return False
    model = claude_model(request.model)
    if not model.takes_sampling:
        return True
    if name == "top_p" and model.takes_one_sampling and "temperature" in request.settings:
        return True
    if as_mapping(thinking.get("thinking")).get("type") not in _THINKING:
        return False
    return name != "top_p" or not isinstance(value, int | float) or value < _LEAST_TOP_P
