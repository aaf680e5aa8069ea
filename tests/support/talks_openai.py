"""OpenAI's official client: chat, responses and completions, as its users talk through it."""

from typing import Any

from openai import AsyncOpenAI
from openai.lib.streaming.chat import ChatCompletionStreamState

from tests.support.told import MODEL, RESULT, SCHEMA, TOOLS, Call, Told, arguments_json, stop_word


def _client(root: str) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=f"{root}/v1", api_key="k", max_retries=0)


class ChatTalk:
    """OpenAI's chat completions."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.messages: list[Any] = [{"role": "user", "content": "hi"}]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        asked: dict[str, Any] = {"model": MODEL, "messages": self.messages, "tools": _CHAT_TOOLS}
        async with _client(self._root) as client:
            completions = client.chat.completions
            if stream:
                # The helper raises where an answer is cut short; the state under it does not.
                state: Any = ChatCompletionStreamState()
                options: Any = {"include_usage": True}
                chunks = await completions.create(**asked, stream=True, stream_options=options)
                usage: Any = None
                async for chunk in chunks:
                    state.handle_chunk(chunk)
                    usage = chunk.usage or usage
                completion: Any = state.current_completion_snapshot
            else:
                completion = await completions.create(**asked)
                usage = completion.usage
        choice = completion.choices[0]
        message = choice.message
        kept = message.to_dict()
        kept.pop("parsed", None)
        self.messages.append(kept)
        self._calls = tuple(
            (call.id, call.function.name, arguments_json(call.function.arguments))
            for call in message.tool_calls or ()
        )
        details = usage.prompt_tokens_details if usage else None
        return Told(
            text=(message.content or "") + (message.refusal or ""),
            thoughts=_thoughts(message),
            calls=self._calls,
            stop=stop_word(
                "filter" if message.refusal else choice.finish_reason, self._calls, _OPENAI_STOPS
            ),
            input_tokens=usage.prompt_tokens if usage else 0,
            output_tokens=usage.completion_tokens if usage else 0,
            cached_tokens=(details.cached_tokens if details else 0) or 0,
        )

    def give_results(self) -> None:
        for id, _, _ in self._calls:
            self.messages.append({"role": "tool", "tool_call_id": id, "content": RESULT})


def _thoughts(message: Any) -> str:
    """In the field that most servers have, else in OpenRouter's list."""
    details = getattr(message, "reasoning_details", None) or ()
    told = getattr(message, "reasoning_content", None)
    return told or "".join(detail.get("text", "") for detail in details)


_CHAT_TOOLS = [
    {"type": "function", "function": {"name": name, "parameters": SCHEMA}} for name in TOOLS
]
_OPENAI_STOPS = {"tool_calls": "tool_call", "content_filter": "filter"}


class ResponsesTalk:
    """OpenAI's responses, without state kept at the provider."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.items: list[Any] = [{"role": "user", "content": "hi"}]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        asked: dict[str, Any] = {
            "model": MODEL, "input": self.items, "tools": _RESPONSES_TOOLS, "store": False,
            "include": ["reasoning.encrypted_content"],
        }  # fmt: skip
        async with _client(self._root) as client:
            if stream:
                # The helper knows no end but `response.completed`.
                events = await client.responses.create(**asked, stream=True)
                told = [event async for event in events]
                response: Any = told[-1].response
            else:
                response = await client.responses.create(**asked)
        for item in response.output:
            kept = item.to_dict()
            kept.pop("parsed_arguments", None)
            self.items.append(kept)
        self._calls = tuple(
            (item.call_id, item.name, arguments_json(item.arguments))
            for item in response.output
            if item.type == "function_call"
        )
        said = [part for item in response.output if item.type == "message" for part in item.content]
        incomplete = response.incomplete_details
        usage = response.usage
        word = incomplete.reason if incomplete else response.status
        if any(part.type == "refusal" for part in said):
            word = "filter"
        return Told(
            text="".join(getattr(p, "text", "") or getattr(p, "refusal", "") for p in said),
            thoughts="".join(map(_thought_of_item, response.output)),
            calls=self._calls,
            stop=stop_word(word, self._calls, _RESPONSES_STOPS),
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
            cached_tokens=usage.input_tokens_details.cached_tokens if usage else 0,
        )

    def give_results(self) -> None:
        for id, _, _ in self._calls:
            self.items.append({"type": "function_call_output", "call_id": id, "output": RESULT})


def _thought_of_item(item: Any) -> str:
    if item.type != "reasoning":
        return ""
    return "\n\n".join(part.text for part in (*(item.content or ()), *item.summary))


_RESPONSES_TOOLS = [
    {"type": "function", "name": name, "parameters": SCHEMA, "strict": False} for name in TOOLS
]
_RESPONSES_STOPS = {
    "completed": "stop", "max_output_tokens": "length", "content_filter": "filter",
}  # fmt: skip


class CompletionsTalk:
    """OpenAI's text completions: nothing but text comes back."""

    def __init__(self, root: str) -> None:
        self._root = root

    async def ask(self, *, stream: bool) -> Told:
        async with _client(self._root) as client:
            create: Any = client.completions.create
            if not stream:
                answer = await create(model=MODEL, prompt="hi")
                choice, usage = answer.choices[0], answer.usage
                return self._told(choice.text, choice.finish_reason, usage)
            text, word, usage = "", "", None
            options = {"include_usage": True}
            async for chunk in await create(
                model=MODEL, prompt="hi", stream=True, stream_options=options
            ):
                usage = chunk.usage or usage
                for choice in chunk.choices[:1]:
                    text, word = text + choice.text, choice.finish_reason or word
        return self._told(text, word, usage)

    @staticmethod
    def _told(text: str, word: str, usage: Any) -> Told:
        return Told(
            text, stop=stop_word(word, (), _OPENAI_STOPS), input_tokens=usage.prompt_tokens,
            output_tokens=usage.completion_tokens,
        )  # fmt: skip

    def give_results(self) -> None: ...
