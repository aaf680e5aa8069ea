"""The content of messages, written."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_parts import read_content
from vedette.dialects.openai_responses_content import ITEM, NAME, ContentWriter
from vedette.model.chat import MediaPart, Part, RawPart, RefusalPart, TextPart

OWN = ContentWriter(NAME, "input")
FOREIGN = ContentWriter("anthropic", "messages")


@pytest.mark.parametrize(
    "content",
    [
        "a",
        [{"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}],
        [{"type": "input_text", "text": "a", "prompt_cache_breakpoint": {"mode": "explicit"}}],
        [{"type": "input_image", "image_url": "https://x.example/a.png", "detail": "low"}],
        [{"type": "input_image", "image_url": "data:image/webp;base64,AAAA"}],
        [{"type": "input_image", "file_id": "file-1"}],
        [{"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,A"}],
        [{"type": "input_file", "file_url": "https://x.example/a.pdf", "filename": "a.pdf"}],
        [{"type": "input_file", "file_id": "file-2"}],
        [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "mp3"}}],
        [{"type": "input_hologram", "data": "x"}],
    ],
)
def test_what_was_read_is_written(content: Any) -> None:
    assert OWN.texts(read_content(content, NAME)) == content


def test_what_is_another_dialects_own_is_not_written() -> None:
    marked = TextPart(content="a", extra={"cache_control": {"type": "ephemeral"}})
    foreign = RawPart(content={"type": "input_hologram"}, dialect="anthropic")
    assert FOREIGN.texts([marked, foreign]) == "a"
    picture = MediaPart(modality="image", uri="https://x.example/a", extra={"detail": "high"})
    assert FOREIGN.texts([picture]) == [
        {"type": "input_image", "image_url": "https://x.example/a", "detail": "high"}
    ]


def test_files_get_the_name_that_the_api_asks_for() -> None:
    paper = MediaPart(modality="file", mime_type="application/pdf", data="AAAA")
    assert FOREIGN.texts([paper]) == [
        {
            "type": "input_file",
            "filename": "file.pdf",
            "file_data": "data:application/pdf;base64,AAAA",
        }
    ]


@pytest.mark.parametrize(
    "part",
    [
        MediaPart(modality="video", uri="https://x.example/a.mp4"),
        MediaPart(modality="audio", mime_type="audio/ogg", data="AAAA"),
        MediaPart(modality="audio", uri="https://x.example/a.mp3"),
        MediaPart(modality="image", uri="gs://bucket/a.png"),
        MediaPart(modality="file", uri="s3://bucket/a.pdf"),
        MediaPart(modality="image", file_id="file-1"),
    ],
)
def test_media_that_it_does_not_take_are_refused(part: Part) -> None:
    with pytest.raises(Unsupported, match="'messages'"):
        FOREIGN.texts([part])


def test_file_ids_of_openai_go_on() -> None:
    file = MediaPart(modality="file", file_id="file-1")
    chat = ContentWriter("openai_chat", "messages")
    assert chat.texts([file]) == [{"type": "input_file", "file_id": "file-1"}]


def test_answers() -> None:
    said = TextPart(content="a", extra={ITEM: {"id": "m"}, "logprobs": [1]})
    parts: list[Part] = [said, RefusalPart(content="no")]
    assert OWN.answer(parts) == [
        {"type": "output_text", "text": "a", "logprobs": [1]},
        {"type": "refusal", "refusal": "no"},
    ]
    assert FOREIGN.answer([said]) == [{"type": "output_text", "text": "a"}]
