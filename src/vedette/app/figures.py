"""The figures for Prometheus: of all workers, those that died included, and of the core itself.

A counter that falls in part is taken for one that began anew and has counted since what is left of
it. So what was shown is kept, by process: a core that is started again goes on from there,
whichever of the workers have ended meanwhile. A start of the whole begins anew with every figure.
"""

import logging
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from vedette.access.files import replace_file
from vedette.clock import Clock
from vedette.metrics import Family, Sample, Totals, render
from vedette.tasks import Troubles

log = logging.getLogger(__name__)

KEEPING = "keeping of figures"


class Figures:
    """Those of one core."""

    def __init__(
        self, families: Sequence[Family], path: Path | None, clock: Clock, troubles: Troubles
    ) -> None:
        self.totals = Totals(families)
        self._families = families
        self._path = path
        self._troubles = troubles
        self._core = f"core-{os.getpid()}-{clock.now_ns()}"
        self._turn = threading.Lock()
        if path is not None:
            self._go_on_from(path)

    def text(self, own: Iterable[Sample]) -> bytes:
        """The exposition, with the core's `own` figures. Blocks."""
        with self._turn:
            self.totals.update(self._core, tuple(own))
            if (path := self._path) is not None:
                with self._troubles.noted(KEEPING):
                    replace_file(path, msgspec.msgpack.encode(self.totals.counted()))
            return render(self._families, self.totals.samples().values())

    def _go_on_from(self, path: Path) -> None:
        try:
            known = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, list[Sample]])
        except FileNotFoundError:
            return
        except (OSError, msgspec.DecodeError) as error:
            log.warning("figures begin anew: %s cannot be read (%s)", path, type(error).__name__)
            return
        self.totals.go_on_from(known)
