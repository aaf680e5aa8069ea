"""What Ctrl-C means while something runs."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def on_interrupt(handler: signal.Handlers | Callable[[int, Any], None]) -> Iterator[None]:
    """Have SIGINT handled so; afterwards as before."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
