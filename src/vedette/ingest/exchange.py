"""From what a gateway worker recorded of an exchange to the span that is stored.

Pure, and off every client's path: parsing, redaction and the choice of attributes happen here.
Attribute names follow the OpenTelemetry GenAI and HTTP conventions; what they have no name for
stands under `vedette.`.
"""

from typing import Any

import msgspec

from vedette.drift.observing import fingerprint_attributes
from vedette.features.hashing import TextHasher
from vedette.ingest.capture import apply_capture, keep_attributes, keep_label, keep_user
from vedette.ingest.contents import Contents, read_contents
from vedette.model.chat import ChatRequest, Message, ToolCallPart
from vedette.model.exchange import UNPRICED, ExchangeRecord, makes_answer
from vedette.model.span import CAPTURE_MODES, CostSource, Kind, Payload, Span, ToolCall
from vedette.model.usage import Usage

_KINDS: dict[str, Kind] = {
    "chat": "llm",
    "text_completion": "llm",
    "embeddings": "embedding",
    "realtime": "llm",
}
_NOTHING: tuple[object, ...] = (None, "", (), {})


def to_span(record: ExchangeRecord, *, key: bytes = b"", hasher: TextHasher | None = None) -> Span:
    """The span of an exchange, holding as much as its capture mode allows.

    `key` is the secret of the `hash` mode; without one hashes are left out. With a `hasher` the
    fingerprint is worked out while the texts are there, where this mode does not keep them. Never
    raises for what stands in a body: at worst it is kept as text.
    """
    mode = record.capture if record.capture in CAPTURE_MODES else "none"
    said = read_contents(record)
    contents = apply_capture(said, mode, key=key)
    attributes = _fingerprint(said, hasher) if mode == "hash" and hasher is not None else {}
    request, answer = contents.request, contents.answer
    usage = record.usage or (answer.usage if answer and _is_its_own(record) else None)
    user_id = keep_user(record.user_id, mode, key=key) or (request.user if request else "")
    is_error, message = _read_status(record, contents)
    response_model = record.response_model or (answer.model if answer else "")
    return Span(
        trace_id=record.trace_id,
        span_id=record.span_id,
        parent_span_id=record.parent_span_id,
        project_id=record.project_id,
        name=_name(record),
        kind=_KINDS.get(record.operation, "other"),
        start_ns=record.start_ns,
        end_ns=record.end_ns,
        status="error" if is_error else "ok",
        status_message=message,
        provider=record.provider,
        model=record.model or record.requested_model,
        response_model=response_model,
        route=record.route,
        usage=usage or Usage(),
        cost_nano_usd=record.cost_nano_usd,
        cost_source=_cost_source(record, usage),
        price_version=record.price_version,
        ttft_ms=record.ttft_ms,
        session_id=keep_label(record.session_id, mode),
        user_id=user_id,
        tags=tuple(keep_label(tag, mode) for tag in record.tags),
        finish_reason=_finish_reason(record, contents),
        tool_calls=_tool_calls(contents),
        capture=mode,
        environment=keep_label(record.environment, mode),
        release=keep_label(record.release, mode),
        payload=_payload(
            record, contents, mode, _attributes(record, contents, usage, mode, key) | attributes
        ),
    )


def _fingerprint(said: Contents, hasher: TextHasher) -> dict[str, Any]:
    """The attribute that lets answers be compared whose texts are not kept."""
    if said.request is None or said.answer is None:
        return {}
    tools = [call.name for call in _tool_calls(said)]
    asked, answered = said.request.messages, said.answer.messages
    return {**fingerprint_attributes(asked, answered, hasher, tools=tools)}


def _name(record: ExchangeRecord) -> str:
    """`chat gpt-4o`; for calls without a GenAI operation `POST /v1/images/generations`; for one
    that was made for the guard of another `judge gpt-4o`.

    A route's name says little, so there the model that was asked is named.
    """
    call = record.attributes.get("vedette.guard.call", "")
    if call or record.operation in _KINDS:
        call = call or record.operation
        asked, sent = record.requested_model, record.model
        return f"{call} {(sent or asked) if record.route else (asked or sent)}".rstrip()
    return f"{record.method} {record.path}"


def _read_status(record: ExchangeRecord, contents: Contents) -> tuple[bool, str]:
    """Whether the exchange failed, and why in words."""
    inside = contents.answer.error if contents.answer else ""
    if not (record.error or record.status >= 400 or inside):
        return False, ""
    return True, record.error_message or inside or record.error or f"HTTP {record.status}"


def _is_its_own(record: ExchangeRecord) -> bool:
    """Whether the usage that its answer tells is that of this call."""
    return record.operation != "other" or makes_answer(record.method, record.path)


def _cost_source(record: ExchangeRecord, usage: Usage | None) -> CostSource:
    if record.cost_nano_usd is not None:
        return "partial" if UNPRICED in record.attributes else "priced"
    return "unknown" if usage is not None or record.operation in _KINDS else ""


def _finish_reason(record: ExchangeRecord, contents: Contents) -> str:
    reasons = contents.answer.finish_reasons if contents.answer else ()
    if record.error:
        # What the provider sent behind the failure is not how the client's answer ended.
        reasons = ()
    return record.finish_reason or (reasons[0] if reasons else "")


def _tool_calls(contents: Contents) -> tuple[ToolCall, ...]:
    if contents.answer is None:
        return ()
    return tuple(
        ToolCall(name=part.name, arguments=part.arguments, id=part.id)
        for message in contents.answer.messages
        for part in message.parts
        if isinstance(part, ToolCallPart)
    )


def _payload(
    record: ExchangeRecord, contents: Contents, mode: str, attributes: dict[str, Any]
) -> Payload:
    request, answer = contents.request, contents.answer
    keeps_raw = mode == "full"
    return Payload(
        input=_said(request.messages if request else (), contents.request_text),
        output=_said(answer.messages if answer else (), contents.response_text),
        tools=request.tools if request else (),
        attributes=attributes,
        attempts=record.attempts,
        raw_request=contents.request_text if keeps_raw else "",
        raw_response=contents.response_text if keeps_raw else "",
    )


def _said(messages: tuple[Message, ...], text: str) -> tuple[Message, ...] | str | None:
    """The messages where there are some, else the text of the body, else nothing."""
    return messages or text or None


def _attributes(
    record: ExchangeRecord, contents: Contents, usage: Usage | None, mode: str, key: bytes
) -> dict[str, Any]:
    attributes: dict[str, Any] = {
        **_request_attributes(record, contents),
        **_response_attributes(record, contents),
        **_usage_attributes(usage),
        **_http_attributes(record),
        **_vedette_attributes(record, contents, mode),
        **keep_attributes(record.attributes, mode, key=key),
    }
    return {name: value for name, value in attributes.items() if value or value not in _NOTHING}


def _request_attributes(record: ExchangeRecord, contents: Contents) -> dict[str, Any]:
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": record.operation if record.operation in _KINDS else "",
        "gen_ai.provider.name": record.provider,
        "gen_ai.request.model": record.requested_model,
    }
    if (request := contents.request) is not None:
        for name, value in request.settings.items():
            attributes[f"gen_ai.request.{name}"] = value
        for name, value in request.metadata.items():
            attributes[f"vedette.metadata.{name}"] = value
        attributes |= _demands(request)
        attributes["vedette.request.other"] = request.unknown
    return attributes


def _demands(request: ChatRequest) -> dict[str, Any]:
    """What the request wants of the answer, beside its settings."""
    wanted, choice = request.output_format, request.tool_choice
    return {
        "gen_ai.output.type": "json" if wanted and wanted.kind != "text" else "",
        "vedette.request.output_format": msgspec.to_builtins(wanted),
        "vedette.request.parallel_tools": request.parallel_tools,
        "vedette.request.reasoning": msgspec.to_builtins(request.reasoning),
        "vedette.request.tool_choice": " ".join((choice.mode, *choice.names)) if choice else "",
    }


def _response_attributes(record: ExchangeRecord, contents: Contents) -> dict[str, Any]:
    answer = contents.answer
    reasons = answer.finish_reasons if answer else ()
    if not any(reasons):
        reasons = (record.finish_reason,) if record.finish_reason else ()
    return {
        "gen_ai.response.id": record.response_id or (answer.id if answer else ""),
        "gen_ai.response.model": record.response_model or (answer.model if answer else ""),
        "gen_ai.response.finish_reasons": list(reasons) or None,
    }


def _usage_attributes(usage: Usage | None) -> dict[str, Any]:
    if usage is None:
        return {}
    written = usage.cache_write + usage.cache_write_1h
    return {
        "gen_ai.usage.input_tokens": usage.input_total,
        "gen_ai.usage.output_tokens": usage.output_total,
        "gen_ai.usage.cache_read.input_tokens": usage.cache_read_total or None,
        "gen_ai.usage.cache_creation.input_tokens": written or None,
        "gen_ai.usage.reasoning.output_tokens": usage.reasoning or None,
        "vedette.usage.web_searches": usage.web_searches or None,
        "vedette.usage.file_searches": usage.file_searches or None,
        "vedette.usage.estimated": usage.estimated or None,
    }


def _http_attributes(record: ExchangeRecord) -> dict[str, Any]:
    error = record.error or (f"http_{record.status}" if record.status >= 400 else "")
    return {
        "http.request.method": record.method,
        "url.path": record.path,
        "http.response.status_code": record.status or None,
        "http.request.body.size": record.request_bytes,
        "http.response.body.size": record.response_bytes,
        "error.type": error,
    }


def _vedette_attributes(record: ExchangeRecord, contents: Contents, mode: str) -> dict[str, Any]:
    cut = [
        name
        for name, is_cut in (
            ("request", contents.request_truncated),
            ("response", contents.response_truncated),
        )
        if is_cut
    ]
    return {
        "vedette.request_id": record.request_id,
        "vedette.route": record.route,
        "vedette.stream": record.stream or None,
        "vedette.attempts": len(record.attempts) or None,
        "vedette.overhead_ms": record.overhead_ms,
        "vedette.capture.mode": mode,
        "vedette.capture.request_bytes": len(record.request_body),
        "vedette.capture.response_bytes": len(record.response_body),
        "vedette.capture.truncated": cut or None,
        "vedette.capture.unread_encoding": contents.unread_encoding,
    }
