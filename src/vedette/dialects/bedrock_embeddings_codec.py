"""Requests for embeddings on Bedrock and their vectors: `InvokeModel` in three vendors' formats.

| model | texts | `dimensions` | `input_type` |
|---|---|---|---|
| Titan | one in a call | v2: `dimensions`; G1 with pictures: `embeddingConfig` | none: left out |
| Cohere | up to 96 | v4: `output_dimension` | `input_type`, demanded |
| Nova | one in a call | `embeddingDimension` | `embeddingPurpose`, demanded |

Where a vendor demands to know what the vectors are for and the client does not say, they are for
documents. Which format is written the model's name tells; a name that does not is refused. Read
are all of them, by their marks.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html
https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
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

NAME = "bedrock_embeddings"

_PURPOSES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "input_type": {
            "query": "search_query", "document": "search_document",
            "classification": "classification", "clustering": "clustering",
        },
        "embeddingPurpose": {
            "query": "GENERIC_RETRIEVAL", "document": "GENERIC_INDEX",
            "classification": "CLASSIFICATION", "clustering": "CLUSTERING",
        },
    }
)  # fmt: skip
"""Field -> neutral word for what vectors are for -> the vendor's."""
_DOCUMENTS = "document"
_TASK = {"taskType": "SINGLE_EMBEDDING"}
_NOVA = "singleEmbeddingParams"
_OF_TITAN = frozenset({"inputText", "dimensions", "embeddingConfig"})
_OF_COHERE = frozenset({"texts", "input_type", "output_dimension"})
_OF_NOVA = frozenset({_NOVA, "taskType"})


def read_embedding_request(body: bytes) -> EmbeddingRequest:
    """Raises BadRequest where `body` is no request for embeddings of text."""
    fields = decode_request(body)
    if "inputText" in fields:
        config = as_mapping(fields.get("embeddingConfig"))
        dimensions = fields.get("dimensions", config.get("outputEmbeddingLength"))
        return _request(fields, _OF_TITAN, texts=(fields["inputText"],), dimensions=dimensions)
    if "texts" in fields:
        texts = tuple(as_list(fields["texts"]))
        purpose = _neutral("input_type", fields.get("input_type"))
        return _request(
            fields, _OF_COHERE, texts=texts, dimensions=fields.get("output_dimension"),
            purpose=purpose, is_single=False,
        )  # fmt: skip
    params = as_mapping(fields.get(_NOVA))
    text = as_mapping(params.get("text"))
    return _request(
        fields, _OF_NOVA, texts=(text.get("value"),), dimensions=params.get("embeddingDimension"),
        purpose=_neutral("embeddingPurpose", params.get("embeddingPurpose")), params=params,
    )  # fmt: skip


def _request(
    fields: dict[str, Any],
    known: frozenset[str],
    *,
    texts: tuple[Any, ...],
    dimensions: object,
    purpose: str = "",
    is_single: bool = True,
    params: dict[str, Any] | None = None,
) -> EmbeddingRequest:
    if not texts or not all(isinstance(text, str) for text in texts):
        raise BadRequest("The request names no text: 'inputText', 'texts' or 'text.value'.")
    if dimensions is not None and (type(dimensions) is not int or dimensions < 1):
        raise BadRequest("The number of dimensions must be a positive integer.")
    extra = {name: value for name, value in fields.items() if name not in known}
    return EmbeddingRequest(
        model="",
        inputs=texts,
        is_single=is_single,
        dimensions=dimensions,
        input_type=purpose,
        extra=extra | ({_NOVA: params} if params else {}),
        dialect=NAME,
    )


def _neutral(field: str, word: object) -> str:
    words = {word: neutral for neutral, word in _PURPOSES[field].items()}
    return words.get(as_text(word), as_text(word))


def write_embedding_request(request: EmbeddingRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    texts = [text for text in request.inputs if isinstance(text, str)]
    if len(texts) != len(request.inputs):
        raise Unsupported("input", "holds token ids, which only the model's own provider reads.")
    write = next((write for mark, write in _WRITERS if mark in request.model), None)
    if write is None:
        why = f"{request.model!r} is no model whose format for embeddings is known on Bedrock."
        raise Unsupported("model", why)
    body, dropped = write(request, texts)
    if request.dialect == NAME:
        return Written(msgspec.json.encode({**request.extra, **body}))
    dropped += [*request.extra, *(("user",) if request.user else ())]
    return Written(msgspec.json.encode(body), tuple(dropped))


_Made = tuple[dict[str, Any], list[str]]


def _titan(request: EmbeddingRequest, texts: list[str]) -> _Made:
    body: dict[str, Any] = {"inputText": _only(texts, "Titan")}
    if request.dimensions is not None:
        if "embed-image" in request.model:
            body["embeddingConfig"] = {"outputEmbeddingLength": request.dimensions}
        elif "v1" in request.model:
            raise Unsupported("dimensions", "cannot be chosen with this model.")
        else:
            body["dimensions"] = request.dimensions
    return body, ["input_type"] if request.input_type else []


def _cohere(request: EmbeddingRequest, texts: list[str]) -> _Made:
    body: dict[str, Any] = {"texts": texts, "input_type": _purpose("input_type", request)}
    if request.dimensions is not None:
        if "v3" in request.model:
            raise Unsupported("dimensions", "cannot be chosen with this model.")
        body["output_dimension"] = request.dimensions
    return body, []


def _nova(request: EmbeddingRequest, texts: list[str]) -> _Made:
    given = as_mapping(request.extra.get(_NOVA)) if request.dialect == NAME else {}
    params = {
        **given,
        "embeddingPurpose": _purpose("embeddingPurpose", request),
        "text": {
            "truncationMode": "NONE", **as_mapping(given.get("text")),
            "value": _only(texts, "Nova"),
        },
    }  # fmt: skip
    if request.dimensions is not None:
        params["embeddingDimension"] = request.dimensions
    return {**_TASK, _NOVA: params}, []


_WRITERS: tuple[tuple[str, Callable[[EmbeddingRequest, list[str]], _Made]], ...] = (
    ("titan-embed", _titan),
    ("cohere.embed", _cohere),
    ("nova-2-multimodal-embeddings", _nova),
)
"""Mark in a model's name -> who writes for it."""


def _only(texts: list[str], whose: str) -> str:
    if len(texts) != 1:
        raise Unsupported("input", f"holds {len(texts)} texts, and {whose} takes one in a call.")
    return texts[0]


def _purpose(field: str, request: EmbeddingRequest) -> str:
    """The vendor's word for what the vectors are for. Raises Unsupported for one it has not."""
    wanted = request.input_type or _DOCUMENTS
    word = _PURPOSES[field].get(wanted, "")
    if word or request.dialect == NAME:
        return word or wanted
    raise Unsupported("input_type", f"{wanted!r} is none that this model knows.")


_Vector = tuple[float, ...]


class _Typed(msgspec.Struct, gc=False):
    embedding: _Vector


class _ByType(msgspec.Struct, gc=False):
    float: tuple[_Vector, ...] = ()


class _Answer(msgspec.Struct, gc=False):
    embedding: _Vector | None = None
    embeddings: msgspec.Raw = msgspec.Raw()
    inputTextTokenCount: float | None = None
    id: str | None = None


_ANSWER = msgspec.json.Decoder(_Answer)
_LISTS: tuple[tuple[type[Any], Callable[[Any], tuple[_Vector, ...]]], ...] = (
    (tuple[_Vector, ...], lambda vectors: vectors),
    (_ByType, lambda by_type: by_type.float),
    (tuple[_Typed, ...], lambda typed: tuple(one.embedding for one in typed)),
)
"""The forms of `embeddings`, and the vectors in them."""


def read_embedding_answer(body: bytes) -> EmbeddingAnswer:
    """All vectors in the order of the texts. Raises Unreadable where there are none."""
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS as error:
        raise Unreadable("The provider's answer holds no readable embeddings.") from error
    vectors = (answer.embedding,) if answer.embedding is not None else _vectors(answer.embeddings)
    if not vectors:
        raise Unreadable("The provider's answer holds no embeddings.")
    tokens = answer.inputTextTokenCount
    return EmbeddingAnswer(
        id=answer.id or "",
        vectors=vectors,
        usage=None if tokens is None else Usage(input_uncached=max(0, int(tokens))),
    )


def _vectors(given: msgspec.Raw) -> tuple[_Vector, ...]:
    for form, take in _LISTS:
        try:
            return take(msgspec.json.decode(given, type=form))
        except JSON_ERRORS:
            continue
    return ()


def write_embedding_answer(answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
    """The answer to `request`, in the format it was asked in."""
    body: dict[str, Any]
    vectors = answer.vectors
    if _NOVA in request.extra:
        body = {"embeddings": [{"embeddingType": "TEXT", "embedding": v} for v in vectors]}
    elif request.is_single:
        vector = vectors[0] if vectors else ()
        body = {"embedding": vector, "embeddingsByType": {"float": vector}}
        body["inputTextTokenCount"] = answer.usage.input_total if answer.usage else 0
    else:
        body = {"id": answer.id, "texts": request.inputs}
        if request.extra.get("embedding_types"):
            body |= {"embeddings": {"float": vectors}, "response_type": "embeddings_by_type"}
        else:
            body |= {"embeddings": vectors, "response_type": "embeddings_floats"}
    return msgspec.json.encode(body)
