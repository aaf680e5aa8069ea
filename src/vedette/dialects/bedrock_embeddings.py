"""Embeddings on Bedrock: Titan, Cohere and Nova, each in its own format.

`read_request` and `read_answer` are for the record, where vectors are not kept: only how many
there were, of how many numbers. The others translate (`embedding_contract`).
"""

from vedette.dialects.bedrock_embeddings_codec import (
    NAME,
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.bedrock_errors import read_error, write_error
from vedette.dialects.bedrock_request import peek
from vedette.dialects.bedrock_stream import StreamReader
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import Unreadable, as_text, decode_answer, decode_request
from vedette.errors import BadRequest
from vedette.model.chat import Answer, ChatRequest, Message, RawPart, TextPart

__all__ = [
    "NAME", "StreamReader", "peek", "peek_answer", "read_answer", "read_embedding_answer",
    "read_embedding_request", "read_error", "read_request", "write_embedding_answer",
    "write_embedding_request", "write_error",
]  # fmt: skip


def read_request(body: bytes) -> ChatRequest:
    """What was asked, one message for each text. Raises BadRequest where `body` is not a JSON
    object."""
    fields = decode_request(body)
    try:
        read = read_embedding_request(body)
    except BadRequest:
        # Pictures, or what the provider will refuse.
        return ChatRequest(model="", unknown=fields, dialect=NAME)
    settings = {} if read.dimensions is None else {"embedding.dimensions": read.dimensions}
    return ChatRequest(
        model="",
        messages=tuple(
            Message("user", (TextPart(content=text),))
            for text in read.inputs
            if isinstance(text, str)
        ),
        settings=settings,
        unknown=read.extra,
        dialect=NAME,
    )


def read_answer(body: bytes) -> Answer:
    """The whole answer. Raises Unreadable where `body` is not a JSON object."""
    fields = decode_answer(body)
    try:
        read = read_embedding_answer(body)
    except Unreadable:
        return Answer(error=as_text(fields.get("message")), dialect=NAME)
    shape = {"embeddings": len(read.vectors), "dimensions": len(read.vectors[0])}
    summary = Message("assistant", (RawPart(content=shape),))
    return Answer(id=read.id, messages=(summary,), usage=read.usage, dialect=NAME)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an answer. Raises Unreadable where it is not a JSON object."""
    return head_of(read_answer(body))
