"""Media in the blocks of the Converse API."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.bedrock_media import DocumentNames, read_media, why_not, write_media
from vedette.model.chat import MediaPart

TEXT = base64.b64encode(b"hello").decode()


@pytest.mark.parametrize(
    ("kind", "block", "expected"),
    [
        ("image", {"format": "jpeg", "source": {"bytes": "AAAA"}},
         MediaPart(modality="image", mime_type="image/jpeg", data="AAAA", size_bytes=3)),
        ("video", {"format": "three_gp", "source": {"s3Location": {"uri": "s3://b/v"}}},
         MediaPart(modality="video", mime_type="video/3gpp", uri="s3://b/v")),
        ("video", {"format": "mpg",
                   "source": {"s3Location": {"uri": "s3://b/v", "bucketOwner": "1"}}},
         MediaPart(modality="video", mime_type="video/mpg", uri="s3://b/v",
                   extra={"format": "mpg", "bucketOwner": "1"})),
        ("audio", {"format": "wav", "source": {"bytes": "AAAA"}},
         MediaPart(modality="audio", mime_type="audio/wav", data="AAAA", size_bytes=3)),
        ("document", {"format": "pdf", "name": "d", "source": {"bytes": "AAAA"},
                      "citations": {"enabled": True}, "context": "c"},
         MediaPart(modality="file", mime_type="application/pdf", data="AAAA", size_bytes=3,
                   name="d", extra={"citations": {"enabled": True}, "context": "c"})),
        ("document", {"name": "d", "source": {"text": "hello"}},
         MediaPart(modality="file", mime_type="text/plain", data=TEXT, size_bytes=5, name="d",
                   extra={"format": None, "source": "text"})),
        ("document", {"format": "md", "name": "d", "source": {"text": "hello"}},
         MediaPart(modality="file", mime_type="text/markdown", data=TEXT, size_bytes=5, name="d",
                   extra={"source": "text"})),
        ("document", {"format": "txt", "name": "d",
                      "source": {"content": [{"text": "hel"}, {"text": "lo"}]}},
         MediaPart(modality="file", mime_type="text/plain", size_bytes=7, name="d",
                   data=base64.b64encode(b"hel\n\nlo").decode(),
                   extra={"source": {"content": [{"text": "hel"}, {"text": "lo"}]}})),
        ("document", {"name": "d", "source": {"bytes": "AAAA"}},
         MediaPart(modality="file", data="AAAA", size_bytes=3, name="d", extra={"format": None})),
    ],
)  # fmt: skip
def test_a_block_is_read_and_written_as_it_was(
    kind: str, block: dict[str, Any], expected: MediaPart
) -> None:
    assert read_media(kind, block) == expected
    assert write_media(expected, own=True) == {kind: block}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (MediaPart(modality="image", mime_type="image/jpg", data="AAAA"),
         {"image": {"format": "jpeg", "source": {"bytes": "AAAA"}}}),
        (MediaPart(modality="image", data="iVBORw0KGgo="),
         {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}}),
        (MediaPart(modality="file", mime_type="image/webp", data="AAAA"),
         {"image": {"format": "webp", "source": {"bytes": "AAAA"}}}),
        (MediaPart(modality="audio", mime_type="audio/mp3", data="AAAA", extra={"x": 1}),
         {"audio": {"format": "mp3", "source": {"bytes": "AAAA"}}}),
        (MediaPart(modality="image", uri="s3://bucket/a/cat.png"),
         {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://bucket/a/cat.png"}}}}),
        (MediaPart(modality="file", name="report.pdf", data="AAAA"),
         {"document": {"format": "pdf", "name": "report.pdf", "source": {"bytes": "AAAA"}}}),
        (MediaPart(modality="file", mime_type="application/json", data=TEXT),
         {"document": {"format": "txt", "name": "document", "source": {"bytes": TEXT}}}),
        (MediaPart(modality="file", mime_type="text/plain; charset=utf-8", data=TEXT),
         {"document": {"format": "txt", "name": "document", "source": {"bytes": TEXT}}}),
    ],
)  # fmt: skip
def test_media_of_other_dialects(part: MediaPart, expected: dict[str, Any]) -> None:
    assert write_media(part, own=False) == expected


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (MediaPart(modality="image", mime_type="image/svg+xml", data="AAAA"), "of a type"),
        (MediaPart(modality="file", mime_type="application/zip", data="AAAA"), "of a type"),
        (MediaPart(modality="image", uri="https://x/cat.png"), "by its URL"),
        (MediaPart(modality="image", uri="s3://x/cat"), "format"),
        (MediaPart(modality="file", file_id="file-1"), "only its own provider keeps"),
        (MediaPart(modality="image"), "empty"),
    ],
)
def test_what_bedrock_does_not_take(part: MediaPart, why: str) -> None:
    assert write_media(part, own=False) is None
    assert why in why_not(part)


def test_names_of_documents_are_allowed_and_unique() -> None:
    names = DocumentNames()
    assert names.name("Q3/report_final (v2).pdf") == "Q3 report final (v2)"
    assert names.name("a.b.c") == "a b"
    assert [names.name(""), names.name("?.md"), names.name("")] == [
        "document", "document (2)", "document (3)",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_name_becomes_an_allowed_one(wanted: list[str]) -> None:
    names = DocumentNames()
    made = [names.name(name) for name in wanted]
    assert len(set(made)) == len(made)
    for name in made:
        assert 1 <= len(name) <= 200
        assert "  " not in name
        assert all(c.isascii() and (c.isalnum() or c in " -()[]") for c in name)
