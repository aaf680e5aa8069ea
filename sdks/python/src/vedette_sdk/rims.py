"""The one place where everything is caught: what the SDK gets wrong stays with the SDK."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

log = logging.getLogger("vedette_sdk")

P = ParamSpec("P")
T = TypeVar("T")


class Faults:
    """Counts failures of our own and tells of each kind once."""

    def __init__(self) -> None:
        self.count = 0
        self._told: set[str] = set()

    def shield(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `function` returns; None where it fails, which is counted and logged once."""
        try:
            return function(*args, **kwargs)
        except Exception as error:
            self.note(getattr(function, "__qualname__", repr(function)), error)
            return None

    def note(self, place: str, error: BaseException) -> None:
        """Count a failure; the message of the error is not logged, it may quote a prompt."""
        self.count += 1
        kind = f"{place}: {type(error).__name__}"
        if kind not in self._told and len(self._told) < 100:
            self._told.add(kind)
            log.warning("vedette_sdk failed and goes on: %s", kind)
            log.debug("where", exc_info=error)
