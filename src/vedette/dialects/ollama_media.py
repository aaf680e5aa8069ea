"""Pictures and sounds in Ollama's messages: bare base64 in a list called `images`.

Models that listen take WAV there as well (`openai/openai.go` puts `input_audio` into the list).
Nothing says what an entry is, so its first bytes do.
"""

from collections.abc import Iterator

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_media import base64_size, is_text_file, media_text, media_type
from vedette.dialects.reading import as_list
from vedette.model.chat import MediaPart

_RIFF, _WAVE = "UklG", "QVZF"
"""How base64 spells `RIFF` at the start and the `AVE` of `WAVE` at byte 9: a picture has `WEBP`."""


def read_images(value: object) -> Iterator[MediaPart]:
    """The entries of an `images` list."""
    for entry in as_list(value):
        if not isinstance(entry, str):
            continue
        if entry.startswith("data:"):
            entry = entry.partition(",")[2]
        yield _medium(entry)


def _medium(encoded: str) -> MediaPart:
    size = base64_size(encoded)
    if encoded.startswith(_RIFF) and encoded[12:16] == _WAVE:
        return MediaPart(modality="audio", mime_type="audio/wav", size_bytes=size, data=encoded)
    kind = media_type(MediaPart(modality="image", data=encoded))
    return MediaPart(modality="image", mime_type=kind, size_bytes=size, data=encoded)


def write_medium(part: MediaPart, where: str) -> tuple[str, str]:
    """A text, and base64 for the list; one of them is empty. Raises Unsupported.

    `where` is what the client calls the list of messages.
    """
    if part.data and part.modality in ("image", "audio"):
        return "", part.data
    if is_text_file(part):
        head = f"{part.name}:\n\n" if part.name else ""
        return head + media_text(part), ""
    if part.data:
        kind = media_type(part) or f"a {part.modality}"
        raise Unsupported(where, f"holds {kind}, and Ollama takes images, sounds and text files.")
    way = "by the id of another provider" if part.file_id else "by its address"
    raise Unsupported(where, f"names a {part.modality} {way}, and Ollama takes media inline only.")
