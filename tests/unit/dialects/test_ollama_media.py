"""Pictures and sounds without a word of what they are."""

import base64

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.ollama_media import read_images, write_medium
from vedette.model.chat import MediaPart


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


PNG = encoded(b"\x89PNG\r\n\x1a\n0000")
WAVE = encoded(b"RIFF\x12\x34\x56\x78WAVEfmt ")
WEBP = encoded(b"RIFF\xff\xff\xff\xffWEBPVP8 ")


@pytest.mark.parametrize(
    ("entry", "modality", "mime_type"),
    [
        (PNG, "image", "image/png"),
        (encoded(b"\xff\xd8\xff\xe0"), "image", "image/jpeg"),
        (WEBP, "image", "image/webp"),
        (WAVE, "audio", "audio/wav"),
        (encoded(b"RIFF\x00\x00\x00\x00WAVEfmt "), "audio", "audio/wav"),
        (encoded(b"?"), "image", ""),
        ("no base64 at all", "image", ""),
    ],
)
def test_the_first_bytes_say_what_it_is(entry: str, modality: str, mime_type: str) -> None:
    (part,) = read_images([entry])
    assert (part.modality, part.mime_type, part.data) == (modality, mime_type, entry)
    assert write_medium(part, "messages") == ("", entry)


def test_a_data_url_is_taken_as_it_was_meant() -> None:
    (part,) = read_images([f"data:image/png;base64,{PNG}"])
    assert part == MediaPart(modality="image", mime_type="image/png", size_bytes=12, data=PNG)


@pytest.mark.parametrize("value", [None, "text", {}, [None, 7, {}]])
def test_what_is_no_list_of_texts_holds_nothing(value: object) -> None:
    assert not list(read_images(value))


def test_a_text_file_becomes_text() -> None:
    part = MediaPart(modality="file", data=encoded(b"a,b"), name="t.csv")
    assert write_medium(part, "messages") == ("t.csv:\n\na,b", "")
    nameless = MediaPart(modality="file", mime_type="text/plain", data=encoded("ü".encode()))
    assert write_medium(nameless, "messages") == ("ü", "")


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (MediaPart(modality="image", uri="https://x/y.png"), "by its address"),
        (MediaPart(modality="file", file_id="file-1"), "by the id of another provider"),
        (MediaPart(modality="file", mime_type="application/pdf", data=PNG), "application/pdf"),
        (MediaPart(modality="video", data="AAAA"), "a video"),
    ],
)
def test_other_media_are_refused(part: MediaPart, why: str) -> None:
    with pytest.raises(Unsupported, match=why) as raised:
        write_medium(part, "input")
    assert raised.value.param == "input"
