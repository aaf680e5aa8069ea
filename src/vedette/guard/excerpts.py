"""The text around a finding, as far as the capture of its call allows."""

import msgspec

from vedette.guard.engine import Passage
from vedette.guard.reading import passages_of
from vedette.model.finding import FindingRow
from vedette.model.policy import Where
from vedette.model.span import Span

AROUND = 2_000
"""Characters on either side that are shown."""


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a text, with the finding in it."""

    text: str
    start: int
    """Of the finding, in `text`; equal to `end` where a score alone made a rule fire."""
    end: int
    is_cut_before: bool
    is_cut_after: bool


class Unseen(msgspec.Struct, frozen=True):
    """Why there is no text."""

    reason: str


def excerpt_of(finding: FindingRow, span: Span | None) -> Excerpt | Unseen:
    """What the finding stands in."""
    if span is None:
        return Unseen("The call is not kept any more.")
    if span.capture == "none":
        return Unseen("The capture mode of the call keeps no texts.")
    if span.capture == "hash":
        return Unseen("The capture mode of the call keeps hashes of texts only.")
    if finding.place < -1:
        return Unseen("The answer was exchanged for another one and is not kept.")
    said = span.payload.input if finding.side == "request" else span.payload.output
    default: Where = "input" if finding.side == "request" else "output"
    passages = passages_of(said, default=default)
    passage = _passage(finding, passages)
    if passage is None:
        return Unseen("The text of the finding is not in what was kept of the call.")
    text, start, end = passage.text, finding.start, finding.end
    if span.capture == "redacted" and end > start:
        # Redaction may have moved it: the whole text is shown, and no range claimed.
        start = end = 0
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return Excerpt(
        text=text[first:last], start=start - first, end=end - first,
        is_cut_before=first > 0, is_cut_after=last < len(text),
    )  # fmt: skip


def _passage(finding: FindingRow, passages: list[Passage]) -> Passage | None:
    if finding.place >= 0:
        found = passages[finding.place] if finding.place < len(passages) else None
        fits = found is not None and found.where == finding.where
        return found if fits and found and finding.end <= len(found.text) else None
    # A stream does not say which of the texts at this place it was: the first that is long enough.
    return next(
        (p for p in passages if p.where == finding.where and finding.end <= len(p.text)), None
    )
