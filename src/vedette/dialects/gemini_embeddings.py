"""Gemini's embeddings format: `embedContent` and `batchEmbedContents`.

https://ai.google.dev/api/embeddings
`read_request` and `read_answer` are for the record, where vectors are not kept: only how many
there were, of how many numbers. The others translate (`embedding_contract`).
"""

from collections.abc import Iterator
from typing import Any

from vedette.dialects.gemini_embeddings_codec import (
    NAME,
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.gemini_errors import describe_error, error_in, read_error, write_error
from vedette.dialects.gemini_fields import bare_model, camel_fields
from vedette.dialects.gemini_parts import read_parts
from vedette.dialects.gemini_request import peek
from vedette.dialects.gemini_stream import StreamReader
from vedette.dialects.gemini_usage import read_usage
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_stream import is_output
from vedette.dialects.reading import as_list, as_text, decode_answer, decode_request
from vedette.model.chat import Answer, ChatRequest, Message, RawPart

__all__ = [
    "NAME",
    "StreamReader",
    "is_output",
    "peek",
    "peek_answer",
    "read_answer",
    "read_embedding_answer",
    "read_embedding_request",
    "read_error",
    "read_request",
    "write_embedding_answer",
    "write_embedding_request",
    "write_error",
]

_SETTINGS = {"outputDimensionality": "embedding.dimensions"}


def read_request(body: bytes) -> ChatRequest:
    """What was asked, one message for each text. Raises BadRequest where `body` is not a JSON
    object."""
    whole = camel_fields(decode_request(body))
    requests = [camel_fields(one) for one in as_list(whole.get("requests"))] or [whole]
    first = requests[0]
    return ChatRequest(
        model=bare_model(as_text(whole.get("model")) or as_text(first.get("model"))),
        messages=tuple(_read_messages(requests)),
        settings={name: first[field] for field, name in _SETTINGS.items() if field in first},
        unknown={n: v for n, v in first.items() if n not in ("model", "content", *_SETTINGS)},
        dialect=NAME,
    )


def _read_messages(requests: list[dict[str, Any]]) -> Iterator[Message]:
    for request in requests:
        parts = tuple(read_parts(camel_fields(request.get("content")).get("parts")))
        yield Message(role="user", parts=parts)


def read_answer(body: bytes) -> Answer:
    """The whole answer. Raises Unreadable where `body` is not a JSON object."""
    answer = camel_fields(decode_answer(body))
    single = answer.get("embedding")
    vectors = as_list(answer.get("embeddings")) or ([] if single is None else [single])
    summary: tuple[Message, ...] = ()
    if vectors:
        numbers = as_list(camel_fields(vectors[0]).get("values"))
        shape = {"embeddings": len(vectors), "dimensions": len(numbers)}
        summary = (Message(role="assistant", parts=(RawPart(content=shape),)),)
    return Answer(
        messages=summary,
        usage=read_usage(answer.get("usageMetadata")),
        error=describe_error(error_in(answer)),
        dialect=NAME,
    )


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an answer. Raises Unreadable where `body` is not a JSON object."""
    return head_of(read_answer(body))
