"""Pictures, documents, videos and sounds in the blocks of the Converse API.

Media come inline or from S3, nothing else. Their format is a word of its own, not a MIME type. A
document needs a name, in few characters, that no other document of the request has.

What a block has beside what `MediaPart` models stays in `extra`: `format` where it cannot be told
from the MIME type, `source` where a document is no file but text, `bucketOwner`, `context`,
`citations`.
"""

import base64
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from vedette.dialects.openai_media import (
    base64_size,
    is_text_file,
    media_text,
    media_type,
)
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import MediaPart

_OFFICE = "application/vnd.openxmlformats-officedocument."
_FORMATS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "image": {
            "png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        },
        "document": {
            "pdf": "application/pdf", "csv": "text/csv", "html": "text/html", "txt": "text/plain",
            "md": "text/markdown", "doc": "application/msword", "xls": "application/vnd.ms-excel",
            "docx": _OFFICE + "wordprocessingml.document",
            "xlsx": _OFFICE + "spreadsheetml.sheet",
        },
        "video": {
            "mp4": "video/mp4", "mov": "video/quicktime", "mkv": "video/x-matroska",
            "webm": "video/webm", "flv": "video/x-flv", "mpeg": "video/mpeg",
            "wmv": "video/x-ms-wmv", "three_gp": "video/3gpp",
        },
        "audio": {
            "mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg", "flac": "audio/flac",
            "aac": "audio/aac", "opus": "audio/opus", "m4a": "audio/m4a", "mp4": "audio/mp4",
            "webm": "audio/webm", "mka": "audio/x-matroska", "pcm": "audio/pcm",
            "x-aac": "audio/x-aac",
        },
    }
)  # fmt: skip
"""Block -> format -> MIME type."""
KINDS = frozenset(_FORMATS)
_ALIASES = MappingProxyType(
    {
        "image/jpg": "image/jpeg", "audio/mp3": "audio/mpeg", "audio/x-wav": "audio/wav",
        "audio/wave": "audio/wav", "audio/x-m4a": "audio/m4a", "audio/x-flac": "audio/flac",
        "text/x-markdown": "text/markdown", "application/csv": "text/csv",
        "application/xhtml+xml": "text/html", "audio/l16": "audio/pcm",
    }
)  # fmt: skip
_WORDS = {kind: {mime: word for word, mime in words.items()} for kind, words in _FORMATS.items()}

_UNNAMEABLE = re.compile(r"[^0-9A-Za-z\-()\[\] ]+")
_SPACES = re.compile(r"  +")
_NAME_LENGTH = 190
_UNNAMED = "document"


def read_media(kind: str, block: dict[str, Any]) -> MediaPart:
    """The medium in a block of this kind."""
    word = as_text(block.get("format"))
    mime_type = _FORMATS[kind].get(word) or (f"{kind}/{word}" if word else "")
    known = {"format", "source"} | ({"name"} if kind == "document" else set())
    extra = {name: value for name, value in block.items() if name not in known}
    source = as_mapping(block.get("source"))
    if not word or _word(kind, mime_type) != word:
        extra["format"] = word or None
        mime_type = "text/plain" if kind == "document" and "text" in source else mime_type
    place = as_mapping(source.get("s3Location"))
    if owner := as_text(place.get("bucketOwner")):
        extra["bucketOwner"] = owner
    data = as_text(source.get("bytes"))
    if kind == "document" and not data and not place and source:
        data = base64.b64encode(_document_text(source).encode()).decode()
        extra["source"] = "text" if "text" in source else source
    return MediaPart(
        modality="file" if kind == "document" else kind,
        mime_type=mime_type,
        uri=as_text(place.get("uri")),
        size_bytes=base64_size(data),
        data=data,
        name=as_text(block.get("name")) if kind == "document" else "",
        extra=extra,
    )


def _document_text(source: dict[str, Any]) -> str:
    """The text of a document that is given as such, whole or in blocks."""
    if text := as_text(source.get("text")):
        return text
    blocks = as_list(source.get("content"))
    return "\n\n".join(as_text(as_mapping(block).get("text")) for block in blocks)


def _word(kind: str, mime_type: str) -> str:
    return _WORDS[kind].get(_ALIASES.get(mime_type, mime_type), "")


def write_media(part: MediaPart, name: str = "", *, own: bool) -> dict[str, Any] | None:
    """The block of a medium, `{"image": {...}}`; None where Bedrock does not take it.

    `name` is that of a document; `own`: the part was read in this dialect.
    """
    known = part if part.name or not part.uri else replace(part, name=part.uri)
    mime_type = media_type(known).partition(";")[0].strip()
    kind = _own_kind(part) if own else _kind(part, mime_type)
    word = _word(kind, mime_type)
    if kind == "document" and not word and is_text_file(known):
        word = "txt"
    fields = dict(part.extra) if own else {}
    word = fields.pop("format", word) or ""
    owner = fields.pop("bucketOwner", "")
    source = _source(part, fields.pop("source", None), owner, own=own)
    if not own and not (source and word):
        return None
    block: dict[str, Any] = {"format": word} if word else {}
    if kind == "document":
        block["name"] = name or part.name or _UNNAMED
    if source is not None:
        block["source"] = source
    return {kind: block | fields}


def why_not(part: MediaPart) -> str:
    """Why `write_media` gave nothing for this one."""
    if part.data:
        return f"holds a {part.modality} of a type that Bedrock does not take."
    if part.file_id:
        return "names a file that only its own provider keeps."
    if not part.uri:
        return f"holds an empty {part.modality}."
    if not part.uri.startswith("s3:"):
        return f"names a {part.modality} by its URL: Bedrock takes them inline or from S3."
    return f"names a {part.modality} whose format its name does not tell."


def _kind(part: MediaPart, mime_type: str) -> str:
    """The block for it: by what it is, else by what it is called."""
    major = mime_type.partition("/")[0]
    if major in ("image", "video", "audio"):
        return major
    if mime_type or part.modality not in KINDS:
        return "document"
    return part.modality


def _own_kind(part: MediaPart) -> str:
    return part.modality if part.modality in KINDS else "document"


def _source(part: MediaPart, kept: object, owner: str, *, own: bool) -> dict[str, Any] | None:
    if isinstance(kept, dict):
        return kept
    if kept == "text":
        return {"text": media_text(part)}
    if part.data:
        return {"bytes": part.data}
    if part.uri and (own or part.uri.startswith("s3:")):
        place = {"uri": part.uri}
        return {"s3Location": place | {"bucketOwner": owner} if owner else place}
    return None


class DocumentNames:
    """Names for the documents of one request: allowed ones, and no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """The name for a document with this file name."""
        stem, dot, ending = wanted.rpartition(".")
        stem = stem if dot and ending.isalnum() and len(ending) <= 4 else wanted
        name = _SPACES.sub(" ", _UNNAMEABLE.sub(" ", stem)).strip()[:_NAME_LENGTH] or _UNNAMED
        count, free = 1, name
        while free in self._taken:
            count += 1
            free = f"{name} ({count})"
        self._taken.add(free)
        return free
