"""Pictures, sounds and files as OpenAI-shaped messages carry them: by URL, by id or inline.

Inline ones come as data URLs or as bare base64. Read they are base64 again, whatever the URL's own
encoding was.
"""

import base64
import re
from collections.abc import Mapping
from types import MappingProxyType

from vedette.model.chat import MediaPart

_ESCAPES = re.compile(rb"%([0-9A-Fa-f]{2})")

_TYPES_BY_ENDING: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf", "txt": "text/plain", "md": "text/markdown", "csv": "text/csv",
        "html": "text/html", "json": "application/json", "xml": "application/xml",
        "doc": "application/msword", "xls": "application/vnd.ms-excel",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp",
    }
)  # fmt: skip
_TYPES_BY_START = (
    ("/9j/", "image/jpeg"),
    ("iVBOR", "image/png"),
    ("R0lG", "image/gif"),
    ("UklG", "image/webp"),
    ("JVBER", "application/pdf"),
)
"""The first characters of base64 of the usual kinds of files."""


def inline_media(modality: str, url: str, *, mime_type: str = "", name: str = "") -> MediaPart:
    """A medium by its URL; a data URL is taken apart."""
    if not url.startswith("data:"):
        return MediaPart(modality=modality, uri=url, mime_type=mime_type, name=name)
    head, _, encoded = url[5:].partition(",")
    declared, _, encoding = head.partition(";")
    if not encoding.endswith("base64"):
        encoded = base64.b64encode(_unescape(encoded)).decode()
    kind = declared or mime_type
    return encoded_media(modality, encoded, mime_type=kind, name=name)


def encoded_media(modality: str, encoded: str, *, mime_type: str = "", name: str = "") -> MediaPart:
    """An inline medium by its base64."""
    return MediaPart(
        modality=modality,
        mime_type=mime_type,
        size_bytes=base64_size(encoded),
        data=encoded,
        name=name,
    )


def base64_size(encoded: str) -> int:
    """How many bytes a base64 text stands for."""
    return max(0, len(encoded) * 3 // 4 - encoded[-2:].count("="))


def media_type(part: MediaPart) -> str:
    """Its MIME type: as it was said, else as its name or its first bytes tell; "" where unknown."""
    if part.mime_type:
        return part.mime_type.lower()
    ending = part.name.rpartition(".")[2].lower()
    if kind := _TYPES_BY_ENDING.get(ending):
        return kind
    return next((kind for start, kind in _TYPES_BY_START if part.data.startswith(start)), "")


def data_url(part: MediaPart) -> str:
    """An inline medium as a data URL."""
    return f"data:{media_type(part)};base64,{part.data}"


def media_text(part: MediaPart) -> str:
    """The text of an inline file of a text type."""
    try:
        return base64.b64decode(part.data).decode("utf-8", "replace")
    except ValueError:
        return ""


def is_text_file(part: MediaPart) -> bool:
    """Whether it is a file that can as well be given to the model as text."""
    kind = media_type(part).partition(";")[0]
    return bool(part.data) and (kind.startswith("text/") or kind in _TEXT_TYPES)


_TEXT_TYPES = frozenset({"application/json", "application/xml", "application/yaml"})


def _unescape(text: str) -> bytes:
    return _ESCAPES.sub(lambda match: bytes.fromhex(match[1].decode()), text.encode())
