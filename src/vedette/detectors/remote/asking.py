"""Asking a model that one of the configured providers has."""

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vedette.errors import ConfigError, VedetteError
from vedette.ports.detector import Models, Subject

TIMEOUT_S: Final = 15.0
CACHE_S: Final = 60.0
MOST_CHARS: Final = 48_000
"""Of a text, what a model is shown: its beginning and its end."""


class NoModels(VedetteError):
    """There is nobody to ask where the detector runs."""

    code = "no_models"
    status = 503


class NoVerdict(VedetteError):
    """The model answered something else than what it was asked for."""

    code = "no_verdict"
    status = 502


class Unclear(NoVerdict):
    """The model answered, but gave no verdict: that may be the doing of the text, and says nothing
    against the model."""

    is_of_text = True


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Which model, and for how long it is waited for."""

    model: str = ""
    """A route, or provider/model; empty: nobody is asked."""
    timeout_s: float = TIMEOUT_S
    cache_s: float = CACHE_S


def party_of(name: str, options: Mapping[str, Any]) -> Party:
    """The options `model`, `timeout_s`, `cache_s`; raises ConfigError."""
    given = {key: options[key] for key in Party.__struct_fields__ if key in options}
    try:
        party = msgspec.convert(given, Party)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {error}.") from None
    if not 0 < party.timeout_s <= 600 or not 0 <= party.cache_s <= 86_400:
        raise ConfigError(f"{name}: timeout_s must be in (0, 600], cache_s in [0, 86400].")
    return party


def ask(subject: Subject, party: Party, instruction: str, said: str) -> str:
    """The model's words on `said`. Raises NoModels, TimeoutError, VedetteError."""
    messages = [{"role": "system", "content": instruction}, {"role": "user", "content": said}]
    return models_of(subject, party).chat(party.model, messages, timeout_s=party.timeout_s)


def models_of(subject: Subject, party: Party) -> Models:
    """Those that can be asked. Raises NoModels."""
    if subject.models is None:
        raise NoModels(f"The model {party.model!r} cannot be asked here.")
    return subject.models


def shown(text: str) -> str:
    """The text as a model gets to see it."""
    if len(text) <= MOST_CHARS:
        return text
    half = MOST_CHARS // 2
    return f"{text[:half]}\n[... {len(text) - 2 * half} characters left out ...]\n{text[-half:]}"


def quoted(text: str) -> str:
    """A text that cannot be taken for anything but a text: as JSON."""
    return json.dumps(shown(text), ensure_ascii=False)


def read_object(answer: str) -> Mapping[str, Any]:
    """The JSON object in an answer, whatever stands around it. Raises Unclear."""
    start, end = answer.find("{"), answer.rfind("}")
    if 0 <= start < end:
        try:
            found = msgspec.json.decode(answer[start : end + 1].encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
    raise Unclear("The answer of the model is not the JSON object it was asked for.")
