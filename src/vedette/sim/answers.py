"""What the simulated model says, before anyone decides how it goes over the wire."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from vedette.sim.chance import Draws, seed_of
from vedette.sim.controls import Controls
from vedette.sim.problems import Problem
from vedette.sim.prose import OPENING, write
from vedette.sim.requests import ChatCall, CompletionCall, Function
from vedette.sim.schema import fit

FINGERPRINT: Final = "sim"
CREATED: Final = 1_767_225_600
"""`created` of every answer: with a clock in it, equal requests would give unequal bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    id: str
    name: str
    arguments: str
    """JSON text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer; `words` joined are its text, or its refusal when `refused`."""

    words: Sequence[str] = ()
    refused: bool = False
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: str = "stop"

    def tokens(self) -> int:
        calls = sum(len(f"{call.name} {call.arguments}".split()) for call in self.tool_calls)
        return len(self.words) + calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything the model says to one request."""

    id: str
    model: str
    choices: tuple[Choice, ...]
    prompt_tokens: int
    cached_tokens: int = 0
    reasoning_tokens: int = 0

    def usage(self) -> dict[str, object]:
        """OpenAI's `usage`; reasoning counts into the completion tokens, cached into the prompt."""
        completion = sum(choice.tokens() for choice in self.choices) + self.reasoning_tokens
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self.prompt_tokens + completion,
            "prompt_tokens_details": {"cached_tokens": self.cached_tokens, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": self.reasoning_tokens,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        }


def answer_chat(call: ChatCall, controls: Controls, seed: int) -> Answer:
    """The answer to a chat; the same for the same call, controls and seed."""
    prompt_tokens = sum(count_words(message.text()) for message in call.messages)
    return Answer(
        id=f"chatcmpl-sim{seed:016x}",
        model=call.model,
        choices=tuple(_choose(call, controls, seed + index) for index in range(call.n or 1)),
        prompt_tokens=prompt_tokens,
        cached_tokens=min(controls.cached_tokens, prompt_tokens),
        reasoning_tokens=controls.reasoning_tokens,
    )


def answer_text(call: CompletionCall, controls: Controls, seed: int) -> Answer:
    """The answer to a plain completion: `n` choices for each prompt, in order."""
    prompts = call.prompts()
    prompt_tokens = sum(count_words(one) if isinstance(one, str) else len(one) for one in prompts)
    texts = [one if isinstance(one, str) else "" for one in prompts for _ in range(call.n or 1)]
    choices = tuple(
        Choice(
            words=write(text, call.wanted_tokens(), Draws(seed + index)),
            finish_reason=_finish(controls, "stop"),
        )
        for index, text in enumerate(texts)
    )
    return Answer(
        id=f"cmpl-sim{seed:016x}",
        model=call.model,
        choices=choices,
        prompt_tokens=prompt_tokens,
        cached_tokens=min(controls.cached_tokens, prompt_tokens),
        reasoning_tokens=controls.reasoning_tokens,
    )


def count_words(text: str) -> int:
    """The simulated tokenizer: a token is a word."""
    return len(text.split())


def _choose(call: ChatCall, controls: Controls, seed: int) -> Choice:
    draws = Draws(seed)
    if controls.refusal:
        text = controls.refusal
        if text is True:
            text = f"{OPENING} I cannot help with that."
        return Choice(words=_split(text), refused=True, finish_reason=_finish(controls, "stop"))
    if functions := _functions_to_call(call, controls):
        calls = tuple(
            ToolCall(
                id=f"call_sim{seed_of(b'%d' % seed, b'%d' % index):016x}",
                name=function.name,
                arguments=_arguments(function, draws),
            )
            for index, function in enumerate(functions)
        )
        return Choice(tool_calls=calls, finish_reason=_finish(controls, "tool_calls"))
    words = _structured(call, draws) or write(call.messages[-1].text(), call.wanted_tokens(), draws)
    return Choice(words=words, finish_reason=_finish(controls, "stop"))


def _question(call: ChatCall) -> str:
    """What the user said last; a tool's result behind it does not change the topic."""
    said = (message.text() for message in reversed(call.messages) if message.role == "user")
    return next(said, "")


def _finish(controls: Controls, natural: str) -> str:
    return controls.finish_reason or natural


def _split(text: str) -> list[str]:
    """Words with the space before them, so that joining gives the text back."""
    pieces = text.split(" ")
    return [pieces[0], *(f" {piece}" for piece in pieces[1:])]


def _structured(call: ChatCall, draws: Draws) -> list[str]:
    """JSON where the request asked for it; empty where it did not."""
    wanted = call.response_format
    if wanted is None or wanted.type not in ("json_object", "json_schema"):
        return []
    value: object = {"simulated": True, "answer": draws.below(100)}
    if wanted.type == "json_schema":
        value = fit((wanted.json_schema or {}).get("schema"), draws)
    return _split(msgspec.json.encode(value).decode())


def _functions_to_call(call: ChatCall, controls: Controls) -> list[Function]:
    """The functions to call in this turn, none for an answer in words.

    After a tool's result the answer is in words: otherwise an agent would go round for ever.
    """
    offered = [tool.function for tool in call.tools or () if tool.function is not None]
    wanted = controls.tool_call or (controls.tool_calls > 0) or _chosen(call)
    if not wanted or call.tool_choice == "none" or call.messages[-1].role in ("tool", "function"):
        return []
    if not offered:
        raise Problem(
            "A tool call was asked for, but 'tools' offers no function.",
            code="missing_required_parameter",
            param="tools",
        )
    named = [function for function in offered if function.name == wanted]
    if isinstance(wanted, str) and not named:
        names = ", ".join(function.name for function in offered)
        raise Problem(
            f"No function is named {wanted[:60]!r}. Offered: {names[:400]}.",
            code="invalid_value",
            param="tools",
        )
    pool = named or offered
    count = 1 if call.parallel_tool_calls is False else max(1, controls.tool_calls)
    return [pool[index % len(pool)] for index in range(count)]


def _chosen(call: ChatCall) -> str | bool:
    """What `tool_choice` demands: a function's name, any (true) or nothing (false)."""
    if isinstance(call.tool_choice, dict):
        function = call.tool_choice.get("function")
        name = function.get("name") if isinstance(function, dict) else None
        return name if isinstance(name, str) else True
    return call.tool_choice == "required"


def _arguments(function: Function, draws: Draws) -> str:
    schema = function.parameters or {"type": "object", "properties": {}}
    return msgspec.json.encode(fit(schema, draws) or {}).decode()


def in_chunks(words: Sequence[str], size: int) -> Iterator[str]:
    """`size` words at a time."""
    for start in range(0, len(words), size):
        yield "".join(words[start : start + size])
