"""The OpenAI embeddings format.

https://platform.openai.com/docs/api-reference/embeddings
`read_request` and `read_answer` are for the record, where vectors are not kept: only how many
there were, of how many numbers. The others translate (`embedding_contract`).
"""

from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_completions_request import split_inputs
from vedette.dialects.openai_embeddings_codec import (
    NAME,
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.openai_errors import find_error, write_error
from vedette.dialects.openai_errors import read_fault as read_error
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.openai_messages import base64_size
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_stream import is_output, read_sign
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import (
    as_list,
    as_mapping,
    as_text,
    decode_answer,
    decode_request,
)
from vedette.model.chat import Answer, ChatRequest, Delta, Message, Part, RawPart, TextPart

__all__ = [
    "NAME", "RequestHead", "StreamReader", "is_output", "peek", "peek_answer", "read_answer",
    "read_embedding_answer", "read_embedding_request", "read_error", "read_request",
    "write_embedding_answer", "write_embedding_request", "write_error",
]  # fmt: skip

_KNOWN = frozenset(("model", "input", "user", "metadata"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(
            Message(role="user", parts=(_read_input(item),))
            for item in split_inputs(request.get("input"))
        ),
        settings=read_settings(request),
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown_fields(request, _KNOWN),
    )


def _read_input(item: object) -> Part:
    if isinstance(item, str):
        return TextPart(content=item)
    if isinstance(item, list) and all(isinstance(token, int) for token in item):
        return RawPart(content={"tokens": len(item)})
    return RawPart(content=item)


def read_answer(body: bytes) -> Answer:
    """The whole answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    vectors = as_list(answer.get("data"))
    summary: tuple[Message, ...] = ()
    if vectors:
        dimensions = _dimensions(as_mapping(vectors[0]).get("embedding"))
        shape = {"embeddings": len(vectors), "dimensions": dimensions}
        summary = (Message(role="assistant", parts=(RawPart(content=shape),)),)
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=summary,
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
    )


def _dimensions(vector: object) -> int:
    """Of a list of numbers, or of base64 of 32-bit floats."""
    if isinstance(vector, str):
        return base64_size(vector) // 4
    return len(as_list(vector))


class StreamReader:
    """Embeddings are never streamed; an error may come as an event all the same."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data."""
        return read_sign(data)
