"""The door for spans of others, as the HTTP side sees it.

Implementation: `ingest.otlp_http`; the console and the OTLP port hand requests to it.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Literal, Protocol, get_args

import msgspec

Signal = Literal["traces", "logs", "metrics"]

SIMPLE = "/api/v1/ingest"
"""Spans in our own words."""
_BASES = ("", "/api/v1/otlp", "/api/public/otel", "/otel")
PATHS: Mapping[str, Signal] = MappingProxyType(
    {f"{base}/v1/{signal}": signal for base in _BASES for signal in get_args(Signal)}
)
"""OTLP, where exporters look for it: OpenTelemetry, ours, Langfuse, LangSmith and Braintrust."""
ALL_PATHS = frozenset((SIMPLE, *PATHS))


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """A POST, read whole; names of headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    peer: str = ""
    """Address of the sender."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    body: bytes
    content_type: str
    headers: dict[str, str] = {}


class Intake(Protocol):
    """Takes batches of spans."""

    max_body_bytes: int
    """Of a body as it is sent."""

    def holding(self, body_bytes: int) -> AbstractContextManager[None]:
        """Make room for a body of this size while it is read and stored. Raises Overloaded."""
        ...

    async def post(self, posted: Posted) -> Reply:
        """Answer one request; 200 only when its spans are durable. Never raises for a request."""
        ...
