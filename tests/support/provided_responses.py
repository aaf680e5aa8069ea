"""One answer in the format of OpenAI's responses, whole and streamed."""

import json
from collections.abc import Iterator
from typing import Any

from tests.support.answers import sse
from tests.support.provided import SIGNATURE, Pieces, Provided, halves, pieces_of


def _items(said: Provided) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if said.thoughts:
        summary = [{"type": "summary_text", "text": said.thoughts}]
        items.append(
            {
                "id": "rs_1", "type": "reasoning", "encrypted_content": SIGNATURE,
                "summary": summary,
            }
        )  # fmt: skip
    if said.text:
        part = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
        status = "incomplete" if said.stop in _INCOMPLETE else "completed"
        items.append(
            {
                "id": "msg_1", "type": "message", "role": "assistant", "status": status,
                "content": [part],
            }
        )  # fmt: skip
    for number, (id, name, arguments) in enumerate(said.calls):
        items.append(
            {
                "id": f"fc_{number}", "type": "function_call", "status": "completed",
                "call_id": id, "name": name, "arguments": arguments,
            }
        )  # fmt: skip
    return items


_INCOMPLETE = {"length": "max_output_tokens", "filter": "content_filter"}


def _response(said: Provided, *, done: bool = True) -> dict[str, Any]:
    reason = _INCOMPLETE.get(said.stop)
    status = "incomplete" if reason else "completed"
    return {
        "id": "resp_1", "object": "response", "created_at": 1763683200, "model": "gpt-x",
        "status": status if done else "in_progress", "error": None,
        "incomplete_details": {"reason": reason} if reason and done else None,
        "instructions": None, "metadata": {}, "parallel_tool_calls": True, "tool_choice": "auto",
        "tools": [], "temperature": 1.0, "top_p": 1.0, "output": _items(said) if done else [],
        "usage": {
            "input_tokens": said.input_tokens, "output_tokens": said.output_tokens,
            "total_tokens": said.input_tokens + said.output_tokens,
            "input_tokens_details": {"cached_tokens": said.cached_tokens, "cache_write_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 7 if said.thoughts else 0},
        } if done else None,
    }  # fmt: skip


def responses_whole(said: Provided) -> bytes:
    return json.dumps(_response(said), ensure_ascii=False).encode()


def responses_stream(said: Provided) -> Pieces:
    begun = _response(said, done=False)
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": begun},
        {"type": "response.in_progress", "response": begun},
    ]
    for index, item in enumerate(_items(said)):
        events += ({**event, "output_index": index} for event in _item_events(item))
    ending = "response.incomplete" if said.stop in _INCOMPLETE else "response.completed"
    events.append({"type": ending, "response": _response(said)})
    written = ({**event, "sequence_number": n} for n, event in enumerate(events))
    return [sse(json.dumps(event).encode(), event["type"]) for event in written]


def _item_events(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    own = {"reasoning": ("summary", _thought), "message": ("content", _message)}
    if item["type"] == "function_call":
        yield {"type": _ADDED, "item": {**item, "arguments": "", "status": "in_progress"}}
        yield from _call(item)
    else:
        member, tell = own[item["type"]]
        yield {"type": _ADDED, "item": {**item, member: []}}
        yield from tell(item)
    yield {"type": "response.output_item.done", "item": item}


_ADDED = "response.output_item.added"


def _thought(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    (part,) = item["summary"]
    at = {"item_id": item["id"], "summary_index": 0}
    name = "response.reasoning_summary"
    yield {"type": f"{name}_part.added", **at, "part": {**part, "text": ""}}
    for piece in pieces_of(part["text"]):
        yield {"type": f"{name}_text.delta", **at, "delta": piece}
    yield {"type": f"{name}_text.done", **at, "text": part["text"]}
    yield {"type": f"{name}_part.done", **at, "part": part}


def _message(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    (part,) = item["content"]
    at = {"item_id": item["id"], "content_index": 0}
    yield {"type": "response.content_part.added", **at, "part": {**part, "text": ""}}
    for piece in pieces_of(part["text"]):
        yield {"type": "response.output_text.delta", **at, "delta": piece, "logprobs": []}
    yield {"type": "response.output_text.done", **at, "text": part["text"], "logprobs": []}
    yield {"type": "response.content_part.done", **at, "part": part}


def _call(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    name = "response.function_call_arguments"
    for half in halves(item["arguments"]):
        yield {"type": f"{name}.delta", "item_id": item["id"], "delta": half}
    told = {"arguments": item["arguments"], "name": item["name"]}
    yield {"type": f"{name}.done", "item_id": item["id"], **told}
