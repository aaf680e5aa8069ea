"""Parts as content parts, at home and from abroad."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_chat_part_writer import PartWriter
from vedette.dialects.openai_parts import read_content
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    TextPart,
    ToolCallPart,
)


def writer(dialect: str = "anthropic") -> PartWriter:
    return PartWriter(ChatRequest(model="gpt-4o", dialect=dialect))


CACHED = {"cache_control": {"type": "ephemeral"}}
OWN_PARTS: list[dict[str, Any]] = [
    {"type": "text", "text": "a", **CACHED},
    {"type": "image_url", "image_url": {"url": "https://x/a.png", "detail": "low"}, **CACHED},
    {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "mp3"}},
    {"type": "video_url", "video_url": {"url": "https://x/v"}, "fps": 2},
    {"type": "file", "file": {"file_id": "f"}},
    {"type": "file", "file": {"file_data": "data:application/pdf;base64,AAAA", "filename": "a"}},
    {"type": "novel", "x": 1},
]


@pytest.mark.parametrize("part", OWN_PARTS, ids=lambda part: part["type"])
def test_at_home_every_part_comes_back_as_it_was(part: dict[str, Any]) -> None:
    at_home = writer("openai_chat")
    assert at_home.content(read_content([part], "openai_chat"), "") == [part]
    assert at_home.dropped == {}


def test_texts_stay_apart_at_home_and_are_joined_elsewhere() -> None:
    texts = [TextPart(content="a"), TextPart(content=""), TextPart(content="b")]
    assert writer().content(texts, "\n\n") == "a\n\nb"
    assert len(writer("openai_chat").content(texts, "\n\n")) == 3
    assert writer("openai_chat").content(texts[:1], "") == "a"
    assert writer().content([], "") == ""


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (
            MediaPart(modality="image", data="iVBORw0KGgo="),
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
        ),
        (
            MediaPart(modality="image", uri="https://x/a.png"),
            {"type": "image_url", "image_url": {"url": "https://x/a.png"}},
        ),
        (
            MediaPart(modality="audio", mime_type="audio/mpeg", data="AAAA"),
            {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "mp3"}},
        ),
        (
            MediaPart(modality="audio", mime_type="audio/x-wav; rate=1", data="AAAA"),
            {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
        ),
        (
            MediaPart(modality="video", mime_type="video/mp4", data="AAAA"),
            {"type": "video_url", "video_url": {"url": "data:video/mp4;base64,AAAA"}},
        ),
        (
            MediaPart(modality="file", mime_type="application/pdf", data="AAAA"),
            {
                "type": "file",
                "file": {"file_data": "data:application/pdf;base64,AAAA", "filename": "file"},
            },
        ),
    ],
)
def test_media_from_abroad(part: Part, written: dict[str, Any]) -> None:
    assert writer().content([part], "") == [written]


def test_the_detail_of_a_picture_is_the_same_in_all_formats_of_openai() -> None:
    part = MediaPart(modality="image", uri="https://x/a.png", extra={"detail": "low", "x": 1})
    kin = writer("openai_responses")
    image = {"url": "https://x/a.png", "detail": "low"}
    assert kin.content([part], "") == [{"type": "image_url", "image_url": image}]
    assert list(kin.dropped) == ["input.x"]


def test_a_file_of_text_is_text() -> None:
    note = MediaPart(modality="file", mime_type="text/plain", data="aMOk", name="note")
    abroad = writer()
    assert abroad.content([note], "") == "note\n\nhä"
    noted = MediaPart(modality="file", mime_type="text/plain", data="aMOk", extra=CACHED)
    assert abroad.content([noted], "") == "hä"
    assert list(abroad.dropped) == ["messages.cache_control"]


@pytest.mark.parametrize(
    "part",
    [
        MediaPart(modality="image", file_id="f"),
        MediaPart(modality="image", uri="gs://x/a.png"),
        MediaPart(modality="audio", uri="https://x/a.mp3"),
        MediaPart(modality="file", uri="https://x/a.pdf"),
        MediaPart(modality="hologram", data="AAAA"),
    ],
)
def test_what_the_answer_would_miss_is_refused(part: Part) -> None:
    with pytest.raises(Unsupported) as refused:
        writer().content([part], "")
    assert refused.value.param == "messages"


def test_raw_parts_go_only_home() -> None:
    raw = RawPart(content={"type": "x"}, dialect="anthropic")
    assert writer().content([raw], "") == ""
    assert writer("openai_chat").content([raw], "") == ""


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (
            ToolCallPart(name="f", id="c", arguments={"a": 1}),
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}},
        ),
        (
            ToolCallPart(name="f", id="c", arguments=None, extra=CACHED),
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}},
        ),
        (
            ToolCallPart(name="f", id="c", arguments="{cut", signature="s", source="gemini"),
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{cut"}},
        ),
        (
            ToolCallPart(name="f", id="c", arguments={}, signature="s", source="openai_chat"),
            {
                "id": "c",
                "type": "function",
                "function": {"name": "f", "arguments": "{}"},
                "extra_content": {"google": {"thought_signature": "s"}},
            },
        ),
    ],
)
def test_calls_from_abroad(part: ToolCallPart, written: dict[str, Any]) -> None:
    assert writer().call(part) == written


def test_a_custom_call_comes_back_as_it_was() -> None:
    part = ToolCallPart(name="f", id="c", arguments="free", extra={"type": "custom", "x": 1})
    assert writer("openai_chat").call(part) == {
        "id": "c", "type": "custom", "custom": {"name": "f", "input": "free"}, "x": 1,
    }  # fmt: skip


def test_ids_are_no_longer_than_openai_takes_them() -> None:
    abroad = writer()
    assert abroad.call_id("toolu_01") == "toolu_01"
    short = abroad.call_id("x" * 64)
    assert len(short) <= 40
    assert short == abroad.call_id("x" * 64) != abroad.call_id("y" * 64)
    assert writer("openai_chat").call_id("x" * 64) == "x" * 64
