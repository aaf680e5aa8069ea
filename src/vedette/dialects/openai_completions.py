"""The legacy OpenAI completions format, and what vLLM and others add to it.

https://platform.openai.com/docs/api-reference/completions
"""

from vedette.dialects.contract import Framing
from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_completions_answer import read_answer, write_answer
from vedette.dialects.openai_completions_request import NAME, read_request, write_request
from vedette.dialects.openai_completions_stream import StreamReader
from vedette.dialects.openai_completions_writer import StreamWriter
from vedette.dialects.openai_errors import read_fault as read_error
from vedette.dialects.openai_errors import write_error
from vedette.dialects.openai_head import (
    RequestHead,
    add_include_usage,
    peek,
    strip_usage,
    wants_usage,
)
from vedette.dialects.openai_stream import is_output

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "RequestHead", "StreamReader", "StreamWriter",
    "add_include_usage", "is_output", "peek", "peek_answer", "read_answer", "read_error",
    "read_request", "strip_usage", "wants_usage", "write_answer", "write_error", "write_request",
]  # fmt: skip

FRAMING: Framing = "sse"
CONTENT_TYPE = b"text/event-stream; charset=utf-8"
