"""The Anthropic messages format, both directions.

https://platform.claude.com/docs/en/api/messages
"""

from vedette.dialects.anthropic_answer import (
    peek_answer,
    read_answer,
    read_count_answer,
    write_answer,
    write_count_answer,
)
from vedette.dialects.anthropic_blocks import NAME
from vedette.dialects.anthropic_errors import read_error, write_error
from vedette.dialects.anthropic_request import read_count_request, read_request
from vedette.dialects.anthropic_request_writer import write_count_request, write_request
from vedette.dialects.anthropic_stream import StreamReader, count_plain
from vedette.dialects.anthropic_usage import read_usage
from vedette.dialects.anthropic_writer import StreamWriter
from vedette.dialects.contract import Framing
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.openai_stream import is_output

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "RequestHead", "StreamReader", "StreamWriter", "count_plain",
    "is_output", "peek", "peek_answer", "read_answer", "read_count_answer", "read_count_request",
    "read_error", "read_request", "read_usage", "write_answer", "write_count_answer",
    "write_count_request", "write_error", "write_request",
]  # fmt: skip

FRAMING: Framing = "sse"
CONTENT_TYPE = b"text/event-stream; charset=utf-8"
