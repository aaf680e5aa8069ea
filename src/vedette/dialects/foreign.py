"""What a request says in its own dialect's words, on its way into another dialect.

A reader keeps the fields and parts that have no neutral form as they came: `ChatRequest.unknown`,
each `extra` and `RawPart`. Most of them only advise and are left out by name. Some decide what the
answer is, or name something that only their provider has: without them another question would be
answered, so they are refused. Which is which stands here, once for every target.
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.reading import as_mapping, as_text
from vedette.model.chat import ChatRequest, RawPart

_STATE = "names something that only its own provider keeps."
_CHOICES = "asks for choices that only its own provider makes."
_FIGURES = "asks for figures that this provider does not give."
_TEMPLATE = "says how its own provider makes its input of the prompt."
_MEDIA = "asks for an answer that is no text."

_TOOLS = "asks for a tool that only its own provider runs."

_REFUSED = MappingProxyType(
    {
        "anthropic": {
            "container": _STATE,
            "mcp_servers": _TOOLS,
        },
        "openai_chat": {
            "audio": _MEDIA,
            "logprobs": _FIGURES,
            "modalities": _MEDIA,
            "top_logprobs": _FIGURES,
            "web_search_options": _TOOLS,
        },
        "openai_completions": {
            "best_of": _CHOICES,
            "echo": "asks that the prompt be repeated, which chat models do not do.",
            "logprobs": _FIGURES,
            "prompt_embeds": _STATE,
            "prompt_logprobs": _FIGURES,
            "suffix": "asks for a text between two others, which chat models do not write.",
        },
        "openai_responses": {
            "background": "asks for an answer that its own provider keeps until it is fetched.",
            "conversation": _STATE,
            "previous_response_id": _STATE,
            "prompt": _STATE,
            "top_logprobs": _FIGURES,
        },
        "gemini": {
            "cachedContent": _STATE,
            "generationConfig.logprobs": _FIGURES,
            "generationConfig.responseLogprobs": _FIGURES,
            "generationConfig.responseModalities": _MEDIA,
        },
        "bedrock": {
            "guardrailConfig": "asks for a guardrail that only its own provider has.",
            "promptVariables": _STATE,
        },
        "ollama_chat": {"logprobs": _FIGURES},
        "ollama_generate": {
            "context": _STATE,
            "logprobs": _FIGURES,
            "raw": _TEMPLATE,
            "suffix": "asks for a text between two others, which chat models do not write.",
            "template": _TEMPLATE,
        },
    }
)

_HARMLESS: MappingProxyType[str, tuple[object, ...]] = MappingProxyType(
    {
        "background": (False,),
        "best_of": (1,),
        "context": ([],),
        "echo": (False,),
        "generationConfig.responseLogprobs": (False,),
        "generationConfig.responseModalities": (["TEXT"], []),
        "logprobs": (False,),
        "mcp_servers": ([],),
        "modalities": (["text"], []),
        "raw": (False,),
        "suffix": ("",),
    }
)
"""Values that ask for nothing. Never 0 or {}: `logprobs: 0` asks for figures, and
`web_search_options: {}` for a search."""

_REFUSED_PARTS = MappingProxyType(
    {
        ("openai_completions", "tokens"): "holds token ids, which only their own provider reads.",
        ("openai_responses", "item_reference"): _STATE,
        ("openai_responses", "compaction"): _STATE,
    }
)

_MESSAGES = MappingProxyType(
    {"openai_responses": "input", "openai_completions": "prompt", "gemini": "contents"}
)

_SETTINGS = MappingProxyType(
    {
        "openai_chat": {
            "stop_sequences": "stop",
            "choice.count": "n",
            "output_format": "response_format",
            "reasoning": "reasoning_effort",
        },
        "openai_completions": {"stop_sequences": "stop", "choice.count": "n"},
        "openai_responses": {
            "max_tokens": "max_output_tokens",
            "stop_sequences": "stop",
            "choice.count": "n",
            "output_format": "text.format",
        },
        "anthropic": {"output_format": "output_config", "reasoning": "thinking"},
        "gemini": {
            "choice.count": "generationConfig.candidateCount",
            "frequency_penalty": "generationConfig.frequencyPenalty",
            "max_tokens": "generationConfig.maxOutputTokens",
            "output_format": "generationConfig.responseMimeType",
            "presence_penalty": "generationConfig.presencePenalty",
            "reasoning": "generationConfig.thinkingConfig",
            "seed": "generationConfig.seed",
            "stop_sequences": "generationConfig.stopSequences",
            "temperature": "generationConfig.temperature",
            "top_k": "generationConfig.topK",
            "top_p": "generationConfig.topP",
        },
        "bedrock": {
            "max_tokens": "inferenceConfig.maxTokens",
            "stop_sequences": "inferenceConfig.stopSequences",
            "temperature": "inferenceConfig.temperature",
            "top_p": "inferenceConfig.topP",
            "top_k": "additionalModelRequestFields.top_k",
            "output_format": "outputConfig.textFormat",
            "reasoning": "additionalModelRequestFields.thinking",
        },
        "ollama_chat": {"max_tokens": "options.num_predict", "stop_sequences": "options.stop"},
        "ollama_generate": {"max_tokens": "options.num_predict", "stop_sequences": "options.stop"},
    }
)


def leave_out(
    request: ChatRequest, dialect: str, *, kept: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """What of `request` has no place in `dialect`, by the client's names.

    `kept` are those of these names that the writer takes all the same. Raises Unsupported where
    the answer would be another one. Nothing is left out of a request in its own dialect.
    """
    if request.dialect in ("", dialect):
        return ()
    refused = _REFUSED.get(request.dialect, _NOTHING)
    names: dict[str, None] = {}
    for name, value in request.unknown.items():
        if value is None or name in kept:
            continue
        if name in refused and not _asks_for_nothing(name, value):
            raise Unsupported(name, refused[name])
        inner = value if name in _PARTLY_READ and isinstance(value, dict) else {}
        names.update(dict.fromkeys([f"{name}.{field}" for field in inner] or [name]))
    names.update(dict.fromkeys(_raw_parts(request)))
    names.update(dict.fromkeys(_extras(request)))
    return tuple(name for name in names if name not in kept)


_PARTLY_READ = frozenset(
    ("additionalModelRequestFields", "inferenceConfig", "outputConfig", "reasoning",
     "stream_options", "text", "toolConfig")
)  # fmt: skip
"""Objects of which only the rest is unknown (`text.verbosity`)."""

_NOTHING: dict[str, str] = {}


def _asks_for_nothing(name: str, value: object) -> bool:
    # 0 equals False, and asks for something where False does not.
    return any(type(value) is type(none) and value == none for none in _HARMLESS.get(name, ()))


def _raw_parts(request: ChatRequest) -> list[str]:
    """Names of the parts that only the request's own dialect knows."""
    where = messages_name(request.dialect)
    if request.dialect == "openai_completions" and len(request.messages) > 1:
        raise Unsupported(where, "holds several prompts, and a chat has one.")
    names = []
    for message in request.messages:
        for part in message.parts:
            if isinstance(part, RawPart):
                kind = _kind(part.content)
                if (why := _REFUSED_PARTS.get((request.dialect, kind))) is not None:
                    raise Unsupported(where, why)
                names.append(f"{where}.{kind}" if kind else where)
    return names


def _extras(request: ChatRequest) -> Iterator[str]:
    """Names of what stands beside the texts, the media and the tools."""
    where = messages_name(request.dialect)
    for message in request.messages:
        for kept in (message, *message.parts):
            if not isinstance(kept, RawPart):
                yield from (f"{where}.{name}" for name in kept.extra if name not in _MARKS)
    for tool in request.tools:
        if not tool.built_in:
            yield from (f"tools.{name}" for name in tool.extra if name not in _MARKS)


_MARKS = frozenset(
    ("format", "functions", "id", "index", "item", "json", "source", "status", "type")
)
"""What nobody misses: names and kinds of things that get others in the new dialect."""


def _kind(content: Any) -> str:
    if isinstance(content, list) and content and all(type(item) is int for item in content):
        return "tokens"
    fields = as_mapping(content)
    # Gemini and Bedrock name the kind by the only member.
    return as_text(fields.get("type")) or (next(iter(fields)) if len(fields) == 1 else "")


def messages_name(dialect: str) -> str:
    """What a dialect calls the list of messages."""
    return _MESSAGES.get(dialect, "messages")


def setting_name(dialect: str, setting: str) -> str:
    """What a dialect calls a setting; also `output_format` and `reasoning`."""
    return _SETTINGS.get(dialect, _NOTHING).get(setting, setting)
