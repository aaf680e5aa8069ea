"""Neutral parts as content parts and tool calls of the chat completions format.

| part | becomes | not taken |
|---|---|---|
| text | text; texts alone are joined, for many servers take a string only | |
| image | `image_url` by URL or as a data URL | foreign file ids: Unsupported |
| audio | `input_audio` | by URL or foreign id: Unsupported |
| video | `video_url`, an addition of vLLM and others | foreign ids: Unsupported |
| file | `file`, text as text | by URL, foreign ids: Unsupported |
| tool call | function call; ids over 40 and names over 64 characters are shortened | |
| raw, each `extra` | as it came, in its own dialect | left out, named |
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import messages_name
from vedette.dialects.openai_media import data_url, is_text_file, media_text, media_type
from vedette.dialects.replay import arguments_text
from vedette.dialects.signatures import is_ours
from vedette.dialects.tool_names import fit_name
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)

NAME = "openai_chat"
_LONGEST_ID = 40
_AUDIO_FORMATS = {"x-wav": "wav", "wave": "wav", "mpeg": "mp3", "x-m4a": "m4a", "mp4": "m4a"}
_FORMS = frozenset({"type", "functions", "function"})
"""Extras that only say in which form something stood."""

_OF_OPENAI: frozenset[str] = frozenset({"detail"})
"""Extras that mean the same in all of OpenAI's formats."""

Members = dict[str, Any]


class PartWriter:
    """Writes the parts of one request; `dropped` gathers the names of what has no place."""

    def __init__(self, request: ChatRequest) -> None:
        self.is_own = request.dialect == NAME
        self.dropped: dict[str, None] = {}
        self._where = messages_name(request.dialect)
        self._shared = _OF_OPENAI if request.dialect.startswith("openai_") else frozenset()

    def content(self, parts: Iterable[Part], joint: str) -> str | list[Members]:
        """The value of `content`: a string where there is nothing but text. Raises Unsupported.

        In its own dialect several texts stay apart, elsewhere `joint` stands between them.
        """
        written = [
            part
            for one in parts
            if (write := _WRITERS.get(type(one))) is not None
            and (part := write(self, one)) is not None
        ]
        is_plain = all(part.keys() == {"type", "text"} for part in written)
        if is_plain and (len(written) < 2 or not self.is_own):
            return joint.join(part["text"] for part in written)
        return written

    def extras(self, extra: Members) -> Members:
        """What may be written of an `extra`; the rest is named."""
        if self.is_own:
            return extra
        for name in extra:
            if name not in _FORMS and name not in self._shared:
                self.drop(name)
        return {name: value for name, value in extra.items() if name in self._shared}

    def drop(self, name: str) -> None:
        self.dropped[f"{self._where}.{name}"] = None

    def refuse(self, why: str) -> Unsupported:
        return Unsupported(self._where, why)

    def call_id(self, id: str) -> str:
        """The id of a call, no longer than OpenAI takes it."""
        if self.is_own or len(id) <= _LONGEST_ID:
            return id
        return f"call_{sha256(id.encode()).hexdigest()[:32]}"

    def call(self, part: ToolCallPart) -> Members:
        """One of `tool_calls`."""
        extra = dict(self.extras(part.extra))
        signature = part.signature if is_ours(part.source, NAME) else ""
        named = part if self.is_own else replace(part, name=fit_name(part.name))
        return call_members(named, self.call_id(part.id), signature, extra)

    def _text(self, part: TextPart) -> Members | None:
        if not part.content and not self.is_own:
            return None
        return {"type": "text", "text": part.content, **self.extras(part.extra)}

    def _refusal(self, part: RefusalPart) -> Members:
        return {"type": "refusal", "refusal": part.content}

    def _raw(self, part: RawPart) -> Members | None:
        is_ours = self.is_own and part.dialect in ("", NAME)
        return part.content if is_ours and isinstance(part.content, dict) else None

    def _media(self, part: MediaPart) -> Members:
        if part.file_id and not self.is_own:
            raise self.refuse("names a file that only its own provider has.")
        write = _MEDIA.get(part.modality)
        if write is None:
            raise self.refuse(f"holds {part.modality}, which this provider does not take.")
        return write(self, part)

    def _image(self, part: MediaPart) -> Members:
        extra = dict(self.extras(part.extra))
        if part.file_id:
            return {"type": "image_url", "file_id": part.file_id, **extra}
        image = {"url": self._address(part)}
        if "detail" in extra:
            image["detail"] = extra.pop("detail")
        return {"type": "image_url", "image_url": image, **extra}

    def _video(self, part: MediaPart) -> Members:
        video = {"url": self._address(part)}
        return {"type": "video_url", "video_url": video, **self.extras(part.extra)}

    def _address(self, part: MediaPart) -> str:
        if not part.uri or self.is_own or part.uri.startswith(("https://", "http://")):
            return part.uri or data_url(part)
        raise self.refuse("names a file that only its own provider can fetch.")

    def _audio(self, part: MediaPart) -> Members:
        if not part.data and not self.is_own:
            raise self.refuse("names a sound by its address, which this provider does not take.")
        kind = media_type(part).partition(";")[0].rpartition("/")[2]
        audio = {"data": part.data, "format": _AUDIO_FORMATS.get(kind, kind or "wav")}
        return {"type": "input_audio", "input_audio": audio, **self.extras(part.extra)}

    def _file(self, part: MediaPart) -> Members:
        if is_text_file(part) and not self.is_own:
            self.extras(part.extra)
            title = f"{part.name}\n\n" if part.name else ""
            return {"type": "text", "text": title + media_text(part)}
        if part.uri and not self.is_own:
            raise self.refuse("names a file by its address, which this provider does not take.")
        file: Members = {"file_id": part.file_id} if part.file_id else {}
        if part.data or part.uri:
            file["file_data"] = part.uri or data_url(part)
        if part.name or "file_data" in file:
            file["filename"] = part.name or "file"
        return {"type": "file", "file": file, **self.extras(part.extra)}


def call_members(part: ToolCallPart, id: str, signature: str, extra: Members) -> Members:
    """A tool call as OpenAI writes it; `signature` as it may be seen by who reads it."""
    kind = extra.pop("type", "")
    if kind == "custom":
        custom = {"name": part.name, "input": arguments_text(part.arguments)}
        return {"id": id, "type": "custom", "custom": custom, **extra}
    function = {"name": part.name, "arguments": arguments_text(part.arguments)}
    written: Members = {"id": id, "type": "function", "function": function, **extra}
    if signature:
        beside = dict(extra.get("extra_content") or {})
        google = {**(beside.get("google") or {}), "thought_signature": signature}
        written["extra_content"] = {**beside, "google": google}
    return written


_MEDIA: dict[str, Callable[[PartWriter, MediaPart], Members]] = {
    "image": PartWriter._image,
    "audio": PartWriter._audio,
    "video": PartWriter._video,
    "file": PartWriter._file,
}
_WRITERS: dict[type, Callable[[PartWriter, Any], Members | None]] = {
    TextPart: PartWriter._text,
    RefusalPart: PartWriter._refusal,
    MediaPart: PartWriter._media,
    RawPart: PartWriter._raw,
}
