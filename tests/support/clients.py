"""The official clients, each asking the same questions in its own way.

A `Talk` keeps the conversation as its client's users do: it gives back what the client gave,
without a look inside.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import boto3  # type: ignore[import-untyped]
from anthropic import AsyncAnthropic
from botocore.config import Config  # type: ignore[import-untyped]
from google import genai
from google.genai import types

from tests.support.talks_ollama import GenerateTalk, OllamaTalk
from tests.support.talks_openai import ChatTalk, CompletionsTalk, ResponsesTalk
from tests.support.told import (
    MODEL,
    RESULT,
    SCHEMA,
    TOOLS,
    Call,
    Talk,
    Told,
    arguments_json,
    stop_word,
)


class AnthropicTalk:
    """Anthropic's messages."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.messages: list[Any] = [{"role": "user", "content": "hi"}]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        asked: dict[str, Any] = {
            "model": MODEL, "max_tokens": 4096, "messages": self.messages,
            "tools": [{"name": name, "input_schema": SCHEMA} for name in TOOLS],
        }  # fmt: skip
        async with AsyncAnthropic(base_url=self._root, api_key="k", max_retries=0) as client:
            if stream:
                async with client.messages.stream(**asked) as events:
                    message: Any = await events.get_final_message()
            else:
                message = await client.messages.create(**asked)
        blocks = message.content
        kept = [block.to_dict() for block in blocks]
        self.messages.append({"role": "assistant", "content": kept})
        self._calls = tuple(
            (block.id, block.name, arguments_json(block.input))
            for block in blocks
            if block.type == "tool_use"
        )
        usage = message.usage
        cached = usage.cache_read_input_tokens or 0
        written = usage.cache_creation_input_tokens or 0
        return Told(
            text="".join(block.text for block in blocks if block.type == "text"),
            thoughts="".join(block.thinking for block in blocks if block.type == "thinking"),
            calls=self._calls,
            stop=stop_word(message.stop_reason, self._calls, _ANTHROPIC_STOPS),
            input_tokens=usage.input_tokens + cached + written,
            output_tokens=usage.output_tokens,
            cached_tokens=cached,
        )

    def give_results(self) -> None:
        results = [
            {"type": "tool_result", "tool_use_id": id, "content": RESULT}
            for id, _, _ in self._calls
        ]
        self.messages.append({"role": "user", "content": results})


_ANTHROPIC_STOPS = {
    "end_turn": "stop", "max_tokens": "length", "tool_use": "tool_call", "refusal": "filter",
    "stop_sequence": "stop",
}  # fmt: skip


class GeminiTalk:
    """Google's generateContent."""

    def __init__(self, root: str) -> None:
        self._options = types.HttpOptions(base_url=root, timeout=20_000)
        self.contents: list[Any] = [types.Content(role="user", parts=[types.Part(text="hi")])]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        asked: dict[str, Any] = {"model": MODEL, "contents": self.contents, "config": _CONFIG}
        async with genai.Client(api_key="k", http_options=self._options).aio as client:
            models = client.models
            if stream:
                answers = [piece async for piece in await models.generate_content_stream(**asked)]
            else:
                answers = [await models.generate_content(**asked)]
        candidates = [candidate for answer in answers for candidate in (answer.candidates or [])]
        candidates = [candidate for candidate in candidates if not candidate.index]
        parts = [p for c in candidates if c.content for p in (c.content.parts or [])]
        self.contents.append(types.Content(role="model", parts=parts))
        words = [c.finish_reason.value for c in candidates if c.finish_reason]
        blocked = any(a.prompt_feedback and a.prompt_feedback.block_reason for a in answers)
        return self._told(parts, "SAFETY" if blocked else words[-1], answers[-1].usage_metadata)

    def _told(self, parts: Sequence[types.Part], word: str, usage: Any) -> Told:
        called = [part.function_call for part in parts if part.function_call]
        self._calls = tuple(
            (call.id or "", call.name or "", arguments_json(call.args)) for call in called
        )
        spoken = [part for part in parts if part.text]
        return Told(
            text="".join(part.text or "" for part in spoken if not part.thought),
            thoughts="".join(part.text or "" for part in spoken if part.thought),
            calls=self._calls,
            stop=stop_word(word, self._calls, _GEMINI_STOPS),
            input_tokens=usage.prompt_token_count or 0,
            output_tokens=(usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0),
            cached_tokens=usage.cached_content_token_count or 0,
        )

    def give_results(self) -> None:
        results = [
            types.Part(
                function_response=types.FunctionResponse(
                    id=id or None, name=name, response={"result": RESULT}
                )
            )
            for id, name, _ in self._calls
        ]
        self.contents.append(types.Content(role="user", parts=results))


_CONFIG = types.GenerateContentConfig(
    tools=[
        types.Tool(
            function_declarations=[
                types.FunctionDeclaration(name=name, parameters_json_schema=SCHEMA)
                for name in TOOLS
            ]
        )
    ],
    automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
)
_GEMINI_STOPS = {"STOP": "stop", "MAX_TOKENS": "length", "SAFETY": "filter"} | dict.fromkeys(
    ("RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"), "filter"
)


class BedrockTalk:
    """Amazon's Converse through boto3, which blocks: each call has a thread."""

    def __init__(self, root: str) -> None:
        self._client = boto3.client(
            "bedrock-runtime", endpoint_url=root, region_name="us-east-1", aws_access_key_id="k",
            aws_secret_access_key="s", config=Config(retries={"max_attempts": 0}),
        )  # fmt: skip
        self.messages: list[Any] = [{"role": "user", "content": [{"text": "hi"}]}]
        self._calls: tuple[Call, ...] = ()

    async def ask(self, *, stream: bool) -> Told:
        asked = {"modelId": MODEL, "messages": self.messages, "toolConfig": {"tools": _AWS_TOOLS}}
        with closing(self._client):
            answer = await asyncio.to_thread(self._streamed if stream else self._whole, asked)
        message = answer["output"]["message"]
        self.messages.append(message)
        blocks = message["content"]
        self._calls = tuple(
            (call["toolUseId"], call["name"], arguments_json(call["input"]))
            for call in (block["toolUse"] for block in blocks if "toolUse" in block)
        )
        usage = answer["usage"]
        cached = usage.get("cacheReadInputTokens", 0)
        thoughts = [block.get("reasoningContent", {}).get("reasoningText") for block in blocks]
        return Told(
            text="".join(block.get("text", "") for block in blocks),
            thoughts="".join(thought["text"] for thought in thoughts if thought),
            calls=self._calls,
            stop=stop_word(answer["stopReason"], self._calls, _BEDROCK_STOPS),
            input_tokens=usage["inputTokens"] + cached + usage.get("cacheWriteInputTokens", 0),
            output_tokens=usage["outputTokens"],
            cached_tokens=cached,
        )

    def _whole(self, asked: dict[str, Any]) -> Any:
        return self._client.converse(**asked)

    def _streamed(self, asked: dict[str, Any]) -> Any:
        """The stream put together as AWS's own examples do it."""
        blocks: dict[int, dict[str, Any]] = {}
        answer: dict[str, Any] = {}
        with closing(self._client.converse_stream(**asked)["stream"]) as events:
            told_all = list(events)
        for event in told_all:
            ((kind, told),) = event.items()
            if kind == "contentBlockStart":
                start = told["start"].get("toolUse")
                if start:
                    blocks[told["contentBlockIndex"]] = {"toolUse": {**start, "input": ""}}
            elif kind == "contentBlockDelta":
                block = blocks.setdefault(told["contentBlockIndex"], {})
                _add_delta(block, told["delta"])
            elif kind in ("messageStop", "metadata"):
                answer |= told
        content = [blocks[index] for index in sorted(blocks)]
        for block in content:
            if "toolUse" in block:
                block["toolUse"]["input"] = json.loads(block["toolUse"]["input"] or "{}")
        return {**answer, "output": {"message": {"role": "assistant", "content": content}}}

    def give_results(self) -> None:
        results = [
            {"toolResult": {"toolUseId": id, "content": [{"text": RESULT}]}}
            for id, _, _ in self._calls
        ]
        self.messages.append({"role": "user", "content": results})


def _add_delta(block: dict[str, Any], delta: dict[str, Any]) -> None:
    if "text" in delta:
        block["text"] = block.get("text", "") + delta["text"]
    elif "toolUse" in delta:
        block["toolUse"]["input"] += delta["toolUse"]["input"]
    elif "reasoningContent" in delta:
        told = delta["reasoningContent"]
        if "redactedContent" in told:
            block["reasoningContent"] = told
            return
        empty: dict[str, Any] = {"reasoningText": {"text": ""}}
        thought = block.setdefault("reasoningContent", empty)["reasoningText"]
        thought["text"] += told.get("text", "")
        if "signature" in told:
            thought["signature"] = thought.get("signature", "") + told["signature"]


_AWS_TOOLS = [{"toolSpec": {"name": name, "inputSchema": {"json": SCHEMA}}} for name in TOOLS]
_BEDROCK_STOPS = {
    "end_turn": "stop", "max_tokens": "length", "tool_use": "tool_call", "stop_sequence": "stop",
    "guardrail_intervened": "filter", "content_filtered": "filter",
}  # fmt: skip


TALKS: dict[str, type[Talk]] = {
    "openai_chat": ChatTalk,
    "openai_responses": ResponsesTalk,
    "openai_completions": CompletionsTalk,
    "anthropic": AnthropicTalk,
    "gemini": GeminiTalk,
    "bedrock": BedrockTalk,
    "ollama_chat": OllamaTalk,
    "ollama_generate": GenerateTalk,
}
"""By the dialect that the client speaks. The address is that of the host, without a version."""
