"""Content as clients and vendors write it."""

from typing import Any

import pytest

from vedette.dialects.openai_parts import leftover, read_content
from vedette.model.chat import MediaPart, Part, RawPart, ReasoningPart, RefusalPart, TextPart

CACHED = {"cache_control": {"type": "ephemeral"}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("hi", TextPart(content="hi")),
        ([{"type": "text", "text": "hi"}], TextPart(content="hi")),
        (["hi"], TextPart(content="hi")),
        ([{"type": "text", "text": "hi", **CACHED}], TextPart(content="hi", extra=CACHED)),
        (
            [{"type": "image_url", "image_url": {"url": "https://x/a.png", "detail": "low"}}],
            MediaPart(modality="image", uri="https://x/a.png", extra={"detail": "low"}),
        ),
        (
            [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAABBBB"}}],
            MediaPart(modality="image", mime_type="image/png", size_bytes=6, data="AAAABBBB"),
        ),
        (
            [{"type": "input_image", "image_url": "https://x/a.png", "detail": "auto"}],
            MediaPart(modality="image", uri="https://x/a.png", extra={"detail": "auto"}),
        ),
        ([{"type": "input_image", "file_id": "f1"}], MediaPart(modality="image", file_id="f1")),
        (
            [{"type": "input_audio", "input_audio": {"data": "AAA=", "format": "wav"}}],
            MediaPart(modality="audio", mime_type="audio/wav", size_bytes=2, data="AAA="),
        ),
        (
            [{"type": "video_url", "video_url": {"url": "https://x/v"}}],
            MediaPart(modality="video", uri="https://x/v"),
        ),
        ([{"type": "file", "file": {"file_id": "f2"}}], MediaPart(modality="file", file_id="f2")),
        (
            [{"type": "file", "file": {"file_data": "data:application/pdf;base64,AAAA"}, **CACHED}],
            MediaPart(
                modality="file",
                mime_type="application/pdf",
                size_bytes=3,
                data="AAAA",
                extra=CACHED,
            ),
        ),
        (
            [{"type": "file", "file": {"file_data": "AAAA", "filename": "a.pdf"}}],
            MediaPart(
                modality="file",
                mime_type="application/pdf",
                size_bytes=3,
                data="AAAA",
                name="a.pdf",
            ),
        ),
        (
            [{"type": "input_file", "file_url": "https://x/d", "filename": "d"}],
            MediaPart(modality="file", uri="https://x/d", name="d"),
        ),
        (
            [{"type": "file", "file": {"file_data": "https://x/d.pdf"}}],
            MediaPart(modality="file", uri="https://x/d.pdf"),
        ),
        ([{"type": "refusal", "refusal": "no"}], RefusalPart(content="no")),
        (
            [{"type": "thinking", "thinking": "hm", "signature": "s"}],
            ReasoningPart(content="hm", signature="s", source="openai_chat"),
        ),
        (
            [{"type": "thinking", "thinking": "hm", "signature": "vdt:gemini:s"}],
            ReasoningPart(content="hm", signature="s", source="gemini"),
        ),
        ([{"type": "new", "x": 1}], RawPart(content={"type": "new", "x": 1}, dialect="d")),
        ([{"type": "text", "text": 5}], RawPart(content={"type": "text", "text": 5}, dialect="d")),
        ([7], RawPart(content=7, dialect="d")),
        ({"a": 1}, RawPart(content={"a": 1}, dialect="d")),
    ],
)
def test_each_kind_of_part(content: Any, expected: Part) -> None:
    assert list(read_content(content, "d")) == [expected]


def test_nothing_has_no_parts() -> None:
    assert list(read_content(None)) == list(read_content("")) == list(read_content([])) == []


def test_what_is_left_over_says_something() -> None:
    fields: dict[str, Any] = {"a": 1, "b": None, "c": [], "d": {}, "e": False, "f": ""}
    assert leftover(fields, "a") == {"e": False, "f": ""}
