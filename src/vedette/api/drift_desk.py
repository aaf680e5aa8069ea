"""What the drift endpoints need; the composition root hands it in."""

from collections.abc import Sequence
from typing import Protocol

from vedette.drift.baselines import Baseline, Scope
from vedette.drift.history import History
from vedette.drift.live import WatchState
from vedette.drift.periods import PeriodsReport
from vedette.drift.reporting import GroupReport
from vedette.drift.shelf import Raised
from vedette.errors import VedetteError
from vedette.model.query import Filter


class NoDrift(VedetteError):
    """This console runs without a watch on drift."""

    code = "drift_unavailable"
    status = 503


class DriftDesk(Protocol):
    """The watch on drift, and looks back. May block; thread-safe."""

    @property
    def left_out(self) -> int:
        """Calls that the watch had no time for since the start."""
        ...

    def states(self, project_id: str) -> Sequence[WatchState]: ...

    def add(self, name: str, scope: Scope, *, size: int, is_rolling: bool) -> Baseline:
        """Raises BadRequest or Conflict."""
        ...

    def freeze(self, project_id: str, name: str) -> Baseline:
        """Raises NotFound or BadRequest."""
        ...

    def delete(self, project_id: str, name: str) -> None:
        """Raises NotFound."""
        ...

    def alarms(self, project_id: str, *, after_id: str, limit: int) -> Sequence[Raised]:
        """The newest first."""
        ...

    def alarm(self, project_id: str, id: str) -> Raised:
        """Raises NotFound."""
        ...

    def report(self, filter: Filter, *, reference: int) -> Sequence[GroupReport]: ...

    def compare(self, before: Filter, after: Filter) -> PeriodsReport:
        """Raises BadRequest where a side has no calls."""
        ...

    def history(self, filter: Filter, prefix: str) -> History:
        """Raises NotFound or BadRequest."""
        ...
