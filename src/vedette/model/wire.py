"""What travels on the unix socket between a worker and the core.

Frames: a 4-byte big-endian length, then one msgpack message. The worker numbers its batches; the
core acknowledges a batch when it is durable. What is not acknowledged is sent again after a
reconnect, or written to a spill file: the store ignores spans it knows, so each arrives once.
"""

import msgspec

from vedette.metrics import Sample
from vedette.model.exchange import ExchangeRecord

FRAME_LIMIT = 268_435_456
"""Larger frames are an error: the peer is not one of us."""
HEADER_BYTES = 4


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """The first message of a worker: a name unique to this process."""

    worker: str


class Batch(msgspec.Struct, frozen=True, tag="batch"):
    """Finished exchanges."""

    number: int
    records: tuple[ExchangeRecord, ...]


class Report(msgspec.Struct, frozen=True, tag="report"):
    """The worker's counters since its start."""

    samples: tuple[Sample, ...]


class Ack(msgspec.Struct, frozen=True, tag="ack"):
    """The core has made this batch durable."""

    number: int


FromWorker = Hello | Batch | Report

encoder = msgspec.msgpack.Encoder()


def frame(message: FromWorker | Ack) -> bytes:
    """One message, ready for the socket."""
    body = encoder.encode(message)
    return len(body).to_bytes(HEADER_BYTES, "big") + body
