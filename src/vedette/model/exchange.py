"""What a gateway worker tells the core about one exchange.

The worker keeps raw bytes and cheap facts; the core turns them into a `Span`
(`ingest.exchange`), so that parsing, redaction and storage cost the client nothing.
"""

import msgspec

from vedette.model.usage import Usage


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One try against one target."""

    provider: str
    model: str
    start_ns: int
    duration_ms: float
    status: int = 0
    """HTTP status of the provider's answer; 0 where no head arrived."""
    error: str = ""
    """Stable code (`connect_refused`, `first_byte_timeout`, `http_503`, ...); empty for success."""
    first_byte_ms: float | None = None
    provider_request_id: str = ""


UNPRICED = "vedette.cost.unpriced"
"""Attribute: what was used and has no known price, by the fields of `Usage`, while the rest has."""


class ExchangeRecord(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Everything known of one exchange when its last byte has gone.

    Bodies are cut at the capture limit; `request_bytes` and `response_bytes` are full sizes.
    With capture `none` both bodies are empty. Name the fields when making one, but for
    `gateway.record`: by position it takes a twentieth of the time.
    """

    trace_id: str
    span_id: str
    request_id: str
    start_ns: int
    end_ns: int
    method: str
    path: str
    operation: str
    """`chat`, `text_completion`, `embeddings` (GenAI operation names) or `other`."""
    parent_span_id: str = ""
    dialect: str = ""
    """Codec that reads the bodies: `openai_chat`, `openai_completions`, ...; empty if none does."""
    requested_model: str = ""
    route: str = ""
    provider: str = ""
    model: str = ""
    response_model: str = ""
    response_id: str = ""
    stream: bool = False
    status: int = 0
    """Status sent to the client; 499 where the client left first."""
    error: str = ""
    error_message: str = ""
    """For people; ours or the provider's error type, never a body."""
    finish_reason: str = ""
    usage: Usage | None = None
    cost_nano_usd: int | None = None
    price_version: str = ""
    ttft_ms: float | None = None
    overhead_ms: float | None = None
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    capture: str = "full"
    """`full`, `redacted`, `hash` or `none`."""
    request_body: bytes = b""
    request_bytes: int = 0
    request_content_type: str = ""
    response_body: bytes = b""
    response_bytes: int = 0
    response_content_type: str = ""
    response_content_encoding: str = ""
    attempts: tuple[Attempt, ...] = ()
    attributes: dict[str, str] = {}
    project_id: str = "default"
    response_dialect: str = ""
    """Codec that reads the answer, where the provider speaks another dialect than the client."""
    environment: str = ""
    release: str = ""


def makes_answer(method: str, path: str) -> bool:
    """Whether the usage in an answer to a call that is passed through is that of the call; those
    that show, change or cancel what was made before tell it again."""
    if method != "POST" or path.endswith(("/cancel", "/cancel/")):
        return False
    return not any(kept in path for kept in _KEPT)


_KEPT = ("/chat/completions/", "/batches/", "/files")
