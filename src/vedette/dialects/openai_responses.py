"""The OpenAI responses format.

https://platform.openai.com/docs/api-reference/responses
"""

from vedette.dialects.contract import Framing
from vedette.dialects.openai_errors import read_fault as read_error
from vedette.dialects.openai_errors import write_error
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.openai_responses_answer import peek_answer, read_answer
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_request import read_request, write_request
from vedette.dialects.openai_responses_stream import StreamReader, count_plain
from vedette.dialects.openai_responses_writer import StreamWriter, write_answer
from vedette.dialects.openai_stream import is_output

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "RequestHead", "StreamReader", "StreamWriter", "count_plain",
    "is_output", "peek", "peek_answer", "read_answer", "read_error", "read_request", "write_answer",
    "write_error", "write_request",
]  # fmt: skip

FRAMING: Framing = "sse"
CONTENT_TYPE = b"text/event-stream; charset=utf-8"
