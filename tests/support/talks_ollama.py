"""Ollama's official client: chat and generate."""

from typing import Any

import ollama

from tests.support.told import MODEL, RESULT, SCHEMA, TOOLS, Call, Told, arguments_json, stop_word


class OllamaTalk:
    """Ollama's chat."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.messages: list[Any] = [{"role": "user", "content": "hi"}]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        async with ollama.AsyncClient(host=self._root) as client:
            ask: Any = client.chat
            answered = await ask(MODEL, self.messages, tools=_OLLAMA_TOOLS, stream=stream)
            pieces = [piece async for piece in answered] if stream else [answered]
        said = [piece.message for piece in pieces]
        kept: dict[str, Any] = {"role": "assistant"}
        kept["content"] = "".join(message.content or "" for message in said)
        kept["thinking"] = "".join(message.thinking or "" for message in said)
        kept["tool_calls"] = [call for message in said for call in message.tool_calls or ()]
        self.messages.append(kept)
        self._calls = tuple(
            ("", call.function.name, arguments_json(dict(call.function.arguments)))
            for call in kept["tool_calls"]
        )
        last = pieces[-1]
        return Told(
            text=kept["content"],
            thoughts=kept["thinking"],
            calls=self._calls,
            stop=stop_word(last.done_reason, self._calls, _STOPS),
            input_tokens=last.prompt_eval_count or 0,
            output_tokens=last.eval_count or 0,
        )

    def give_results(self) -> None:
        for _, name, _ in self._calls:
            self.messages.append({"role": "tool", "tool_name": name, "content": RESULT})


_OLLAMA_TOOLS = [
    {"type": "function", "function": {"name": name, "description": "d", "parameters": SCHEMA}}
    for name in TOOLS
]


_STOPS = {"tool_calls": "tool_call", "content_filter": "filter", "refusal": "filter"}
"""Ollama has no words for the last two: servers that copy its API add them."""


class GenerateTalk:
    """Ollama's generate: text and thoughts."""

    def __init__(self, root: str) -> None:
        self._root = root

    async def ask(self, *, stream: bool) -> Told:
        async with ollama.AsyncClient(host=self._root) as client:
            ask: Any = client.generate
            answered = await ask(MODEL, "hi", stream=stream)
            pieces = [piece async for piece in answered] if stream else [answered]
        last = pieces[-1]
        return Told(
            text="".join(piece.response or "" for piece in pieces),
            thoughts="".join(piece.thinking or "" for piece in pieces),
            stop=stop_word(last.done_reason, (), _STOPS),
            input_tokens=last.prompt_eval_count or 0,
            output_tokens=last.eval_count or 0,
        )

    def give_results(self) -> None: ...
