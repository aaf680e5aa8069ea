"""The pieces of a guarded stream (`window`): what was said, where it stands, what may pass."""

from msgspec import structs

from vedette.model.chat import Delta, ReasoningDelta, RefusalDelta, TextDelta, ToolArguments
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

WHOLE_CHARS = 262_144
"""Characters of a channel that are kept to be looked at as a whole at its end."""

Channel = tuple[str, int, int]
"""Kind of text, choice, ordinal of the tool call."""


class Said:
    """What a channel has said and not yet shown."""

    def __init__(self, where: Where, evidence: Evidence, *, is_free: bool = False) -> None:
        self.where = where
        self.evidence = evidence
        self.is_free = is_free
        """Whether nobody decides how it passes: it is only told of."""
        self.end = 0
        """Up to where of what is shown to a detector may pass, context included."""
        self.context = ""
        """The end of what has passed, as it passed."""
        self.passed_chars = 0
        """All of what has passed."""
        self.waiting = ""
        self.looked = 0
        """Size of `waiting` when it was looked at last."""
        self.is_over = False
        self.whole: list[str] = []
        self.whole_size = 0
        self.looked_whole = True

    @property
    def is_kept(self) -> bool:
        """Whether all of it is there to be looked at as a whole."""
        return self.whole_size < WHOLE_CHARS

    def add(self, text: str) -> None:
        self.waiting += text
        self.is_over = False
        self.looked_whole = False
        if self.is_kept:
            self.whole.append(text)
            self.whole_size += len(text)


class Asked:
    """A passage that is being looked at, while more of its channel may come."""

    __slots__ = ("channel", "end", "is_over", "is_whole", "said", "text")

    def __init__(
        self, said: Said, channel: Channel, text: str, is_over: bool, is_whole: bool = False
    ) -> None:
        self.said = said
        self.channel = channel
        self.text = text
        """What waited when it was asked for."""
        self.is_over = is_over
        self.is_whole = is_whole
        self.end = 0
        """Up to where it may pass, context included."""


class Piece:
    """A delta on its way."""

    __slots__ = ("channel", "delta", "left", "text")

    def __init__(self, delta: Delta, channel: Channel | None, text: str) -> None:
        self.delta = delta
        self.channel = channel
        self.text = text
        """What it says in the end."""
        self.left = len(text)
        """Characters of it that were not let pass yet; 0: it may go."""


class Item:
    """An event as it came, with its deltas."""

    __slots__ = ("data", "is_told", "pieces", "raw")

    def __init__(self, raw: bytes, data: bytes, pieces: list[Piece]) -> None:
        self.raw = raw
        self.data = data
        self.pieces = pieces
        self.is_told = False
        """Whether it is with the client already, before anybody has looked at it."""


def with_text(delta: Delta, text: str) -> Delta:
    """The same, saying something else."""
    if isinstance(delta, ToolArguments):
        return structs.replace(delta, fragment=text)
    assert isinstance(delta, TextDelta | RefusalDelta | ReasoningDelta)
    return structs.replace(delta, text=text)


def divided(pieces: list[Piece], at: int, size: int) -> Piece:
    """Cut a piece in two; the first one has `size` characters."""
    piece = pieces[at]
    first = Piece(piece.delta, piece.channel, piece.text[:size])
    piece.text = piece.text[size:]
    piece.left = len(piece.text)
    pieces.insert(at, first)
    return first


def changed(before: str, after: str) -> tuple[int, int]:
    """The range of `before` outside of which both are the same."""
    least = min(len(before), len(after))
    first = 0
    while first < least and before[first] == after[first]:
        first += 1
    last = 0
    while last < least - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return first, len(before) - last
