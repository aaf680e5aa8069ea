from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_media import modality_of, read_media, write_media
from vedette.model.chat import MediaPart


def all_of(extra: dict[str, Any]) -> dict[str, Any]:
    return extra


FILES = "https://generativelanguage.googleapis.com/v1beta/files/abc"


@pytest.mark.parametrize(
    "part",
    [
        {"inlineData": {"mimeType": "image/png", "data": "AAAA", "displayName": "a.png"}},
        {"inlineData": {"mimeType": "audio/wav", "data": "AAAA"}},
        {"fileData": {"fileUri": "https://x/d.pdf", "mimeType": "application/pdf"}},
        {"fileData": {"fileUri": FILES, "mimeType": "video/mp4"}},
        {"fileData": {"fileUri": "gs://bucket/a.jpg", "mimeType": "image/jpeg"}},
        {"fileData": {"fileUri": "https://www.youtube.com/watch?v=1"}},
    ],
)
def test_read_and_written_it_is_the_same(part: dict[str, Any]) -> None:
    assert write_media(read_media(part, {}), all_of) == part


def test_what_lies_at_google_is_a_file_id() -> None:
    assert read_media({"fileData": {"fileUri": FILES}}, {}).file_id == FILES
    assert read_media({"fileData": {"file_uri": "gs://b/a"}}, {}).file_id == "gs://b/a"
    assert read_media({"fileData": {"fileUri": "https://x/a.png"}}, {}).uri == "https://x/a.png"
    film = read_media({"fileData": {"fileUri": "https://youtu.be/1"}}, {})
    assert (film.modality, film.uri) == ("video", "https://youtu.be/1")


@pytest.mark.parametrize(
    ("part", "mime_type"),
    [
        (MediaPart(modality="image", data="iVBORw0KGgo="), "image/png"),
        (MediaPart(modality="image", data="AAAA"), "image/jpeg"),
        (MediaPart(modality="file", data="JVBERi0x"), "application/pdf"),
        (MediaPart(modality="file", data="AAAA", name="notes.TXT"), "text/plain"),
        (MediaPart(modality="odd", data="AAAA"), "application/octet-stream"),
    ],
)
def test_a_type_that_was_not_said_is_guessed(part: MediaPart, mime_type: str) -> None:
    assert write_media(part, all_of)["inlineData"]["mimeType"] == mime_type


def test_a_picture_by_its_url_gets_the_type_of_its_ending() -> None:
    part = MediaPart(modality="image", uri="https://x/a/cat.webp?size=2.png")
    assert write_media(part, all_of) == {
        "fileData": {"fileUri": "https://x/a/cat.webp?size=2.png", "mimeType": "image/webp"}
    }


def test_names_and_extras_stay_in_the_dialect() -> None:
    part = MediaPart(
        modality="file", data="AAAA", mime_type="text/plain", name="a.txt", extra={"x": 1}
    )
    assert write_media(part, lambda _: {}) == {
        "inlineData": {"mimeType": "text/plain", "data": "AAAA"}
    }
    assert write_media(part, all_of)["x"] == 1


def test_a_file_of_the_files_api_by_its_name() -> None:
    part = MediaPart(modality="file", file_id="files/abc", mime_type="text/plain")
    assert write_media(part, all_of) == {"fileData": {"fileUri": FILES, "mimeType": "text/plain"}}


@pytest.mark.parametrize("file_id", ["file-abc123", ""])
def test_a_file_of_another_provider_is_refused(file_id: str) -> None:
    with pytest.raises(Unsupported) as refused:
        write_media(MediaPart(modality="file", file_id=file_id), all_of)
    assert refused.value.param == "file_id"


def test_kinds_of_media() -> None:
    kinds = [modality_of(kind) for kind in ("image/png", "audio/L16;rate=24000", "text/csv", "")]
    assert kinds == ["image", "audio", "file", "file"]
