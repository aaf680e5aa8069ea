"""From record to span, whatever the record holds."""

import logging

from msgspec.structs import replace

from vedette.features.hashing import TextHasher
from vedette.ingest.exchange import to_span
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span

log = logging.getLogger(__name__)


class Reduction:
    """`to_span` with a net: a body that it trips over costs the content, not the span.

    Without the net one such record would be sent, refused and sent again for ever, and hold up
    all behind it.
    """

    def __init__(self, key: bytes) -> None:
        self.key = key
        self._hasher = TextHasher(key)
        self.failures = 0

    def __call__(self, record: ExchangeRecord) -> Span:
        try:
            return to_span(record, key=self.key, hasher=self._hasher)
        except Exception as error:
            self.failures += 1
            log.error("the content of %s is left out: %s", record.span_id, type(error).__name__)
            bare = replace(record, request_body=b"", response_body=b"", capture="none")
            return to_span(bare, key=self.key)
