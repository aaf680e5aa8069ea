"""How much of a text that is still being written has to wait before it passes.

What a detector sees only as a whole must not have begun to pass. Where the guard knows what may
have begun at the end of a text, that waits; else a fixed number of characters does. No word, number
or key is cut. Nothing waits for ever, and nothing at all where nobody decides.
"""

import re
from collections.abc import Callable
from typing import Final

from vedette.gateway.channels import Said
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

MAX_HELD: Final = 8_192
"""Characters of a channel after which something must pass."""
_BREAK: Final = re.compile(r"[^\x21-\x7e]")
_KEY_BEGINS: Final = "-----BEGIN"
_KEY: Final = re.compile(r"-----BEGIN[\s\S]*?-----END.*?-----")

Begun = Callable[[str, Where, Evidence], int | None]
"""From where on a text has to wait that goes on; None: that is not known."""


def _unknown(text: str, where: Where, evidence: Evidence) -> None:
    return None


class Holding:
    """What waits in one stream."""

    def __init__(
        self, chars: int, *, whole: bool = False, begun: Begun = _unknown,
        free: frozenset[Where] = frozenset(),
    ) -> None:  # fmt: skip
        """`whole`: nothing passes before everything was looked at. Where `begun` does not know,
        `chars` wait; in `free` places nobody decides how a text passes."""
        self.whole = whole
        self.free: frozenset[Where] = frozenset() if whole else free
        self._chars = chars
        self._begun = begun

    def is_due(self, said: Said) -> bool:
        """Whether anything of a text that goes on may pass; then `said.end` says how far."""
        if self.whole or said.where == "tool_arguments" or len(said.waiting) <= said.looked:
            return False
        said.end = self._boundary(said)
        return said.end > len(said.context)

    def _boundary(self, said: Said) -> int:
        """Up to where it may pass, context included: between two words, before a key."""
        window, shown = said.context + said.waiting, len(said.context)
        begun = self._begun(window, said.where, said.evidence)
        end = len(window) - self._chars if begun is None else begun
        if end <= shown:
            return shown
        has_room = len(said.waiting) <= MAX_HELD
        begins = window.rfind(_KEY_BEGINS, shown, end)
        if begins >= 0 and has_room and not _KEY.match(window, begins):
            end = begins
        for at in range(end, shown, -1):
            if _BREAK.match(window[at - 1]):
                return at
        return shown if has_room else end
