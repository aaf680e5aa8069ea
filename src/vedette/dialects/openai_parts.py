"""The parts of a message's `content`, as OpenAI's formats and their copies write them.

What a part has beside the fields we model stays in its `extra`, as it was written. `detail` of a
picture stands there too, whichever of the two formats it came in.
"""

from collections.abc import Callable, Iterator
from typing import Any

from vedette.dialects.openai_media import encoded_media, inline_media, media_type
from vedette.dialects.reading import as_mapping, as_text
from vedette.dialects.signatures import unseal
from vedette.model.chat import MediaPart, Part, RawPart, ReasoningPart, RefusalPart, TextPart


def read_content(content: object, dialect: str = "") -> Iterator[Part]:
    """The parts of a `content`: a text or a list of typed parts.

    `dialect` is written on the parts that only it can understand.
    """
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
    elif isinstance(content, list):
        for part in content:
            yield _read_part(part, dialect)
    elif content is not None:
        yield RawPart(content=content, dialect=dialect)


_NOTHING: tuple[object, ...] = (None, [], {})


def leftover(fields: dict[str, Any], *known: str) -> dict[str, Any]:
    """The fields that are not `known`, null and empty ones aside."""
    return {n: kept for n, kept in fields.items() if n not in known and kept not in _NOTHING}


def _read_part(value: object, dialect: str) -> Part:
    if isinstance(value, str):
        return TextPart(content=value)
    part = as_mapping(value)
    read = _PARTS.get(as_text(part.get("type")))
    read_part = None if read is None else read(part)
    return RawPart(content=value, dialect=dialect) if read_part is None else read_part


def _text(part: dict[str, Any]) -> Part | None:
    text = part.get("text")
    if not isinstance(text, str):
        return None
    return TextPart(content=text, extra=leftover(part, "type", "text"))


def _image(part: dict[str, Any]) -> Part:
    inner = part.get("image_url")
    image = as_mapping(inner)
    url = inner if isinstance(inner, str) else as_text(image.get("url"))
    extra = leftover(part, "type", "image_url", "file_id") | leftover(image, "url")
    if not url and (file_id := as_text(part.get("file_id"))):
        return MediaPart(modality="image", file_id=file_id, extra=extra)
    return _with_extra(inline_media("image", url), extra)


def _sound(part: dict[str, Any]) -> Part:
    audio = as_mapping(part.get("input_audio"))
    kind = as_text(audio.get("format"))
    mime_type = f"audio/{kind}" if kind else ""
    read = encoded_media("audio", as_text(audio.get("data")), mime_type=mime_type)
    return _with_extra(read, leftover(part, "type", "input_audio"))


def _video(part: dict[str, Any]) -> Part:
    video = as_mapping(part.get("video_url"))
    extra = leftover(part, "type", "video_url") | leftover(video, "url")
    return _with_extra(inline_media("video", as_text(video.get("url"))), extra)


def _file(part: dict[str, Any]) -> Part:
    nested = as_mapping(part.get("file"))
    file = nested or part
    name = as_text(file.get("filename"))
    extra = leftover(file, "type", "file", "filename", "file_data", "file_url", "file_id")
    if nested:
        extra |= leftover(part, "type", "file")
    if encoded := as_text(file.get("file_data")):
        read = _file_data(encoded, name)
    else:
        uri, file_id = as_text(file.get("file_url")), as_text(file.get("file_id"))
        read = MediaPart(modality="file", uri=uri, file_id=file_id, name=name)
    return _with_extra(read, extra)


def _file_data(encoded: str, name: str) -> MediaPart:
    """A file in `file_data`: a data URL, an address (OpenRouter) or bare base64."""
    if encoded.startswith(("data:", "http://", "https://")):
        return inline_media("file", encoded, name=name)
    read = encoded_media("file", encoded, name=name)
    return encoded_media("file", encoded, mime_type=media_type(read), name=name)


def _thinking(part: dict[str, Any]) -> Part:
    thinking = part.get("thinking")
    if isinstance(thinking, list):
        thinking = "".join(as_text(as_mapping(item).get("text")) for item in thinking)
    signature, source = unseal(as_text(part.get("signature")), "openai_chat")
    return ReasoningPart(content=as_text(thinking), signature=signature, source=source)


def _refusal(part: dict[str, Any]) -> Part:
    return RefusalPart(content=as_text(part.get("refusal")))


def _with_extra(part: MediaPart, extra: dict[str, Any]) -> MediaPart:
    if not extra:
        return part
    return MediaPart(
        modality=part.modality,
        mime_type=part.mime_type,
        uri=part.uri,
        file_id=part.file_id,
        size_bytes=part.size_bytes,
        data=part.data,
        name=part.name,
        extra=extra,
    )


_PARTS: dict[str, Callable[[dict[str, Any]], Part | None]] = {
    "text": _text,
    "input_text": _text,
    "output_text": _text,
    "image_url": _image,
    "input_image": _image,
    "input_audio": _sound,
    "video_url": _video,
    "file": _file,
    "input_file": _file,
    "thinking": _thinking,
    "refusal": _refusal,
}
