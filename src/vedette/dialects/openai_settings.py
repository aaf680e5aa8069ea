"""Sampling settings under their GenAI names.

https://opentelemetry.io/docs/specs/semconv/gen-ai/ (`gen_ai.request.*` without the prefix).
"""

from typing import Any

_NAMES = {
    "temperature": "temperature",
    "top_p": "top_p",
    "top_k": "top_k",
    "max_tokens": "max_tokens",
    "max_completion_tokens": "max_tokens",
    "max_output_tokens": "max_tokens",
    "stop": "stop_sequences",
    "stop_sequences": "stop_sequences",
    "seed": "seed",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "n": "choice.count",
    "dimensions": "embedding.dimensions",
    "encoding_format": "encoding_formats",
}
_LISTS = frozenset(("stop_sequences", "encoding_formats"))


def read_settings(request: dict[str, Any]) -> dict[str, Any]:
    """The settings of any OpenAI-shaped request; null ones are left out."""
    settings: dict[str, Any] = {}
    for field, name in _NAMES.items():
        value = request.get(field)
        if value is None:
            continue
        settings[name] = [value] if name in _LISTS and isinstance(value, str) else value
    return settings


def unknown_fields(request: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The fields that are neither `known` nor settings, as they came."""
    return {
        name: value for name, value in request.items() if name not in known and name not in _NAMES
    }
