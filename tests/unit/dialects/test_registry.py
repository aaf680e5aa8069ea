"""Every dialect is there under its name."""

import pytest

from vedette.dialects.framing import NDJSONReader, SSEReader
from vedette.dialects.registry import CHATS, CODECS, EMBEDDINGS, framing_of


@pytest.mark.parametrize("name", CODECS)
def test_a_codec_reads_both_halves(name: str) -> None:
    codec = CODECS[name]
    for function in ("read_request", "read_answer", "peek_answer"):
        assert callable(getattr(codec, function))


def test_a_chat_is_no_embedding() -> None:
    assert not CHATS & EMBEDDINGS


def test_streams_are_told_by_their_type() -> None:
    assert framing_of(b"text/event-stream; charset=utf-8") is SSEReader
    assert framing_of(b"application/x-ndjson") is NDJSONReader
    assert framing_of(b"application/json") is None
