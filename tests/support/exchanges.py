"""Recorded exchanges for tests."""

from typing import Any

import msgspec

from vedette.model.exchange import ExchangeRecord

PLAIN = ExchangeRecord(
    trace_id="0af7651916cd43dd8448eb211c80319c",
    span_id="b7ad6b7169203331",
    request_id="req_1",
    start_ns=1_700_000_000_000_000_000,
    end_ns=1_700_000_001_500_000_000,
    method="POST",
    path="/v1/chat/completions",
    operation="chat",
    dialect="openai_chat",
    requested_model="fast",
    route="fast",
    provider="a",
    model="gpt-4o",
    status=200,
    request_content_type="application/json",
    response_content_type="application/json",
)


def make_record(request: object = b"", response: object = b"", **fields: Any) -> ExchangeRecord:
    """A chat exchange with these bodies (encoded where they are no bytes)."""
    request, response = (
        body if isinstance(body, bytes) else msgspec.json.encode(body)
        for body in (request, response)
    )
    sizes = {
        "request_body": request,
        "request_bytes": len(request),
        "response_body": response,
        "response_bytes": len(response),
    }
    return msgspec.structs.replace(PLAIN, **{**sizes, **fields})
