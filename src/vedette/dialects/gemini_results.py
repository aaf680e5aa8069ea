"""Results of tools as `functionResponse`.

`response` has to be an object: a text goes into `output`, that of a failed call into `error`,
which are the words that Gemini looks for. Pictures and files of a result stand inside it for
models since Gemini 3, beside it for older ones.
"""

from typing import Any

from vedette.dialects.gemini_media import write_media
from vedette.dialects.gemini_part_writer import Extras, write_part
from vedette.dialects.reading import as_mapping
from vedette.model.chat import MediaPart, RawPart, TextPart, ToolResultPart


def write_result(
    result: ToolResultPart, id: str, name: str, extras: Extras, *, media_inside: bool
) -> list[dict[str, Any]]:
    """The part of a result, and its media where they stand beside it. Raises Unsupported."""
    extra = dict(extras(result.extra))
    answer: dict[str, Any] = {"id": id} if id else {}
    answer |= {"name": name, "response": _response(result)}
    media = [one for part in result.parts if (one := _medium(part, extras)) is not None]
    if media and media_inside:
        answer["parts"] = media
    answer |= as_mapping(extra.pop("functionResponse", None))
    written = {"functionResponse": answer, **extra}
    return [written] if media_inside else [written, *media]


def _medium(part: object, extras: Extras) -> dict[str, Any] | None:
    match part:
        case MediaPart():
            return write_media(part, extras)
        case RawPart():
            return write_part(part, extras)
        case _:
            return None


def _response(result: ToolResultPart) -> dict[str, Any]:
    value = _value(result)
    if isinstance(value, dict) and (not result.is_error or "error" in value):
        return value
    return {"error" if result.is_error else "output": value}


def _value(result: ToolResultPart) -> object:
    """The result; its texts where it is a list of parts that we have read one by one."""
    texts = [part.content for part in result.parts if isinstance(part, TextPart)]
    if result.parts and (result.result is None or isinstance(result.result, list)):
        return "\n".join(texts)
    return "" if result.result is None else result.result
