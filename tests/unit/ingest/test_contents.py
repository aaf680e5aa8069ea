"""Both bodies of an exchange, read by the codec that fits."""

import gzip
import json
from typing import Any

import pytest
import zstandard
from msgspec.structs import replace

from tests.support.exchanges import make_record
from tests.support.recordings import PAIRS, codec_of, streamed, whole
from vedette.ingest.contents import find_dialect, read_contents
from vedette.model.chat import Answer, MediaPart, Part, RawPart, TextPart

REQUEST = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
SSE = "text/event-stream; charset=utf-8"


@pytest.mark.parametrize("pair", PAIRS)
def test_streamed_and_whole_bodies_say_the_same(pair: str) -> None:
    dialect = pair.partition("/")[0]
    stream = make_record(
        response=streamed(pair), dialect=dialect, response_content_type=SSE, stream=True
    )
    plain = make_record(response=whole(pair), dialect=dialect)
    answers = [read_contents(record).answer for record in (stream, plain)]
    assert answers[0] is not None
    assert answers[1] is not None
    read = codec_of(pair).read_answer(whole(pair))
    assert said(answers[1]) == said(read)
    assert (answers[1].id, answers[1].extra) == (read.id, read.extra)
    assert answers[0].usage == answers[1].usage == read.usage
    assert said(answers[0]) == said(answers[1])


def said(answer: Answer) -> list[list[Part]]:
    """The parts without the bytes of media, and without what only whole answers tell."""
    return [[plain(part) for part in message.parts] for message in answer.messages]


def plain(part: Part) -> Part:
    if isinstance(part, MediaPart):
        return replace(part, data="", extra={})
    return part if isinstance(part, RawPart) else replace(part, extra={})


@pytest.mark.parametrize(
    ("path", "dialect"),
    [
        ("/v1/chat/completions", "openai_chat"),
        ("/v1/completions/?x=1", "openai_completions"),
        ("/v1/embeddings", "openai_embeddings"),
        ("/v1/responses", "openai_responses"),
        ("/v1/messages", "anthropic"),
        ("/v1/images/generations", ""),
    ],
)
def test_the_path_tells_the_dialect_where_the_record_does_not(path: str, dialect: str) -> None:
    assert find_dialect(make_record(dialect="", path=path)) == dialect
    assert find_dialect(make_record(dialect="unheard_of", path=path)) == dialect
    assert find_dialect(make_record(dialect="", path=path, method="GET")) == ""


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_packed_answers_are_read(encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zstandard.compress
    record = make_record(
        response=pack(whole("openai_chat/text")), response_content_encoding=encoding
    )
    contents = read_contents(record)
    assert contents.answer is not None
    assert contents.answer.finish_reasons == ("stop",)
    assert contents.response_text.startswith("{")


def test_an_encoding_we_cannot_undo_is_named() -> None:
    contents = read_contents(make_record(response=b"\x1b\x00", response_content_encoding="br"))
    assert contents.unread_encoding == "br"
    assert contents.answer is None
    assert contents.response_text == ""


def test_a_cut_request_is_read_as_far_as_it_goes() -> None:
    body = json.dumps(REQUEST).encode()[:-6]
    contents = read_contents(make_record(body, request_bytes=5_000))
    assert contents.request_truncated
    assert contents.request is not None
    assert contents.request.model == "m"
    assert contents.request.messages[0].parts == (TextPart(content="hel"),)


def test_a_cut_answer_is_read_as_far_as_it_goes() -> None:
    body = whole("openai_chat/reasoning")
    contents = read_contents(make_record(response=body[:250], response_bytes=len(body)))
    assert contents.response_truncated
    assert contents.answer is not None
    assert contents.answer.id == "0a1b-ds"


def test_a_cut_stream_has_what_came() -> None:
    body = streamed("openai_chat/reasoning")[:900]
    record = make_record(response=body, response_bytes=5_000, response_content_type=SSE)
    answer = read_contents(record).answer
    assert answer is not None
    assert answer.messages[0].parts[0].content.startswith("2 and")  # type: ignore[union-attr]
    assert answer.finish_reasons == ("",)


def test_nothing_captured_is_not_truncated() -> None:
    contents = read_contents(make_record(request_bytes=10, response_bytes=10))
    assert not contents.request_truncated
    assert not contents.response_truncated


def other(request: Any = b"", response: Any = b"", **fields: Any) -> Any:
    values = {"dialect": "", "path": "/v1/images/generations", "operation": "other", **fields}
    return read_contents(make_record(request, response, **values))


def test_calls_without_a_dialect_say_what_all_share() -> None:
    contents = other(
        {"model": "gpt-image-1", "prompt": "a cat", "user": "ann"},
        {"data": [], "usage": {"input_tokens": 5, "output_tokens": 7}},
    )
    assert (contents.request.model, contents.request.user) == ("gpt-image-1", "ann")
    assert contents.answer.usage.input_total == 5
    assert contents.request_text == '{"model":"gpt-image-1","prompt":"a cat","user":"ann"}'
    assert other({"x": 1}, {"y": 1}).request is None


def test_an_error_of_a_call_without_a_dialect() -> None:
    assert other(b"", {"error": {"message": "m", "type": "t"}}).answer == Answer(error="t: m")


def test_what_is_no_text_is_not_kept_as_one() -> None:
    contents = other(
        b"\x00\x01", b"ID3\xff",
        request_content_type="multipart/form-data; boundary=x", response_content_type="audio/mpeg",
    )  # fmt: skip
    assert contents.request_text == contents.response_text == ""


@pytest.mark.parametrize("body", [b"nonsense", b"[1,2]", b"\xff\xfe", b"null", b"{" * 100_000])
def test_what_no_codec_reads_is_kept_as_text(body: bytes) -> None:
    contents = read_contents(make_record(body, body))
    assert contents.request is None
    assert contents.answer is None
    assert contents.request_text == body.decode("utf-8", "replace")
