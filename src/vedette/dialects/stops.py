"""Why an answer ended: every dialect's words, and neutral ones between them.

The neutral words are those of the OpenTelemetry GenAI conventions where it has them: `stop`,
`length`, `tool_call`, `content_filter`, `error`; and `stop_sequence`, `refusal`, `pause` where
dialects tell more.
"""

from types import MappingProxyType

_OLLAMA = {
    "stop": "stop", "length": "length", "load": "stop", "unload": "stop",
    # What servers that copy the API add, ours among them.
    "tool_calls": "tool_call", "content_filter": "content_filter", "refusal": "refusal",
    "error": "error",
}  # fmt: skip

_BEDROCK = {
    "end_turn": "stop", "tool_use": "tool_call", "max_tokens": "length",
    "stop_sequence": "stop_sequence", "guardrail_intervened": "content_filter",
    "content_filtered": "content_filter", "model_context_window_exceeded": "length",
    "malformed_model_output": "error", "malformed_tool_use": "error",
}  # fmt: skip

_WORDS = MappingProxyType(
    {
        "openai_chat": {
            "stop": "stop", "length": "length", "tool_calls": "tool_call",
            "function_call": "tool_call", "content_filter": "content_filter",
            # What servers that copy the format add.
            "eos": "stop", "eos_token": "stop", "stop_sequence": "stop_sequence",
            "model_length": "length", "max_tokens": "length", "end_turn": "stop",
            "abort": "error", "error": "error", "insufficient_system_resource": "error",
        },
        "openai_completions": {
            "stop": "stop", "length": "length", "content_filter": "content_filter",
            "eos": "stop", "eos_token": "stop", "abort": "error",
        },
        "openai_responses": {
            "completed": "stop", "max_output_tokens": "length", "content_filter": "content_filter",
            "failed": "error", "cancelled": "error", "incomplete": "length",
        },
        "anthropic": {
            "end_turn": "stop", "max_tokens": "length", "stop_sequence": "stop_sequence",
            "tool_use": "tool_call", "pause_turn": "pause", "refusal": "refusal",
            "model_context_window_exceeded": "length",
        },
        "gemini": {
            "STOP": "stop", "MAX_TOKENS": "length", "SAFETY": "content_filter",
            "RECITATION": "content_filter", "LANGUAGE": "content_filter",
            "BLOCKLIST": "content_filter", "PROHIBITED_CONTENT": "content_filter",
            "SPII": "content_filter", "IMAGE_SAFETY": "content_filter",
            "IMAGE_PROHIBITED_CONTENT": "content_filter", "IMAGE_RECITATION": "content_filter",
            "MALFORMED_FUNCTION_CALL": "error", "UNEXPECTED_TOOL_CALL": "error",
            "TOO_MANY_TOOL_CALLS": "error", "MISSING_THOUGHT_SIGNATURE": "error",
            "NO_IMAGE": "error", "OTHER": "error", "FINISH_REASON_UNSPECIFIED": "stop",
            "IMAGE_OTHER": "error", "MALFORMED_RESPONSE": "error",
            "MODEL_ARMOR": "content_filter",
        },
        "bedrock": _BEDROCK,
        "bedrock_invoke": {
            # The words of all vendors, in their own formats.
            **_BEDROCK, "pause_turn": "pause", "refusal": "refusal", "stop": "stop",
            "length": "length", "tool_calls": "tool_call", "content_filter": "content_filter",
            "FINISH": "stop", "LENGTH": "length", "STOP_CRITERIA_MET": "stop_sequence",
            "CONTENT_FILTERED": "content_filter", "RAG_QUERY_WHEN_RAG_DISABLED": "error",
            "COMPLETE": "stop", "MAX_TOKENS": "length", "STOP_SEQUENCE": "stop_sequence",
            "ERROR": "error", "ERROR_TOXIC": "content_filter", "ERROR_LIMIT": "length",
            "USER_CANCEL": "error",
        },
        "ollama_chat": _OLLAMA,
        "ollama_generate": _OLLAMA,
    }
)  # fmt: skip


def neutral_stop(dialect: str, reason: str, *, calls: bool = False) -> str:
    """The neutral word; an unknown one counts as `stop`.

    `calls`: the answer has tool calls. Several dialects say `stop` (or `completed`) to these too.
    """
    word = _WORDS.get(dialect, {}).get(reason, "stop")
    return "tool_call" if calls and word == "stop" else word
