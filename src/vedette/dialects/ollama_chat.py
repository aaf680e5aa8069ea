"""Ollama's chat format, `/api/chat`.

https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
"""

from vedette.dialects import ollama_answer, ollama_stream, ollama_writer
from vedette.dialects.contract import Framing, WriteContext
from vedette.dialects.ollama_chat_request import NAME, read_request, write_request
from vedette.dialects.ollama_errors import read_error, write_error
from vedette.dialects.ollama_head import peek_answer
from vedette.dialects.openai_head import RequestHead, peek
from vedette.dialects.openai_stream import is_output
from vedette.model.chat import Answer

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "RequestHead", "StreamReader", "StreamWriter", "is_output",
    "peek", "peek_answer", "read_answer", "read_error", "read_request", "write_answer",
    "write_error", "write_request",
]  # fmt: skip

FRAMING: Framing = "ndjson"
CONTENT_TYPE = b"application/x-ndjson"


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    return ollama_answer.read_chat(body, NAME)


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    return ollama_answer.write_chat(answer, context, NAME)


class StreamReader(ollama_stream.StreamReader):
    """Reads the lines of one stream."""

    def __init__(self) -> None:
        super().__init__(NAME)


class StreamWriter(ollama_writer.StreamWriter):
    """Writes the lines of one stream."""

    def __init__(self, context: WriteContext) -> None:
        super().__init__(context, NAME, of_chat=True)
