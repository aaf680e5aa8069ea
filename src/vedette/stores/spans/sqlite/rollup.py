"""The roll-up of a trace, kept as its spans arrive.

Adding spans gives the same roll-up in any order and any cut into batches: every field is a sum,
a minimum, a maximum, a set, or the value of the span that ranks first. Rank: roots before
others, then the earlier start, then the smaller span id. So name, session, user and tags are
those of the root as soon as it is there and of the earliest span until then; a root without a
session (user, tags) leaves that to the next span that has one.

Tokens and cost are summed over all spans but agents and chains, which report the sum of their
children; so a picture or a transcript, no model call of ours, has its tokens beside its cost.
At most `_MAX_NAMES` models and providers are kept (the first in alphabetical order), so a trace
that never ends stays small.
"""

from operator import add
from typing import Any, cast

import msgspec

from vedette.model.query import TraceRow
from vedette.model.span import Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.codec import STATUSES, usage_counts, usage_of

Rank = tuple[int, int, bytes]
"""(0 for a root or 1, start in ns, span id)."""
_MAX_NAMES = 32
_SUMS_OF_OTHERS = ("agent", "chain")
_LAST: Rank = (2, 0, b"")
_NO_USAGE = Usage()
_encoder = msgspec.msgpack.Encoder()


class Ranked(msgspec.Struct, array_like=True, gc=False):
    """The value of the first span that has one."""

    value: Any
    rank: Rank | None = None
    """None in storage: the same as the rank of the name."""

    def offer(self, value: Any, rank: Rank) -> None:
        if value and (self.rank is None or rank < self.rank):
            self.value, self.rank = value, rank


class TraceRoll(msgspec.Struct, array_like=True, gc=False):
    """What is known of a trace."""

    name: Ranked
    session: Ranked
    user: Ranked
    tags: Ranked
    start_ns: int
    end_ns: int
    last_start_ns: int
    span_count: int = 0
    ok: bool = False
    error: bool = False
    cost: int | None = None
    usage: list[int] = []
    models: list[str] = []
    providers: list[str] = []
    ttft_ms: float | None = None
    ttft_rank: tuple[int, bytes] | None = None

    def add(self, span: Span, span_id: bytes) -> None:
        """Take one more span in."""
        rank: Rank = (1 if span.parent_span_id else 0, span.start_ns, span_id)
        self.name.offer(span.name, rank)
        if span.session_id:
            self.session.offer(span.session_id, rank)
        if span.user_id:
            self.user.offer(span.user_id, rank)
        if span.tags:
            self.tags.offer(span.tags, rank)
        self._stretch(span)
        self.span_count += 1
        self.ok = self.ok or span.status == "ok"
        self.error = self.error or span.status == "error"
        if span.kind not in _SUMS_OF_OTHERS:
            self._add_usage(span.usage)
            if span.cost_nano_usd is not None:
                self.cost = (self.cost or 0) + span.cost_nano_usd
        if span.model:
            self.models = _with(self.models, span.model)
        if span.provider:
            self.providers = _with(self.providers, span.provider)
        if span.kind == "llm" and span.ttft_ms is not None:
            self._offer_ttft(span.ttft_ms, (span.start_ns, span_id))

    def _stretch(self, span: Span) -> None:
        self.start_ns = min(self.start_ns, span.start_ns)
        self.end_ns = max(self.end_ns, span.end_ns)
        self.last_start_ns = max(self.last_start_ns, span.start_ns)

    def _add_usage(self, usage: Usage) -> None:
        if usage != _NO_USAGE:
            before, counts = self.usage, usage_counts(usage)
            if len(before) < len(counts):
                before = [*before, *(0,) * (len(counts) - len(before))]
            self.usage = [*map(add, before, counts), *before[len(counts) :]]

    def _offer_ttft(self, ttft_ms: float, rank: tuple[int, bytes]) -> None:
        if self.ttft_rank is None or rank < self.ttft_rank:
            self.ttft_ms, self.ttft_rank = ttft_ms, rank

    @property
    def status(self) -> int:
        """Code of the status: error if any span failed, else ok if any says so."""
        return 2 if self.error else 1 if self.ok else 0

    @property
    def duration_ns(self) -> int:
        return self.end_ns - self.start_ns


_decoder = msgspec.msgpack.Decoder(TraceRoll)


def new_roll(span: Span) -> TraceRoll:
    """A roll-up that `span` is about to be added to, the first of its trace."""
    return TraceRoll(
        Ranked(""), Ranked(""), Ranked(""), Ranked(()),
        start_ns=span.start_ns, end_ns=span.end_ns, last_start_ns=span.start_ns,
    )  # fmt: skip


def encode_roll(roll: TraceRoll) -> bytes:
    """The roll-up as bytes; ranks equal to that of the name are left out."""
    name = roll.name.rank
    fields = [roll.session, roll.user, roll.tags]
    brief = [
        Ranked(field.value, None if field.rank == name else field.rank or _LAST) for field in fields
    ]
    stored = msgspec.structs.replace(roll, session=brief[0], user=brief[1], tags=brief[2])
    return _encoder.encode(stored)


def decode_roll(packed: bytes) -> TraceRoll:
    """Raises `msgspec.DecodeError` for damaged bytes."""
    roll = _decoder.decode(packed)
    for field in (roll.session, roll.user, roll.tags):
        if field.rank is None:
            field.rank = roll.name.rank
        elif field.rank == _LAST:
            field.rank = None
    return roll


def to_row(trace_id: bytes, roll: TraceRoll) -> TraceRow:
    """The roll-up as lists show it."""
    return TraceRow(
        trace_id=trace_id.hex(),
        name=roll.name.value,
        start_ns=roll.start_ns,
        end_ns=roll.end_ns,
        status=cast(Any, STATUSES[roll.status]),
        span_count=roll.span_count,
        models=tuple(roll.models),
        providers=tuple(roll.providers),
        session_id=roll.session.value,
        user_id=roll.user.value,
        tags=tuple(roll.tags.value),
        usage=usage_of(roll.usage),
        cost_nano_usd=roll.cost,
        ttft_ms=roll.ttft_ms,
    )


def _with(names: list[str], name: str) -> list[str]:
    if name in names:
        return names
    return sorted([*names, name])[:_MAX_NAMES]
