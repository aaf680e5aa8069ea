"""Ollama's embeddings format, `/api/embed`, and the older `/api/embeddings`.

https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings
The older one takes one `prompt` and answers one `embedding`. A request is known by its `prompt`, so
an old client gets an old answer; requests to a provider are always of the new form.
`read_request` and `read_answer` are for the record, where vectors are not kept.
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.ollama_answer import read_usage
from vedette.dialects.ollama_errors import find_error, read_error, write_error
from vedette.dialects.ollama_options import read_options
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.openai_stream import is_output, read_sign
from vedette.dialects.reading import (
    JSON_ERRORS,
    Unreadable,
    as_list,
    as_mapping,
    as_text,
    decode_answer,
    decode_request,
)
from vedette.errors import BadRequest
from vedette.model.chat import Answer, ChatRequest, Delta, Message, RawPart, TextPart
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

__all__ = [
    "NAME", "RequestHead", "StreamReader", "is_output", "peek", "peek_answer", "read_answer",
    "read_embedding_answer", "read_embedding_request", "read_error", "read_request",
    "write_embedding_answer", "write_embedding_request", "write_error",
]  # fmt: skip

NAME = "ollama_embeddings"

_KNOWN = frozenset({"model", "input", "prompt", "dimensions"})
_OLD = "prompt"


def read_embedding_request(body: bytes) -> EmbeddingRequest:
    """Raises BadRequest where `body` is no request for embeddings."""
    request = decode_request(body)
    is_old = _OLD in request and "input" not in request
    value = request[_OLD] if is_old else request.get("input")
    given: list[Any] = value if isinstance(value, list) and not is_old else [value]
    inputs = tuple(item for item in given if isinstance(item, str))
    if len(inputs) != len(given):
        name = _OLD if is_old else "input"
        raise BadRequest(f"'{name}' must be a text{'' if is_old else ' or a list of texts'}.")
    extra = {
        name: kept
        for name, kept in request.items()
        if name not in _KNOWN and kept not in (None, {})
    }
    return EmbeddingRequest(
        model=as_text(request.get("model")),
        inputs=inputs,
        is_single=not isinstance(value, list),
        dimensions=_dimensions(request.get("dimensions")),
        extra=extra | ({_OLD: True} if is_old else {}),
        dialect=NAME,
    )


def _dimensions(value: object) -> int | None:
    if value in (None, 0):
        return None
    if type(value) is not int or value < 1:
        raise BadRequest("'dimensions' must be a positive integer.")
    return value


def write_embedding_request(request: EmbeddingRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    if any(isinstance(item, tuple) for item in request.inputs):
        raise Unsupported("input", "holds token ids, which only the model's own provider reads.")
    alone = request.is_single and len(request.inputs) == 1
    body: dict[str, Any] = {
        "model": request.model,
        "input": request.inputs[0] if alone else request.inputs,
    }
    if request.dimensions is not None:
        body["dimensions"] = request.dimensions
    extra = {name: value for name, value in request.extra.items() if name != _OLD}
    if request.dialect == NAME:
        return Written(msgspec.json.encode(body | extra))
    dropped = dict.fromkeys(extra)
    for name in ("user", "input_type"):
        if getattr(request, name):
            dropped[name] = None
    return Written(msgspec.json.encode(body), tuple(dropped))


class _Answer(msgspec.Struct, gc=False):
    embeddings: list[tuple[float, ...]] | None = None
    embedding: tuple[float, ...] | None = None
    model: str | None = None
    prompt_eval_count: int | None = None


_ANSWER = msgspec.json.Decoder(_Answer)


def read_embedding_answer(body: bytes) -> EmbeddingAnswer:
    """All vectors in the order of the inputs. Raises Unreadable where there are none."""
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS as error:
        raise Unreadable("The provider's answer holds no readable embeddings.") from error
    vectors = answer.embeddings if answer.embedding is None else [answer.embedding]
    if not vectors:
        raise Unreadable("The provider's answer holds no embeddings.")
    return EmbeddingAnswer(
        model=answer.model or "",
        vectors=tuple(vectors),
        usage=_usage(answer.prompt_eval_count),
    )


def _usage(tokens: object) -> Usage | None:
    return read_usage(tokens, None)


def write_embedding_answer(answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
    """The answer to `request`, in the form of the API it came to."""
    if request.dialect == NAME and _OLD in request.extra:
        return msgspec.json.encode({"embedding": answer.vectors[0] if answer.vectors else ()})
    body: dict[str, Any] = {
        "model": answer.model or request.model,
        "embeddings": answer.vectors,
    }
    if answer.usage is not None:
        body["prompt_eval_count"] = answer.usage.input_total
    return msgspec.json.encode(body)


def read_request(body: bytes) -> ChatRequest:
    """The request as its record shows it. Raises BadRequest where it is not a JSON object."""
    request = decode_request(body)
    value = request.get("input", request.get(_OLD))
    texts = value if isinstance(value, list) else [value]
    settings, unknown = read_options(request)
    unknown |= {name: kept for name, kept in request.items() if name not in _KNOWN | {"options"}}
    if request.get("dimensions") is not None:
        settings["embedding.dimensions"] = request["dimensions"]
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(
            Message(role="user", parts=(TextPart(content=text),))
            for text in texts
            if isinstance(text, str)
        ),
        settings=settings,
        unknown=unknown,
        dialect=NAME,
    )


def read_answer(body: bytes) -> Answer:
    """How many vectors there were, of how many numbers. Raises Unreadable as for a chat."""
    answer = decode_answer(body)
    old = as_list(answer.get("embedding"))
    vectors = [old] if old else as_list(answer.get("embeddings"))
    summary: tuple[Message, ...] = ()
    if vectors:
        shape = {"embeddings": len(vectors), "dimensions": len(as_list(vectors[0]))}
        summary = (Message(role="assistant", parts=(RawPart(content=shape),)),)
    return Answer(
        model=as_text(answer.get("model")),
        messages=summary,
        usage=_usage(answer.get("prompt_eval_count")),
        error=find_error(as_mapping(answer)),
    )


class _Head(msgspec.Struct, gc=False):
    model: str | None = None
    prompt_eval_count: int | None = None
    error: msgspec.Raw = msgspec.Raw()


_HEAD = msgspec.json.Decoder(_Head)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an answer, its vectors unread. Raises Unreadable."""
    try:
        head = _HEAD.decode(body)
    except JSON_ERRORS:
        return head_of(read_answer(body))
    if head.error:
        return head_of(read_answer(body))
    return AnswerHead("", head.model or "", "", _usage(head.prompt_eval_count))


class StreamReader:
    """Embeddings are never streamed; an error may come as an event all the same."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data."""
        return read_sign(data)
