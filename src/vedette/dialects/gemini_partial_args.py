"""Arguments of a call that come in pieces (Vertex, `streamFunctionCallArguments`).

Each piece names a place by a JSON path (`$.city`, `$.days[0]`, `$['a b']`) and holds a value; a
text may go on in the next piece for the same place.
https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling
"""

import re
from itertools import pairwise
from typing import Any

import msgspec

from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.reading import as_mapping, as_text

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d{1,4})\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")
_LONGEST = 1024
"""Places of a list that is written into; more is nothing that a model says."""
_VALUES = ("stringValue", "numberValue", "boolValue")
_NULLS = frozenset({"nullValue", "null_value"})


class PartialArguments:
    """Puts the pieces of one call together."""

    def __init__(self) -> None:
        self._arguments: dict[str, Any] = {}

    def add(self, piece: object) -> None:
        """Take one element of `partialArgs`; one that makes no sense changes nothing."""
        fields = camel_fields(piece)
        steps = _steps(as_text(fields.get("jsonPath")))
        name = next((name for name in _VALUES if name in fields), "")
        # The null value may itself be written as null.
        is_null = not _NULLS.isdisjoint(as_mapping(piece))
        if steps and (name or is_null):
            _put(self._arguments, steps, None if is_null else fields[name])

    def text(self) -> str:
        """The arguments as JSON."""
        return msgspec.json.encode(self._arguments).decode()


def _steps(path: str) -> list[str | int]:
    if not path.startswith("$"):
        return []
    steps: list[str | int] = []
    at = 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return []
        steps.append(int(step[2]) if step[2] is not None else step[1] or step[3] or step[4] or "")
        at = step.end()
    return steps


def _put(holder: Any, steps: list[str | int], value: object) -> None:
    for step, following in pairwise(steps):
        inner = _get(holder, step)
        if not isinstance(inner, dict | list):
            inner = [] if isinstance(following, int) else {}
            _set(holder, step, inner)
        holder = inner
    last = _get(holder, steps[-1])
    goes_on = isinstance(last, str) and isinstance(value, str)
    _set(holder, steps[-1], f"{last}{value}" if goes_on else value)


def _get(holder: Any, step: str | int) -> object:
    if isinstance(holder, dict):
        return holder.get(str(step))
    return holder[step] if isinstance(step, int) and step < len(holder) else None


def _set(holder: Any, step: str | int, value: object) -> None:
    if isinstance(holder, dict):
        holder[str(step)] = value
    elif isinstance(step, int) and step < _LONGEST:
        holder.extend([None] * (step + 1 - len(holder)))
        holder[step] = value
