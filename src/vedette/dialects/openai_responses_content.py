"""The content of messages and tool results, as the responses format has it.

It is read by `openai_parts`, which knows the parts of this format too. What stands beside a text or
a medium (`annotations`, `prompt_cache_breakpoint`) is kept in `extra` and written again for
requests of this dialect.
"""

from collections.abc import Callable, Iterable
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_media import media_type
from vedette.model.chat import MediaPart, Part, RawPart, RefusalPart, TextPart

NAME = "openai_responses"

ITEM = "item"
"""Name in the `extra` of an assistant's text under which the other fields of its item stand."""

_FILES = frozenset({NAME, "openai_chat"})
"""Dialects whose file ids may well be those of the provider behind this one."""


class ContentWriter:
    """Writes the parts of the messages of one request, which was made in `dialect`.

    `field` is what its client calls them.
    """

    def __init__(self, dialect: str, field: str) -> None:
        self.is_own = dialect == NAME
        self._takes_files = dialect in _FILES
        self._field = field

    def texts(self, parts: Iterable[Part]) -> str | list[dict[str, Any]]:
        """What a user, the system or a tool says; a text by itself where there is nothing else."""
        written = [part for part in map(self._input, parts) if part is not None]
        if len(written) == 1 and written[0].keys() == {"type", "text"}:
            text: str = written[0]["text"]
            return text
        return written or ""

    def answer(self, parts: Iterable[Part]) -> list[dict[str, Any]]:
        """What the assistant said: texts and refusals."""
        return [self._output(part) for part in parts]

    def _input(self, part: Part) -> dict[str, Any] | None:
        match part:
            case TextPart():
                return {"type": "input_text", "text": part.content, **self._extra(part)}
            case RefusalPart():
                return {"type": "input_text", "text": part.content}
            case MediaPart():
                return {**self._media(part), **self._extra(part)}
            case RawPart(content=dict() as content) if self.is_own:
                return content
            case _:
                return None

    def _output(self, part: Part) -> dict[str, Any]:
        if isinstance(part, RefusalPart):
            return {"type": "refusal", "refusal": part.content, **self._extra(part)}
        text = part.content if isinstance(part, TextPart) else ""
        return {"type": "output_text", "text": text, **self._extra(part)}

    def _extra(self, part: Part) -> dict[str, Any]:
        if isinstance(part, RawPart):
            return {}
        if self.is_own:
            return {name: value for name, value in part.extra.items() if name != ITEM}
        if not isinstance(part, MediaPart) or part.modality != "image":
            return {}
        # All of OpenAI's formats say how closely to look at a picture; this one wants it said.
        detail = part.extra.get("detail")
        return {"detail": detail if detail in _DETAILS else "auto"}

    def _media(self, part: MediaPart) -> dict[str, Any]:
        if part.file_id and not self._takes_files:
            raise Unsupported(self._field, "holds a file id of another provider.")
        write = _MEDIA_WRITERS.get(part.modality)
        written = write(part) if write is not None else None
        if written is None:
            raise Unsupported(self._field, f"holds {_described(part)}, which has no place here.")
        return written


_DETAILS = ("auto", "low", "high", "original")


def _described(part: MediaPart) -> str:
    kind = f" ({part.mime_type})" if part.mime_type else ""
    return f"a part of kind {part.modality!r}{kind}"


def _is_web(uri: str) -> bool:
    return uri.startswith(("https://", "http://", "data:"))


def _image_part(part: MediaPart) -> dict[str, Any] | None:
    if part.file_id:
        return {"type": "input_image", "file_id": part.file_id}
    if part.data:
        url = f"data:{media_type(part) or 'image/png'};base64,{part.data}"
        return {"type": "input_image", "image_url": url}
    return {"type": "input_image", "image_url": part.uri} if _is_web(part.uri) else None


def _file_part(part: MediaPart) -> dict[str, Any] | None:
    if part.file_id:
        return {"type": "input_file", "file_id": part.file_id}
    if part.data:
        kind = media_type(part) or "application/octet-stream"
        return {
            "type": "input_file",
            # The API takes inline files only with a name.
            "filename": part.name or _FILE_NAMES.get(kind, "file"),
            "file_data": f"data:{kind};base64,{part.data}",
        }
    if not _is_web(part.uri):
        return None
    named = {"filename": part.name} if part.name else {}
    return {"type": "input_file", "file_url": part.uri, **named}


_FILE_NAMES = {
    "application/pdf": "file.pdf",
    "text/plain": "file.txt",
    "text/markdown": "file.md",
    "text/html": "file.html",
    "text/csv": "file.csv",
    "application/json": "file.json",
}


def _sound_part(part: MediaPart) -> dict[str, Any] | None:
    kind = _SOUNDS.get(part.mime_type)
    if not part.data or kind is None:
        return None
    return {"type": "input_audio", "input_audio": {"data": part.data, "format": kind}}


_SOUNDS = {
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/wave": "wav",
    "audio/mp3": "mp3",
    "audio/mpeg": "mp3",
}

_MEDIA_WRITERS: dict[str, Callable[[MediaPart], dict[str, Any] | None]] = {
    "image": _image_part,
    "file": _file_part,
    "audio": _sound_part,
}
