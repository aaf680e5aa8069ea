"""Requests for embeddings and their vectors, read and written whole.

https://ai.google.dev/api/embeddings
`embedContent` takes one text, `batchEmbedContents` a list of such requests, each with settings of
its own. Other dialects have one setting for all texts, so requests that differ in what the vectors
are for, or in their length, stay with Gemini. To a provider we always write the list.
"""

from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.gemini_fields import bare_model, camel_fields
from vedette.dialects.gemini_usage import read_usage
from vedette.dialects.reading import (
    JSON_ERRORS,
    Unreadable,
    as_list,
    as_mapping,
    as_text,
    decode_request,
)
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

NAME = "gemini_embeddings"

_TYPES = MappingProxyType(
    {
        "RETRIEVAL_QUERY": "query",
        "RETRIEVAL_DOCUMENT": "document",
        "CODE_RETRIEVAL_QUERY": "code_query",
        "QUESTION_ANSWERING": "question_answering",
        "FACT_VERIFICATION": "fact_verification",
        "SEMANTIC_SIMILARITY": "similarity",
        "CLASSIFICATION": "classification",
        "CLUSTERING": "clustering",
    }
)
_TASKS = MappingProxyType({word: task for task, word in _TYPES.items()})
_UNSAID = ("", "TASK_TYPE_UNSPECIFIED")
_READ = frozenset({"model", "content", "taskType", "outputDimensionality", "embedContentConfig"})
_SINGLY = "requests"
"""Where the rest stands in `extra` when it is another one for each text."""


def read_embedding_request(body: bytes) -> EmbeddingRequest:
    """Raises BadRequest where `body` is no request for embeddings."""
    whole = camel_fields(decode_request(body))
    is_single = "requests" not in whole
    requests = [_flat(whole)] if is_single else [_flat(one) for one in as_list(whole["requests"])]
    if not requests:
        raise BadRequest("'requests' must be a list of requests.")
    model = as_text(whole.get("model")) or as_text(requests[0].get("model"))
    rests = [{n: kept for n, kept in one.items() if n not in _READ} for one in requests]
    are_equal = all(rest == rests[0] for rest in rests)
    return EmbeddingRequest(
        model=bare_model(model),
        inputs=tuple(read_text(one.get("content"), n) for n, one in enumerate(requests)),
        is_single=is_single,
        dimensions=read_dimensions(_same(requests, "outputDimensionality")),
        input_type=read_task(_same(requests, "taskType")),
        extra=rests[0] if are_equal else {_SINGLY: rests},
        dialect=NAME,
    )


def _flat(value: object) -> dict[str, Any]:
    """The fields of one request, with those of its newer `embedContentConfig`."""
    request = camel_fields(value)
    return camel_fields(request.get("embedContentConfig")) | request


def _same(requests: list[dict[str, Any]], name: str) -> object:
    """The value of a field, which must be the same in all of them."""
    first = requests[0].get(name)
    if any(one.get(name) != first for one in requests):
        raise Unsupported(f"requests.{name}", "differs from text to text.")
    return first


def read_text(content: object, number: int) -> str:
    """The text of a content, which must hold nothing else."""
    if isinstance(content, str):
        return content
    parts = as_list(camel_fields(content).get("parts"))
    texts = [as_mapping(part).get("text") for part in parts]
    if not texts:
        raise BadRequest(f"Request {number} has no 'content' with a text in its 'parts'.")
    if not all(isinstance(text, str) for text in texts):
        raise Unsupported("content.parts", "holds more than text.")
    return "\n".join(str(text) for text in texts)


def read_dimensions(value: object) -> int | None:
    if value in (None, 0):
        return None
    if type(value) is not int or value < 1:
        raise BadRequest("'outputDimensionality' must be a positive integer.")
    return value


def read_task(value: object) -> str:
    """What the vectors are for, in neutral words or Google's own."""
    task = as_text(value)
    return "" if task in _UNSAID else _TYPES.get(task, task)


def write_embedding_request(request: EmbeddingRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    model = request.model if "/" in request.model else f"models/{request.model}"
    settings: dict[str, Any] = {}
    if request.input_type:
        settings["taskType"] = write_task(request)
    if request.dimensions is not None:
        settings["outputDimensionality"] = request.dimensions
    rests = _rests(request)
    requests = [
        {"model": model, "content": {"parts": [{"text": text}]}, **settings, **rest}
        for text, rest in zip(texts_of(request), rests, strict=True)
    ]
    return Written(msgspec.json.encode({"requests": requests}), dropped_of(request, NAME))


def texts_of(request: EmbeddingRequest) -> list[str]:
    """The inputs, which must be texts. Raises Unsupported."""
    texts = [item for item in request.inputs if isinstance(item, str)]
    if len(texts) != len(request.inputs):
        raise Unsupported("input", "holds token ids, which only the model's own provider reads.")
    return texts


def write_task(request: EmbeddingRequest) -> str:
    """Google's word for what the vectors are for. Raises Unsupported for one it has not."""
    task = _TASKS.get(request.input_type, "")
    if task or request.dialect.startswith("gemini"):
        return task or request.input_type
    raise Unsupported("input_type", f"{request.input_type!r} is none that Gemini knows.")


def dropped_of(request: EmbeddingRequest, dialect: str) -> tuple[str, ...]:
    """What only the client's own dialect knows."""
    if request.dialect == dialect:
        return ()
    return (*request.extra, *(("user",) if request.user else ()))


def _rests(request: EmbeddingRequest) -> list[dict[str, Any]]:
    count = len(request.inputs)
    if request.dialect != NAME:
        return [{}] * count
    if _SINGLY in request.extra:
        singly = [as_mapping(rest) for rest in as_list(request.extra[_SINGLY])]
        return singly if len(singly) == count else [{}] * count
    return [request.extra] * count


class _Values(msgspec.Struct, gc=False):
    values: tuple[float, ...]


class _Answer(msgspec.Struct, gc=False):
    embeddings: Annotated[list[_Values], msgspec.Meta(min_length=1)] | None = None
    embedding: _Values | None = None
    usageMetadata: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def read_embedding_answer(body: bytes) -> EmbeddingAnswer:
    """All vectors in the order of the texts. Raises Unreadable where there are none."""
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS as error:
        raise Unreadable("The provider's answer holds no readable embeddings.") from error
    found = answer.embeddings or ([answer.embedding] if answer.embedding is not None else [])
    if not found:
        raise Unreadable("The provider's answer holds no embeddings.")
    return EmbeddingAnswer(
        vectors=tuple(one.values for one in found), usage=read_usage(answer.usageMetadata)
    )


def write_embedding_answer(answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
    """The answer to `request`: one vector, or a list of them, as it was asked."""
    body: dict[str, Any]
    if request.is_single and request.dialect == NAME and len(answer.vectors) == 1:
        body = {"embedding": {"values": answer.vectors[0]}}
    else:
        body = {"embeddings": [{"values": vector} for vector in answer.vectors]}
    if answer.usage is not None:
        body["usageMetadata"] = _figures(answer.usage)
    return msgspec.json.encode(body)


def _figures(usage: Usage) -> dict[str, int]:
    return {"promptTokenCount": usage.input_total, "totalTokenCount": usage.input_total}
