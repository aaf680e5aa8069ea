"""Pictures, sounds and files: `inlineData` and `fileData`.

Files that lie at Google (Files API, Cloud Storage) are file ids: nobody else can fetch them.
"""

import re
from collections.abc import Callable
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.openai_messages import base64_size
from vedette.dialects.reading import as_text
from vedette.model.chat import MediaPart

_FILES_API = "https://generativelanguage.googleapis.com/v1beta/"
_OWN_FILE = re.compile(
    r"files/[^/]+|gs://.+|https://generativelanguage\.googleapis\.com/[^/]+/files/.+"
)
_VIDEO_SITE = re.compile(r"https?://(?:www\.)?(?:youtube\.com|youtu\.be)/")
"""Its films go without a type."""

_BY_ENDING = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
    "gif": "image/gif", "heic": "image/heic", "heif": "image/heif", "bmp": "image/bmp",
    "pdf": "application/pdf", "txt": "text/plain", "md": "text/markdown", "csv": "text/csv",
    "html": "text/html", "xml": "text/xml", "json": "application/json", "mp3": "audio/mp3",
    "wav": "audio/wav", "ogg": "audio/ogg", "flac": "audio/flac", "aac": "audio/aac",
    "aiff": "audio/aiff", "m4a": "audio/m4a", "mp4": "video/mp4", "mpeg": "video/mpeg",
    "mov": "video/mov", "webm": "video/webm", "avi": "video/avi", "3gp": "video/3gpp",
}  # fmt: skip
_BY_BEGINNING = {
    "iVBOR": "image/png", "/9j/": "image/jpeg", "R0lGOD": "image/gif", "UklGR": "image/webp",
    "JVBERi": "application/pdf", "SUQz": "audio/mp3", "T2dn": "audio/ogg", "ZkxhQ": "audio/flac",
}  # fmt: skip
"""First characters of the base64 of a file -> its type."""
_BY_MODALITY = {
    "image": "image/jpeg", "audio": "audio/wav", "video": "video/mp4", "file": "application/pdf",
}  # fmt: skip


def read_media(part: dict[str, Any], extra: dict[str, Any]) -> MediaPart:
    """The medium of a part that has `inlineData` or `fileData`."""
    if part.get("inlineData") is not None:
        blob = camel_fields(part["inlineData"])
        mime_type, encoded = as_text(blob.get("mimeType")), as_text(blob.get("data"))
        return MediaPart(
            modality=modality_of(mime_type),
            mime_type=mime_type,
            size_bytes=base64_size(encoded),
            data=encoded,
            name=as_text(blob.get("displayName")),
            extra=extra,
        )
    file = camel_fields(part.get("fileData"))
    mime_type, uri = as_text(file.get("mimeType")), as_text(file.get("fileUri"))
    is_own = _OWN_FILE.fullmatch(uri) is not None
    video = _VIDEO_SITE.match(uri) is not None and not mime_type
    return MediaPart(
        modality="video" if video else modality_of(mime_type),
        mime_type=mime_type,
        uri="" if is_own else uri,
        file_id=uri if is_own else "",
        name=as_text(file.get("displayName")),
        extra=extra,
    )


def write_media(
    part: MediaPart, extras: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """The part, with those of its extras that `extras` lets pass.

    The name of a file counts as one: only Google's own tools look at it. Raises Unsupported for a
    file that lies at another provider.
    """
    named = extras({"displayName": part.name}) if part.name else {}
    if part.data:
        blob = {"mimeType": part.mime_type or _guess(part), "data": part.data}
        return {"inlineData": blob | named, **extras(part.extra)}
    uri = part.uri or _file_uri(part.file_id)
    if not uri:
        raise Unsupported("file_id", "names a file that Gemini cannot reach.")
    typed = {} if _VIDEO_SITE.match(uri) else {"mimeType": part.mime_type or _guess(part)}
    return {"fileData": {"fileUri": uri} | typed | named, **extras(part.extra)}


def modality_of(mime_type: str) -> str:
    kind, _, _ = mime_type.partition("/")
    return kind if kind in ("image", "audio", "video") else "file"


def _file_uri(file_id: str) -> str:
    if not _OWN_FILE.fullmatch(file_id):
        return ""
    return _FILES_API + file_id if file_id.startswith("files/") else file_id


def _guess(part: MediaPart) -> str:
    """The type that Gemini wants to know and the client did not say."""
    for beginning, mime_type in _BY_BEGINNING.items():
        if part.data.startswith(beginning):
            return mime_type
    name = (part.name or part.uri).partition("?")[0]
    ending = name.rpartition(".")[2].lower()
    return _BY_ENDING.get(ending) or _BY_MODALITY.get(part.modality, "application/octet-stream")
