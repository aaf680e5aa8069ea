"""Settings of the audit log."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from vedette.config.values import Section


def _check_url(value: str) -> str:
    split = urlsplit(value)
    if value and (split.scheme not in ("http", "https") or not split.hostname):
        raise ValueError("expected an http(s) address such as https://witness.example.org/log")
    return value


class AuditConfig(Section):
    """Who did what: logged without a gap, signed, and exported so that nobody can rewrite it."""

    checkpoints: str = ""
    """File to which signed checkpoints are appended, best on another disk or append-only. Empty:
    `audit/checkpoints.jsonl` in the directory of `storage.path`."""
    checkpoint_s: Annotated[float, Field(ge=1, le=86_400, allow_inf_nan=False)] = 60.0
    """Seconds between two checkpoints of a log that grows."""
    webhook: Annotated[str, AfterValidator(_check_url)] = ""
    """Address to which each checkpoint is posted as JSON. Empty: none."""
