"""The one place that knows whether the SDK runs: what `init` made, for all that is patched."""

from typing import TYPE_CHECKING

from vedette_sdk.rims import Faults

if TYPE_CHECKING:
    from vedette_sdk.watch import Watch


class Current:
    """Holds the running watch."""

    __slots__ = ("faults", "watch")

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self.faults = Faults()

    @property
    def active(self) -> "Watch | None":
        """The watch, where it runs and is not switched off."""
        watch = self.watch
        return watch if watch is not None and watch.enabled else None


CURRENT = Current()
