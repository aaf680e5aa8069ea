"""Parts of messages: OpenAI's (both APIs), Anthropic's, Ollama's, by their `type`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from vedette_sdk.reading.facts import Message, Part, items, mapping, text


def message(role: str, content: Any, *more: Part) -> Message:
    """A message from a `content`: a text or a list of parts."""
    return {"role": role, "parts": [*read_parts(content), *more]}


def read_parts(content: Any) -> Iterator[Part]:
    if isinstance(content, str):
        if content:
            yield {"type": "text", "content": content}
        return
    for item in (content,) if isinstance(content, Mapping) else items(content):
        if isinstance(item, str):
            yield {"type": "text", "content": item}
        else:
            yield read_part(mapping(item))


def read_part(part: Mapping[str, Any]) -> Part:
    """One part; of what no row knows only the type."""
    kind = text(part.get("type"))
    read = _TYPES.get(kind)
    return {"type": kind or "unknown"} if read is None else read(part)


def tool_call(name: Any, arguments: Any, id: Any) -> Part:
    """A call; arguments that are JSON are read."""
    if isinstance(arguments, str):
        try:
            arguments = msgspec.json.decode(arguments)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass
    return {"type": "tool_call", "id": text(id), "name": text(name), "arguments": arguments}


def tool_result(id: Any, result: Any) -> Part:
    """What a tool gave back; a list of texts is one text."""
    if isinstance(result, list | tuple):
        texts = [mapping(each).get("text") for each in result]
        plain = [each for each in texts if isinstance(each, str)]
        if texts and len(plain) == len(texts):
            result = "".join(plain)
    return {"type": "tool_call_response", "id": text(id), "response": result}


def _plain(part: Mapping[str, Any]) -> Part:
    return {"type": "text", "content": text(part.get("text") or part.get("content"))}


def _reasoning(part: Mapping[str, Any]) -> Part:
    said = text(part.get("thinking")) or text(part.get("text"))
    said = said or "".join(text(mapping(each).get("text")) for each in items(part.get("summary")))
    return {"type": "reasoning", "content": said}


def _refusal(part: Mapping[str, Any]) -> Part:
    return {"type": "refusal", "refusal": text(part.get("refusal"))}


def _call(part: Mapping[str, Any]) -> Part:
    arguments = part.get("arguments", part.get("input"))
    return tool_call(part.get("name"), arguments, part.get("call_id") or part.get("id"))


def _result(part: Mapping[str, Any]) -> Part:
    result = part.get("output", part.get("content"))
    return tool_result(part.get("call_id") or part.get("tool_use_id"), result)


def _media(part: Mapping[str, Any]) -> Part:
    """Of pictures, sounds and files where they are and how large, never what is in them."""
    kind = text(part.get("type"))
    inner = next((part[name] for name in _NESTED if part.get(name)), part)
    source = mapping(inner)
    uri = inner if isinstance(inner, str) else text(source.get("url"))
    modality = next((name for name in ("image", "audio", "video") if name in kind), "file")
    found: Part = {"type": "blob", "modality": modality}
    if mime := text(source.get("media_type") or source.get("format")):
        found["mime_type"] = mime
    if uri.startswith("data:"):
        return {**found, "mime_type": uri[5:].partition(";")[0], "size": len(uri)}
    if uri:
        return {**found, "type": "uri", "uri": uri}
    if file_id := text(source.get("file_id")):
        return {**found, "type": "file", "file_id": file_id}
    return {**found, "size": len(text(source.get("data") or source.get("file_data")))}


_NESTED = ("image_url", "input_audio", "file", "source")
_TYPES: dict[str, Callable[[Mapping[str, Any]], Part]] = {
    **dict.fromkeys(("text", "input_text", "output_text"), _plain),
    **dict.fromkeys(("thinking", "redacted_thinking", "reasoning"), _reasoning),
    **dict.fromkeys(("tool_use", "server_tool_use", "function_call", "custom_tool_call"), _call),
    **dict.fromkeys(
        ("tool_result", "function_call_output", "custom_tool_call_output"), _result
    ),
    **dict.fromkeys(
        ("image", "image_url", "input_image", "input_audio", "audio", "document", "file",
         "input_file", "video"),
        _media,
    ),
    "refusal": _refusal,
}  # fmt: skip
