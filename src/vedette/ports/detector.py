"""What a detector gets to see and what it answers.

A detector is a module of `vedette.detectors` (or an entry point of that group) with a function
`create(options) -> Detector`. Its name is the module's name.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from vedette.model.policy import Finding, Where


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One way to read a text, with the way back to the original.

    Exactly one of three mappings holds: `whole` (the view was decoded from one block of the
    original and stands for all of it), `starts` and `ends` (one entry a character), or neither
    (character i is character i of the original).
    """

    name: str
    """`plain`, or what was undone: `base64`, `rot13`, `leet`, ..."""
    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    whole: tuple[int, int] | None = None
    depth: int = 0
    """How many encodings were undone."""
    folded: bool = False
    """Lower case, look-alikes made Latin, invisible characters gone (`guard.folding`)."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that `text[start:end]` came from; `start < end`."""
        if self.whole is not None:
            return self.whole
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the text; detectors that need a part and miss it find nothing."""

    system_prompt: str = ""
    canaries: tuple[str, ...] = ()
    """Strings that must never come out."""
    schema: Any = None
    """JSON schema that the output must follow."""
    tools: Mapping[str, Any] = {}
    """Names of the tools offered, with the JSON schema of their arguments (or None)."""
    tool_name: str = ""
    """The tool whose arguments or result the text is."""
    question: str = ""
    """What the user asked last."""
    sources: tuple[str, ...] = ()
    """Documents and results of tools that an answer may rest on."""


class Models(Protocol):
    """Asks models for detectors that cannot judge by themselves, in the name of the call that is
    looked at."""

    def chat(self, model: str, messages: Sequence[Mapping[str, str]], *, timeout_s: float) -> str:
        """The text of the answer; blocks. Raises TimeoutError, or VedetteError where there is no
        answer."""
        ...

    def post(self, model: str, path: str, body: Mapping[str, Any], *, timeout_s: float) -> bytes:
        """The body of the answer of `model`'s provider to any other call; blocks. `path` begins
        with `/v1/`. Raises as `chat`."""
        ...


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One text to look at."""

    text: str
    where: Where
    views: tuple[View, ...]
    """The text as it is, the same folded, then what was decoded, also in pairs."""
    evidence: Evidence = Evidence()
    shared: dict[str, Any] = {}
    """What detectors work out once for each other (features), under names of their own."""
    models: Models | None = None
    """None: there are no models here."""


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of a detector.

    `score` is the highest score whether or not it deserves a finding, so that thresholds can be
    tuned from what was recorded. Findings point into the original text.
    """

    score: float = 0.0
    findings: tuple[Finding, ...] = ()


class Detector(Protocol):
    """Looks for one thing. Stateless and safe to call from several threads. What is not heavy sees
    the same in the same subject: it may be asked once and remembered. One that says which fields of
    the evidence it looks at, in `reads` (a frozenset of names, often empty), is remembered beside
    what stood in those; without `reads`, beside all of the evidence.

    One that can tell so says with `begun(end, evidence, least) -> int` from where on the end of a
    text that goes on may become part of a finding of score `least` or more: what stands before may
    pass to a client. `end` is in lower case, character for character, NUL for one that nobody sees;
    its last word, and encodings in it, wait anyway. Without `begun` so much waits as is set
    (`guard.hold_chars`).

    One that knows all kinds of findings it can have says so in `kinds` (a frozenset of names): a
    rule that counts others alone is refused.

    One of another package is asked in a thread of its own whatever it says, and what it answers is
    checked (`guard.foreign`).

    One that waits for others says `is_remote = True` besides `is_heavy`, and may name whom it
    waits for in `party`: it fails, and is left out, apart from those that wait for somebody else.
    """

    name: str
    where: frozenset[Where]
    """Where looking makes sense; elsewhere it is not asked."""
    is_heavy: bool
    """Takes more than a millisecond of CPU for 4 KB: not on the event loop."""

    def detect(self, subject: Subject) -> Detection:
        """Look. Bounded by the length of the text, linear or nearly so; raises nothing that
        depends on the text."""
        ...
