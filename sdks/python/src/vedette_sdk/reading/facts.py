"""What is known of one call, whatever the API: in the shapes of the GenAI conventions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Part = dict[str, Any]
Message = dict[str, Any]
"""`{"role": ..., "parts": [...]}`; an answer has its `finish_reason` too."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """Filled by a reader. `usage` has the names of the conventions without `gen_ai.usage.`."""

    operation: str = "chat"
    model: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    asked: list[Message] = field(default_factory=list)
    tools: list[dict[str, Any]] = field(default_factory=list)
    answered: list[Message] = field(default_factory=list)
    response_id: str = ""
    response_model: str = ""
    finish_reasons: list[str] = field(default_factory=list)
    usage: dict[str, int] = field(default_factory=dict)
    version: str = ""
    """The provider's fingerprint of what it ran, where it tells."""
    extra: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    """Type of an error that came inside a stream."""
    is_whole: bool = False
    """Whether a stream came to its own end."""
    first_content: int | None = None
    """Index of the first chunk that holds something of the answer."""

    @property
    def called(self) -> list[str]:
        """Names of the tools that the answer calls, in order."""
        return [
            part.get("name") or ""
            for message in self.answered
            for part in message["parts"]
            if part.get("type") == "tool_call"
        ]


Reader = Callable[[Facts, Mapping[str, Any], Any], None]
"""Fills facts from the request and its answer: a mapping, or for a stream the list of its chunks.
"""


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def count(value: Any) -> int:
    """A count of tokens; 0 for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        return 0
    return int(value)


def counts(found: Mapping[str, Any]) -> dict[str, int]:
    """Those counts that say something; input and output are said even when they are zero."""
    kept = {}
    for name, value in found.items():
        number = count(value)
        if number or (name in ("input_tokens", "output_tokens") and value is not None):
            kept[name] = number
    return kept


def settings_of(request: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Settings of a request under the names of the conventions; `names` maps theirs to ours."""
    found: dict[str, Any] = {}
    for theirs, ours in names.items():
        value = request.get(theirs)
        if isinstance(value, bool | int | float | str):
            found[ours] = value
        elif isinstance(value, list | tuple) and value and all(isinstance(v, str) for v in value):
            found[ours] = list(value)
    return found
