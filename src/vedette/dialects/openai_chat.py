"""The OpenAI chat completions format, as spoken by OpenAI and everybody who copies it.

https://developers.openai.com/api/reference/resources/chat
"""

from vedette.dialects.contract import Fault, Framing
from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_chat_answer import read_answer, write_answer
from vedette.dialects.openai_chat_part_writer import NAME
from vedette.dialects.openai_chat_request import read_request
from vedette.dialects.openai_chat_request_writer import write_request
from vedette.dialects.openai_chat_writer import StreamWriter
from vedette.dialects.openai_errors import read_fault, write_error
from vedette.dialects.openai_head import (
    RequestHead,
    add_include_usage,
    peek,
    strip_usage,
    wants_usage,
)
from vedette.dialects.openai_plain import known_request, plain_answer, plain_request
from vedette.dialects.openai_stream import StreamReader, count_plain, is_output

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "RequestHead", "StreamReader", "StreamWriter",
    "add_include_usage", "count_plain", "is_output", "known_request", "peek", "peek_answer",
    "plain_answer", "plain_request", "read_answer", "read_error", "read_request", "strip_usage",
    "wants_usage", "write_answer", "write_error", "write_request",
]  # fmt: skip

FRAMING: Framing = "sse"
CONTENT_TYPE = b"text/event-stream; charset=utf-8"


def read_error(status: int, body: bytes) -> Fault:
    """The error that a provider answered with."""
    return read_fault(status, body)
