"""The response object: what an answer repeats of its request, and its output as items.

https://platform.openai.com/docs/api-reference/responses/object
"""

from collections.abc import Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_responses_calls import Item, call_item, sign_call
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_input import reasoning_item, split_instructions
from vedette.dialects.openai_responses_items import read_arguments
from vedette.dialects.openai_responses_request import write_options
from vedette.dialects.openai_responses_tools import custom_names
from vedette.dialects.openai_usage_writer import write_response_usage, write_tool_usage
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

_INCOMPLETE = MappingProxyType(
    {
        "length": "max_output_tokens",
        "content_filter": "content_filter",
        # Not the model's own words, which would be a part: somebody broke it off.
        "refusal": "content_filter",
        # Anthropic's pause is no end either, and has no word here.
        "pause": "max_output_tokens",
    }
)


class Ending:
    """How a response ended, from the neutral word for it and an error where there is one."""

    def __init__(self, word: str, error: str = "", code: str = "server_error") -> None:
        self.error: dict[str, str] | None = None
        self.details: dict[str, str] | None = None
        self.status = "completed"
        if error or word == "error":
            self.status = "failed"
            message = error or "The model ended its answer with an error."
            self.error = {"code": code, "message": message}
        elif word in _INCOMPLETE:
            self.status = "incomplete"
            self.details = {"reason": _INCOMPLETE[word]}

    @property
    def item_status(self) -> str:
        """Of an item that was being written when the response ended."""
        return "completed" if self.status == "completed" else "incomplete"


class ResponseShape:
    """Makes the response objects of one call: one when it is whole, several in a stream."""

    def __init__(self, context: WriteContext) -> None:
        self.id = ""
        self.model = ""
        self.created_s = context.created_s
        self._context = context
        self._repeated = repeated(context.request)

    def running(self) -> dict[str, Any]:
        """The response as a stream begins with it."""
        return self._object("in_progress", [], None, Ending(""))

    def ended(self, ending: Ending, output: list[Item], usage: Usage | None) -> dict[str, Any]:
        return self._object(ending.status, output, usage, ending)

    def _object(
        self, status: str, output: list[Item], usage: Usage | None, ending: Ending
    ) -> dict[str, Any]:
        return {
            "id": self.id or f"resp_{self._context.id}",
            "object": "response",
            "created_at": self.created_s,
            "status": status,
            "error": ending.error,
            "incomplete_details": ending.details,
            "model": self.model or self._context.model,
            "output": output,
            "usage": write_response_usage(usage) if usage is not None else None,
            **write_tool_usage(usage),
            **self._repeated,
        }


def repeated(request: ChatRequest) -> dict[str, Any]:
    """What the API repeats of a request in its answer, defaults included."""
    unknown = request.unknown if request.dialect == NAME else {}
    options = write_options(replace(request, dialect=NAME))
    instructions, _ = split_instructions(request)
    settings = request.settings
    verbosity = as_text(as_mapping(unknown.get("text")).get("verbosity"))
    return {
        "background": False,
        "instructions": instructions or None,
        "max_output_tokens": _number(settings.get("max_tokens")),
        "max_tool_calls": _number(unknown.get("max_tool_calls")),
        "parallel_tool_calls": options.get("parallel_tool_calls", True),
        "previous_response_id": None,
        "prompt_cache_key": as_text(unknown.get("prompt_cache_key")) or None,
        "reasoning": {"effort": None, "summary": None, **options.get("reasoning", {})},
        "safety_identifier": as_text(unknown.get("safety_identifier")) or None,
        # Whatever the client asked for: nothing can be fetched by its id.
        "store": False,
        "temperature": _number(settings.get("temperature")),
        "text": {"format": {"type": "text"}, **options.get("text", {})}
        | ({"verbosity": verbosity} if verbosity else {}),
        "tool_choice": unknown.get("tool_choice", options.get("tool_choice", "auto")),
        "tools": options.get("tools", []),
        "top_logprobs": 0,
        "top_p": _number(settings.get("top_p")),
        "truncation": as_text(unknown.get("truncation")) or "disabled",
        "user": request.user or None,
        "metadata": {n: v for n, v in request.metadata.items() if isinstance(v, str)},
    }


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


class Ids:
    """Ids of items and calls, where the provider's dialect has none; never one twice."""

    def __init__(self, context: WriteContext) -> None:
        self._stem = context.id
        self._calls: set[str] = set()

    def item(self, kind: str, index: int) -> str:
        """Of the item that stands at `index`; `kind` is the prefix that OpenAI gives its like."""
        return f"{kind}_{self._stem}{index}"

    def call(self, id: str, index: int) -> str:
        """The call's own id unless it has none, or one that was there before."""
        if not id or id in self._calls:
            id = f"call_{self._stem}{index}"
        self._calls.add(id)
        return id


def message_item(id: str, content: list[Item], status: str) -> Item:
    return {
        "id": id, "type": "message", "status": status, "content": content, "role": "assistant",
    }  # fmt: skip


def text_part(text: str) -> Item:
    return {"type": "output_text", "annotations": [], "logprobs": [], "text": text}


def refusal_part(text: str) -> Item:
    return {"type": "refusal", "refusal": text}


def image_item(id: str, mime_type: str, data: str) -> Item:
    item: Item = {"id": id, "type": "image_generation_call", "status": "completed", "result": data}
    kind = mime_type.removeprefix("image/")
    return {**item, "output_format": kind} if kind in _PICTURES else item


_PICTURES = frozenset({"png", "webp", "jpeg"})


def output_items(answer: Answer, context: WriteContext, ending: Ending) -> list[Item]:
    """The items that the answer's first choice makes; what was cut off is at the end."""
    ids, customs = Ids(context), custom_names(context.request.tools)
    items: list[Item] = []
    parts = answer.messages[0].parts if answer.messages else ()
    for is_said, group in groupby(parts, _is_said):
        if is_said:
            content = [_content(part, answer.dialect) for part in group]
            items.append(message_item(ids.item("msg", len(items)), content, "completed"))
            continue
        for part in group:
            item = _item(part, ids, len(items), customs)
            items += [item] if item is not None else []
    if items and not _is_whole(items[-1]):
        items[-1]["status"] = ending.item_status
    return items


def _is_whole(item: Item) -> bool:
    """Whether an item at the end is complete even where the response is cut off."""
    if item["type"] == "function_call":
        return isinstance(read_arguments(item["arguments"]), dict)
    return bool(item["type"] != "message")


def _is_said(part: Part) -> bool:
    return isinstance(part, TextPart | RefusalPart)


def _content(part: Part, dialect: str) -> Item:
    if isinstance(part, RefusalPart):
        return refusal_part(part.content)
    extra = part.extra if isinstance(part, TextPart) else {}
    text = text_part(part.content if isinstance(part, TextPart) else "")
    if dialect == NAME:
        return {**text, **extra}
    if dialect == "openai_chat":
        text["annotations"] = list(_citations(extra.get("annotations")))
    return text


def _citations(values: object) -> Iterator[Item]:
    """Web pages that a text cites; in the chat format what they are stands one level deeper."""
    for value in map(as_mapping, as_list(values)):
        cited = as_mapping(value.get("url_citation"))
        fields = {name: cited.get(name) for name in _CITATION}
        if all(isinstance(fields[name], kind) for name, kind in _CITATION.items()):
            yield {"type": "url_citation", **fields}


_CITATION = MappingProxyType({"start_index": int, "end_index": int, "title": str, "url": str})


def _item(part: Part, ids: Ids, index: int, customs: frozenset[str]) -> Item | None:
    match part:
        case ReasoningPart():
            return {"id": ids.item("rs", index), **reasoning_item(part)}
        case ToolCallPart():
            called = call_item(part, ids.call(part.id, index), customs)
            return {
                "id": ids.item(call_prefix(called), index), "status": "completed", **called,
                **sign_call(part),
            }  # fmt: skip
        case MediaPart(modality="image", data=data) if data:
            return image_item(ids.item("ig", index), part.mime_type, data)
        case RawPart(content=dict() as item, dialect="openai_responses"):
            return item
        case _:
            return None


def call_prefix(item: Item) -> str:
    return "fc" if item["type"] == "function_call" else "ctc"
