"""The pages of memory in which the workers of a machine tell each other of targets."""

import logging
from typing import TypeVar

from vedette.gateway.quotas import SharedQuotas
from vedette.gateway.shared_health import SharedHealth

log = logging.getLogger(__name__)

Page = TypeVar("Page", bound=SharedHealth)


def open_pages(
    health_file: str, *, only_reads: bool = False
) -> tuple[SharedHealth | None, SharedQuotas | None]:
    """Which targets rest, and what is left of their providers' limits; None where that cannot be
    shared."""
    return (
        _mapped(SharedHealth, health_file, only_reads=only_reads),
        _mapped(
            SharedQuotas, f"{health_file}.quotas" if health_file else "", only_reads=only_reads
        ),
    )


def _mapped(kind: type[Page], path: str, *, only_reads: bool) -> Page | None:
    try:
        return kind.at(path, only_reads=only_reads) if path else None
    except OSError as error:
        log.warning("what is known of targets is not shared: %s", error.strerror)
        return None
