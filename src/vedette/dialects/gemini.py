"""The Gemini dialect: `generateContent` and `streamGenerateContent`, as Google AI Studio and Vertex
AI speak it.

https://ai.google.dev/api/generate-content

| what a client asks for | what becomes of it |
|---|---|
| system and developer messages, anywhere | `systemInstruction`, in their order |
| results of tools | one turn for all calls of a turn, in the order of the calls |
| several choices, sampling settings, stop sequences, seed, penalties | `generationConfig` |
| JSON, JSON by a schema | `responseMimeType`, `responseJsonSchema` |
| reasoning | a level or a budget of tokens, by model (`gemini_thinking`) |
| one tool, any tool, some of the tools | `functionCallingConfig` |
| files at Google, by URL, inline | `fileData`, `inlineData` |
| another provider's files, tools and kept state; log probabilities, spoken answers | refused |
| one call at a time, `strict`, names of speakers, cache marks, user, metadata | named as dropped |

The last two rows, and what is in neither, are the table of `gemini_drops`.
"""

from vedette.dialects.contract import Framing
from vedette.dialects.gemini_answer import peek_answer, read_answer, write_answer
from vedette.dialects.gemini_array import ArrayReader
from vedette.dialects.gemini_count import (
    read_count_answer,
    read_count_request,
    write_count_answer,
    write_count_request,
)
from vedette.dialects.gemini_errors import read_error, retry_delay_s, write_error
from vedette.dialects.gemini_fields import NAME
from vedette.dialects.gemini_request import peek, read_request, write_request
from vedette.dialects.gemini_stream import StreamReader
from vedette.dialects.gemini_stream_writer import ArrayWriter, StreamWriter
from vedette.dialects.gemini_usage import read_usage
from vedette.dialects.openai_stream import is_output

__all__ = [
    "ARRAY_CONTENT_TYPE",
    "CONTENT_TYPE",
    "FRAMING",
    "NAME",
    "ArrayReader",
    "ArrayWriter",
    "StreamReader",
    "StreamWriter",
    "is_output",
    "peek",
    "peek_answer",
    "read_answer",
    "read_count_answer",
    "read_count_request",
    "read_error",
    "read_request",
    "read_usage",
    "retry_delay_s",
    "write_answer",
    "write_count_answer",
    "write_count_request",
    "write_error",
    "write_request",
]

FRAMING: Framing = "sse"
CONTENT_TYPE = b"text/event-stream"
ARRAY_CONTENT_TYPE = b"application/json"
"""Of what `ArrayWriter` writes."""
