"""Requests for embeddings and their answers in the neutral form."""

from typing import Any

import msgspec

from vedette.model.usage import Usage

Input = str | tuple[int, ...]
"""A text, or one text as token ids (of the model's own tokenizer)."""


class EmbeddingRequest(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A request for vectors, read from any dialect."""

    model: str
    inputs: tuple[Input, ...] = ()
    is_single: bool = False
    """Whether the client sent one input by itself and not a list of one: some dialects answer
    these two differently."""
    dimensions: int | None = None
    encoding_format: str = ""
    """`float` or `base64` (32-bit floats, little-endian); empty: numbers, as `float`."""
    input_type: str = ""
    """What the vectors are for: `query`, `document`, `code_query`, `question_answering`,
    `fact_verification`, `similarity`, `classification`, `clustering`, or the client's own word."""
    user: str = ""
    extra: dict[str, Any] = {}
    """Fields we have no name for, under the names of `dialect`."""
    dialect: str = ""


class EmbeddingAnswer(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The vectors, one for each input, in its order."""

    id: str = ""
    model: str = ""
    vectors: tuple[tuple[float, ...], ...] = ()
    usage: Usage | None = None
