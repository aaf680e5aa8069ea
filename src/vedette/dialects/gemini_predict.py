"""Vertex' format for the embeddings of models that are no Gemini: `predict`.

https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api
Its texts are `instances`, its settings `parameters`; only what a text is for stands with the text.
"""

from typing import Annotated, Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.gemini_embeddings_codec import (
    dropped_of,
    read_dimensions,
    read_task,
    texts_of,
    write_task,
)
from vedette.dialects.gemini_errors import describe_error, error_in, read_error, write_error
from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.gemini_request import peek
from vedette.dialects.gemini_stream import StreamReader
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import (
    JSON_ERRORS,
    Unreadable,
    as_list,
    as_text,
    decode_answer,
    decode_request,
)
from vedette.errors import BadRequest
from vedette.model.chat import Answer, ChatRequest, Message, RawPart, TextPart
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

__all__ = [
    "NAME",
    "StreamReader",
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

NAME = "gemini_predict"


def read_embedding_request(body: bytes) -> EmbeddingRequest:
    """Raises BadRequest where `body` is no request for embeddings of texts."""
    whole = decode_request(body)
    instances = [camel_fields(one) for one in as_list(whole.get("instances"))]
    if not instances or not all(isinstance(one.get("content"), str) for one in instances):
        raise BadRequest("'instances' must be a list of objects with a text as 'content'.")
    tasks = {as_text(one.get("taskType")) for one in instances}
    if len(tasks) > 1:
        raise Unsupported("instances.task_type", "differs from text to text.")
    parameters = camel_fields(whole.get("parameters"))
    dimensions = read_dimensions(parameters.pop("outputDimensionality", None))
    return EmbeddingRequest(
        model="",
        inputs=tuple(one["content"] for one in instances),
        dimensions=dimensions,
        input_type=read_task(tasks.pop()),
        extra=parameters,
        dialect=NAME,
    )


def write_embedding_request(request: EmbeddingRequest) -> Written:
    """The request; the model goes into the path. Raises Unsupported."""
    task = {"task_type": write_task(request)} if request.input_type else {}
    body: dict[str, Any] = {"instances": [{"content": text, **task} for text in texts_of(request)]}
    parameters: dict[str, Any] = dict(request.extra) if request.dialect == NAME else {}
    if request.dimensions is not None:
        parameters["outputDimensionality"] = request.dimensions
    if parameters:
        body["parameters"] = parameters
    return Written(msgspec.json.encode(body), dropped_of(request, NAME))


class _Statistics(msgspec.Struct, gc=False):
    token_count: float = 0


class _Embeddings(msgspec.Struct, gc=False):
    values: tuple[float, ...]
    statistics: _Statistics | None = None


class _Prediction(msgspec.Struct, gc=False):
    embeddings: _Embeddings


class _Answer(msgspec.Struct, gc=False):
    predictions: Annotated[list[_Prediction], msgspec.Meta(min_length=1)]


_ANSWER = msgspec.json.Decoder(_Answer)


def read_embedding_answer(body: bytes) -> EmbeddingAnswer:
    """All vectors in the order of the texts. Raises Unreadable where there are none."""
    try:
        predictions = _ANSWER.decode(body).predictions
    except JSON_ERRORS as error:
        raise Unreadable("The provider's answer holds no readable embeddings.") from error
    return EmbeddingAnswer(
        vectors=tuple(one.embeddings.values for one in predictions), usage=_usage(predictions)
    )


def _usage(predictions: list[_Prediction]) -> Usage | None:
    counted = [one.embeddings.statistics for one in predictions]
    tokens = [one.token_count for one in counted if one is not None]
    return Usage(input_uncached=max(0, int(sum(tokens)))) if tokens else None


def write_embedding_answer(answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
    """The answer to `request`; all its tokens stand with the first text."""
    tokens = answer.usage.input_total if answer.usage is not None else 0
    predictions: list[dict[str, Any]] = []
    for vector in answer.vectors:
        statistics = {"truncated": False, "token_count": 0 if predictions else tokens}
        predictions.append({"embeddings": {"values": vector, "statistics": statistics}})
    return msgspec.json.encode({"predictions": predictions})


def read_request(body: bytes) -> ChatRequest:
    """What was asked, for the record. Raises BadRequest where `body` is not a JSON object."""
    whole = decode_request(body)
    texts = [as_text(camel_fields(one).get("content")) for one in as_list(whole.get("instances"))]
    return ChatRequest(
        model="",
        messages=tuple(
            Message(role="user", parts=(TextPart(content=text),) if text else ()) for text in texts
        ),
        unknown={name: value for name, value in whole.items() if name != "instances"},
        dialect=NAME,
    )


def read_answer(body: bytes) -> Answer:
    """What was answered, for the record. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    summary: tuple[Message, ...] = ()
    usage = None
    try:
        predictions = _ANSWER.decode(body).predictions
    except JSON_ERRORS:
        predictions = []
    if predictions:
        usage = _usage(predictions)
        dimensions = len(predictions[0].embeddings.values)
        shape = {"embeddings": len(predictions), "dimensions": dimensions}
        summary = (Message(role="assistant", parts=(RawPart(content=shape),)),)
    error = describe_error(error_in(answer))
    return Answer(messages=summary, usage=usage, error=error, dialect=NAME)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an answer. Raises Unreadable where `body` is not a JSON object."""
    return head_of(read_answer(body))
