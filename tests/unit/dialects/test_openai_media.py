"""Inline media: any data URL in, base64 out."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_media import (
    base64_size,
    data_url,
    encoded_media,
    inline_media,
    is_text_file,
    media_text,
    media_type,
)
from vedette.model.chat import MediaPart


def test_sizes() -> None:
    assert base64_size("") == 0
    assert [base64_size(text) for text in ("QQ==", "QUI=", "QUJD")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("url", "mime_type", "data"),
    [
        ("data:image/png;base64,AAAA", "image/png", "AAAA"),
        ("data:text/plain,hello%20w%C3%B6rld", "text/plain", "aGVsbG8gd8O2cmxk"),
        ("data:text/plain;charset=utf-8,a%zz", "text/plain", "YSV6eg=="),
        ("data:;base64,AAAA", "", "AAAA"),
        ("data:", "", ""),
    ],
)
def test_data_urls_are_taken_apart(url: str, mime_type: str, data: str) -> None:
    read = inline_media("file", url)
    assert (read.mime_type, read.data, read.uri) == (mime_type, data, "")
    assert read.size_bytes == len(base64.b64decode(data))


def test_other_urls_stay() -> None:
    assert inline_media("image", "https://x/a.png") == MediaPart(
        modality="image", uri="https://x/a.png"
    )


@given(st.binary(max_size=50))
def test_a_written_data_url_reads_the_same(content: bytes) -> None:
    part = encoded_media("image", base64.b64encode(content).decode(), mime_type="image/webp")
    assert inline_media("image", data_url(part)) == part


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (MediaPart(modality="file", mime_type="Image/PNG"), "image/png"),
        (MediaPart(modality="file", name="a.B.PDF"), "application/pdf"),
        (MediaPart(modality="image", data="/9j/4AAQ"), "image/jpeg"),
        (MediaPart(modality="image", data="iVBORw0KGgo="), "image/png"),
        (MediaPart(modality="file", data="AAAA", name="unknown"), ""),
    ],
)
def test_the_type_of_a_medium_is_found(part: MediaPart, kind: str) -> None:
    assert media_type(part) == kind


def test_text_files_can_be_read_as_text() -> None:
    note = encoded_media("file", "aMOk", mime_type="text/markdown; charset=utf-8")
    assert is_text_file(note)
    assert media_text(note) == "hä"
    assert not is_text_file(encoded_media("file", "AAAA", mime_type="application/pdf"))
    assert not is_text_file(MediaPart(modality="file", mime_type="text/plain", uri="https://x"))
    assert media_text(MediaPart(modality="file", data="é")) == ""
