"""Why an answer ended, in Gemini's words."""

from vedette.dialects.reading import as_text

_WORDS = {
    "stop": "STOP", "length": "MAX_TOKENS", "tool_call": "STOP", "stop_sequence": "STOP",
    "content_filter": "SAFETY", "refusal": "SAFETY", "pause": "STOP", "error": "OTHER",
}  # fmt: skip
_BLOCKS = frozenset({"SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "MODEL_ARMOR"})
UNSAID = frozenset({"", "FINISH_REASON_UNSPECIFIED"})


def finish_reason(word: str) -> str:
    """The `finishReason` for a neutral word of `stops`."""
    return _WORDS.get(word, "STOP")


def block_reason(value: object) -> str:
    """The finish reason of an answer without candidates, whose prompt was blocked for `value`; ""
    where it was not. A reason that is none for a candidate counts as SAFETY."""
    reason = as_text(value)
    if not reason or reason == "BLOCKED_REASON_UNSPECIFIED":
        return ""
    return reason if reason in _BLOCKS else "SAFETY"
