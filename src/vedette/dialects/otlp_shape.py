"""What an OTLP request holds, whichever encoding it came in.

Ids are lower-case hex as they came, empty where there were none; times nanoseconds since the
epoch, 0 where they are missing. Attribute values are JSON values; bytes became base64.
"""

from typing import Any

import msgspec

from vedette.dialects.otlp_wire import TooMany

MAX_ITEMS = 50_000
"""Spans or records of one batch."""


class OtlpScope(msgspec.Struct, gc=False):
    """Who made the spans: one resource and one instrumentation."""

    name: str = ""
    version: str = ""
    attributes: dict[str, Any] = {}
    resource: dict[str, Any] = {}


class OtlpEvent(msgspec.Struct, gc=False):
    name: str = ""
    time_ns: int = 0
    attributes: dict[str, Any] = {}


class OtlpLink(msgspec.Struct, gc=False):
    trace_id: str = ""
    span_id: str = ""
    attributes: dict[str, Any] = {}


class OtlpSpan(msgspec.Struct, gc=False):
    trace_id: str = ""
    span_id: str = ""
    parent_span_id: str = ""
    trace_state: str = ""
    name: str = ""
    kind: int = 0
    """0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer."""
    start_ns: int = 0
    end_ns: int = 0
    attributes: dict[str, Any] = {}
    events: list[OtlpEvent] = []
    links: list[OtlpLink] = []
    status: int = 0
    """0 unset, 1 ok, 2 error."""
    status_message: str = ""
    scope: OtlpScope = msgspec.field(default_factory=OtlpScope)


class OtlpLog(msgspec.Struct, gc=False):
    """One record of the logs signal."""

    trace_id: str = ""
    span_id: str = ""
    event_name: str = ""
    time_ns: int = 0
    severity: str = ""
    body: Any = None
    attributes: dict[str, Any] = {}
    scope: OtlpScope = msgspec.field(default_factory=OtlpScope)


class OtlpBatch(msgspec.Struct):
    """All of a request that could be read."""

    spans: list[OtlpSpan] = []
    logs: list[OtlpLog] = []
    rejected: int = 0
    """Spans or records that could not."""
    reason: str = ""
    """Of the first of them."""

    def check_size(self) -> None:
        """Raises TooMany where one more would be too many."""
        if len(self.spans) + len(self.logs) + self.rejected >= MAX_ITEMS:
            raise TooMany(f"A batch may hold {MAX_ITEMS} spans or records. Send smaller ones.")


SPAN_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")
MAX_DEPTH = 32
"""How deep values may be nested; what lies below is replaced by a mark."""
TOO_DEEP = "[nested too deeply]"
