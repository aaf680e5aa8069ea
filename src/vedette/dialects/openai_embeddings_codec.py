"""Requests for embeddings and their answers, read and written whole.

https://platform.openai.com/docs/api-reference/embeddings
"""

from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.openai_embeddings_vectors import pack_vector, unpack_vector
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import JSON_ERRORS, Unreadable, as_text, decode_request
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest, Input

NAME = "openai_embeddings"

_KNOWN = frozenset(("model", "input", "dimensions", "encoding_format", "input_type", "user"))

# OpenAI has no input types. Voyage AI and NVIDIA, who copied the format, have.
_INPUT_TYPES = MappingProxyType({"passage": "document"})
"""Neutral words of theirs."""

_INPUT_TYPE_NAMES = MappingProxyType({"gemini": "taskType"})
"""What other dialects call `input_type`."""


def read_embedding_request(body: bytes) -> EmbeddingRequest:
    """Raises BadRequest where `body` is no request for embeddings."""
    request = decode_request(body)
    value = request.get("input")
    is_single = isinstance(value, str) or _is_tokens(value)
    kind = as_text(request.get("input_type"))
    extra = {name: field for name, field in request.items() if name not in _KNOWN}
    if kind in _INPUT_TYPES:
        # To be written back as it was.
        extra["input_type"] = kind
    return EmbeddingRequest(
        model=as_text(request.get("model")),
        inputs=_read_inputs(value),
        is_single=is_single,
        dimensions=_read_dimensions(request.get("dimensions")),
        encoding_format=_read_format(request.get("encoding_format")),
        input_type=_INPUT_TYPES.get(kind, kind),
        user=as_text(request.get("user")),
        extra=extra,
        dialect=NAME,
    )


def _read_inputs(value: object) -> tuple[Input, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not value:
        raise BadRequest("'input' must be a text, a list of texts, token ids or lists of those.")
    if _is_tokens(value):
        return (tuple(value),)
    return tuple(_read_input(item, position) for position, item in enumerate(value))


def _read_input(item: object, position: int) -> Input:
    if isinstance(item, str):
        return item
    if isinstance(item, list) and _is_tokens(item):
        return tuple(item)
    raise BadRequest(f"'input[{position}]' is neither a text nor a list of token ids.")


def _is_tokens(value: object) -> bool:
    """Whether this is one text as token ids."""
    return isinstance(value, list) and bool(value) and all(type(item) is int for item in value)


def _read_dimensions(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value < 1:
        raise BadRequest("'dimensions' must be a positive integer.")
    return value


def _read_format(value: object) -> str:
    if value not in (None, "float", "base64"):
        raise BadRequest("'encoding_format' must be 'float' or 'base64'.")
    return as_text(value)


def write_embedding_request(request: EmbeddingRequest) -> Written:
    """The request for `request.model`. Raises Unsupported.

    The client's `encoding_format` is asked for only where the client speaks this dialect: not all
    who copied the format know base64, and numbers are what they answer by default.
    """
    is_own = request.dialect == NAME
    if not is_own and any(isinstance(item, tuple) for item in request.inputs):
        raise Unsupported("input", "holds token ids, which only the model's own provider reads.")
    alone = request.is_single and len(request.inputs) == 1
    fields: dict[str, Any] = {
        "model": request.model,
        "input": request.inputs[0] if alone else request.inputs,
        "encoding_format": request.encoding_format if is_own else "",
        "dimensions": request.dimensions,
        "user": request.user,
        "input_type": request.input_type if is_own else "",
    }
    body = {name: value for name, value in fields.items() if value not in ("", None)}
    if is_own:
        return Written(msgspec.json.encode({**body, **request.extra}))
    dropped = dict.fromkeys(request.extra)
    if request.input_type:
        dropped[_INPUT_TYPE_NAMES.get(request.dialect, "input_type")] = None
    return Written(msgspec.json.encode(body), tuple(dropped))


class _Vector(msgspec.Struct, gc=False):
    embedding: tuple[float, ...] | str
    index: int | None = None


class _Answer(msgspec.Struct, gc=False):
    data: Annotated[list[_Vector], msgspec.Meta(min_length=1)]
    id: str | None = None
    model: str | None = None
    usage: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def read_embedding_answer(body: bytes) -> EmbeddingAnswer:
    """All vectors in the order of the inputs. Raises Unreadable where one cannot be had."""
    try:
        answer = _ANSWER.decode(body)
        vectors = tuple(_numbers(item.embedding) for item in _in_order(answer.data))
    except (*JSON_ERRORS, ValueError) as error:
        raise Unreadable("The provider's answer holds no readable embeddings.") from error
    return EmbeddingAnswer(
        id=answer.id or "",
        model=answer.model or "",
        vectors=vectors,
        usage=read_usage(answer.usage),
    )


def _numbers(vector: tuple[float, ...] | str) -> tuple[float, ...]:
    return unpack_vector(vector) if isinstance(vector, str) else vector


def _in_order(data: list[_Vector]) -> list[_Vector]:
    """By `index` where all indexes are there; else as they came."""
    by_index = {item.index: item for item in data}
    if all(index in by_index for index in range(len(data))):
        return [by_index[index] for index in range(len(data))]
    return data


def write_embedding_answer(answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
    """The answer to `request`, packed where it asks for base64."""
    is_packed = request.encoding_format == "base64"
    data = [
        {"object": "embedding", "index": index, "embedding": pack_vector(v) if is_packed else v}
        for index, v in enumerate(answer.vectors)
    ]
    tokens = answer.usage.input_total if answer.usage is not None else 0
    body: dict[str, Any] = {
        "object": "list",
        "data": data,
        "model": answer.model or request.model,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }
    if answer.id:
        body["id"] = answer.id
    return msgspec.json.encode(body)
