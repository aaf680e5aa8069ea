"""Amazon Bedrock's Converse API, unstreamed and streamed.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html

One format for the models of all vendors. Model and streaming stand in the path:
`/model/{modelId}/converse` and `.../converse-stream`; streams are binary frames (`eventstream`).
What the models of single vendors want beyond it goes through `additionalModelRequestFields`.
"""

from vedette.dialects import eventstream
from vedette.dialects.bedrock_answer import peek_answer, read_answer, write_answer
from vedette.dialects.bedrock_blocks import NAME
from vedette.dialects.bedrock_count import (
    read_count_answer,
    read_count_request,
    write_count_answer,
    write_count_request,
)
from vedette.dialects.bedrock_errors import read_error, write_error
from vedette.dialects.bedrock_request import peek, read_request
from vedette.dialects.bedrock_request_writer import write_request
from vedette.dialects.bedrock_stream import StreamReader
from vedette.dialects.bedrock_usage import read_usage
from vedette.dialects.bedrock_writer import StreamWriter
from vedette.dialects.contract import Framing

FRAMING: Framing = "eventstream"
CONTENT_TYPE = eventstream.CONTENT_TYPE

__all__ = [
    "CONTENT_TYPE", "FRAMING", "NAME", "StreamReader", "StreamWriter", "peek", "peek_answer",
    "read_answer", "read_count_answer", "read_count_request", "read_error", "read_request",
    "read_usage", "write_answer", "write_count_answer", "write_count_request", "write_error",
    "write_request",
]  # fmt: skip
