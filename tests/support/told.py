"""What an official client was told, reduced so that two of them can be compared."""

import json
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

MODEL = "m1"
SCHEMA: dict[str, Any] = {"type": "object", "properties": {"city": {"type": "string"}}}
TOOLS = ("weather", "now", "get_weather", "get_time", "book", "get_temperature")
RESULT = "Sunny, 21 degrees."
Call = tuple[str, str, str]
"""Id, name and arguments (JSON with sorted keys)."""


class Told(msgspec.Struct, frozen=True):
    """What a client says that the model said."""

    text: str = ""
    thoughts: str = ""
    calls: tuple[Call, ...] = ()
    stop: str = ""
    """`stop`, `length`, `tool_call` or `filter`."""
    input_tokens: int = 0
    """Those read from a cache included."""
    output_tokens: int = 0
    cached_tokens: int = 0


class Talk(Protocol):
    """One conversation. `ask` keeps what was answered, `give_results` answers the tool calls.

    `root` is the address of the host, without a version.
    """

    def __init__(self, root: str) -> None: ...

    async def ask(self, *, stream: bool) -> Told: ...

    def give_results(self) -> None: ...


def arguments_json(arguments: object) -> str:
    value = json.loads(arguments or "{}") if isinstance(arguments, str) else arguments
    return json.dumps(value or {}, sort_keys=True, ensure_ascii=False)


def stop_word(word: str | None, calls: Iterable[Call], words: dict[str, str]) -> str:
    """The neutral word; some clients say nothing of tool calls."""
    told = words.get(word or "", word or "")
    return "tool_call" if told == "stop" and tuple(calls) else told
