"""`InvokeModel` on Bedrock: every vendor's own format, read for the record.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html

The body does not name the model, and the path may hide it behind the ARN of a profile. So a body
is known by its own marks: that holds for every model that speaks the format.

| format | request | answer | event of a stream |
|---|---|---|---|
| Claude | `anthropic_version` | `type: message` | `type` |
| Claude 2 | `max_tokens_to_sample` | `completion` | `completion` |
| Nova | `schemaVersion`, `inferenceConfig` | `output.message` | as in ConverseStream |
| OpenAI's (gpt-oss, Mistral, imported models) | `messages` | `choices` | `choices` |
| Llama | `max_gen_len` | `generation` | `generation` |
| Mistral | `prompt` | `outputs` | `outputs` |
| Titan | `inputText` | `results` | `outputText` |
| Cohere | `message`, `prompt` | `text`, `generations` | `text`, `generations` |
| embeddings | `texts`, `singleEmbeddingParams` | `embedding`, `embeddings` | |

Calls pass through byte by byte; nothing is translated into this dialect: other clients are served
with `converse`.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects import (
    anthropic,
    bedrock_answer,
    bedrock_embeddings,
    bedrock_request,
    eventstream,
    openai_chat,
    openai_completions,
)
from vedette.dialects.bedrock_invoke_stream import StreamReader
from vedette.dialects.bedrock_invoke_texts import read_completion, read_prompt
from vedette.dialects.bedrock_invoke_writer import writer_for
from vedette.dialects.bedrock_request import peek
from vedette.dialects.contract import Framing
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import as_list, as_mapping, decode_answer, decode_request
from vedette.model.chat import Answer, ChatRequest

NAME = "bedrock_invoke"
FRAMING: Framing = "eventstream"
CONTENT_TYPE = eventstream.CONTENT_TYPE

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "StreamReader", "peek", "peek_answer", "read_answer",
    "read_request", "writer_for",
]  # fmt: skip


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    fields = decode_request(body)
    for is_such, read in _REQUESTS:
        if is_such(fields):
            return msgspec.structs.replace(read(body), dialect=NAME)
    return read_prompt(fields, NAME)


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    fields = decode_answer(body)
    for is_such, read in _ANSWERS:
        if is_such(fields):
            return read(body)
    return read_completion(fields)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    return head_of(read_answer(body))


def _has(*names: str) -> Callable[[dict[str, Any]], bool]:
    return lambda fields: all(name in fields for name in names)


def _has_texts(fields: dict[str, Any]) -> bool:
    choices = as_list(fields.get("choices"))
    return bool(choices) and "text" in as_mapping(choices[0])


_REQUESTS: tuple[tuple[Callable[[dict[str, Any]], bool], Callable[[bytes], ChatRequest]], ...] = (
    (_has("messages", "anthropic_version"), anthropic.read_request),
    (_has("messages", "schemaVersion"), bedrock_request.read_request),
    (_has("messages", "inferenceConfig"), bedrock_request.read_request),
    (_has("messages"), openai_chat.read_request),
    (_has("texts"), bedrock_embeddings.read_request),
    (_has("singleEmbeddingParams"), bedrock_embeddings.read_request),
)
_ANSWERS: tuple[tuple[Callable[[dict[str, Any]], bool], Callable[[bytes], Answer]], ...] = (
    (_has("content"), anthropic.read_answer),
    (_has("output"), bedrock_answer.read_answer),
    (_has_texts, openai_completions.read_answer),
    (_has("choices"), openai_chat.read_answer),
    (_has("embedding"), bedrock_embeddings.read_answer),
    (_has("embeddings"), bedrock_embeddings.read_answer),
)
"""What tells a format, and who reads it; the first counts."""
