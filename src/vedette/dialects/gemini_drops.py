"""What of a client's request has no place at Gemini: named, or refused.

What decides is the table of `foreign`; here stand the things that the neutral model has and
Gemini has not.
"""

from typing import Any

from vedette.dialects.foreign import leave_out
from vedette.dialects.gemini_fields import NAME
from vedette.model.chat import ChatRequest

_USER_FIELDS = {"anthropic": "metadata.user_id"}


class Drops:
    """Collects the names of what is left out, each once, in the order in which they turn up."""

    def __init__(self, request: ChatRequest) -> None:
        self.is_ours = request.dialect == NAME
        self._names: dict[str, None] = {}
        if not self.is_ours:
            self._names.update(dict.fromkeys(leave_out(request, NAME)))
            self._note_unmodelled(request)

    def note(self, name: str) -> None:
        self._names[name] = None

    def extras(self, extra: dict[str, Any]) -> dict[str, Any]:
        """What of a part's extras is written: all of our own, none of another dialect, which
        `foreign` names."""
        return extra if self.is_ours else {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)

    def _note_unmodelled(self, request: ChatRequest) -> None:
        if request.user:
            self.note(_USER_FIELDS.get(request.dialect, "user"))
        if request.metadata.keys() - {"user_id"}:
            self.note("metadata")
        if request.parallel_tools is False:
            # Gemini calls as many tools at once as it likes.
            self.note("parallel_tool_calls")
