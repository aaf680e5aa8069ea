"""The SDK as a test starts it."""

from typing import Any

import vedette_sdk
from sdks.python.tests.collector import Collector

KEY = b"a key of a project of ours 0123"


class Started:
    """What was seen of the calls of a test."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector

    def start(self, **options: Any) -> None:
        given = {"endpoint": self.collector.url, "hash_key": KEY, "quiet": True,
                 "interval_s": 0.05, **options}  # fmt: skip
        vedette_sdk.init(**given)

    def spans(self) -> list[dict[str, Any]]:
        """All spans so far."""
        assert vedette_sdk.flush(20.0)
        return self.collector.spans()

    def span(self) -> dict[str, Any]:
        """The only one."""
        found = self.spans()
        assert len(found) == 1, [span["name"] for span in found]
        return found[0]

    def said(self) -> dict[str, Any]:
        """The attributes of the only one."""
        attributes: dict[str, Any] = self.span()["attributes"]
        return attributes
