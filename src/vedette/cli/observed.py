"""Recorded model calls as drift sees them, for the commands that report on them."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from vedette.cli.filters import Filters
from vedette.cli.options import load_config
from vedette.clock import SystemClock
from vedette.query.filters import page_query

if TYPE_CHECKING:
    from vedette.drift.observing import Embeds
    from vedette.drift.reporting import Call
    from vedette.features.hashing import TextHasher

PROJECT = "default"

LimitOption = Annotated[
    int, typer.Option("--limit", min=1, max=10_000_000, help="Newest calls that are looked at.")
]


def read_calls(
    filters: Filters, limit: int, config: Path | None, *, embedder: Embeds | None = None
) -> tuple[list[Call], TextHasher]:
    """The newest matching model calls, oldest first, and what hashes their texts."""
    from vedette.app.hashing import open_hasher
    from vedette.app.spans import open_spans
    from vedette.drift.observing import observe_span
    from vedette.drift.reporting import Call

    clock, loaded = SystemClock(), load_config(config).config
    filter = page_query(filters, now_ns=clock.now_ns(), project_id=PROJECT).filter
    filter = msgspec.structs.replace(filter, kind=filter.kind or "llm")
    with closing(open_spans(loaded, clock)) as store:
        hasher = open_hasher(loaded)
        calls = [
            Call(
                observe_span(span, hasher, embedder),
                span.start_ns,
                span.trace_id,
                span.span_id,
                span.status == "error",
            )
            for span in islice(store.export(filter), limit)
        ]
    return calls[::-1], hasher
