"""What became of each setting of the other program."""

from typing import Literal

import msgspec

from vedette.migrate.source import Path, Source

Verdict = Literal["exact", "approximated", "unsupported"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One setting and its fate."""

    place: str
    """`file:line`."""
    field: str
    """As it is called there: `model_list[0].litellm_params.rpm`."""
    verdict: Verdict
    became: str = ""
    """The setting of ours, if there is one."""
    note: str = ""
    """What is different, or why it cannot be."""


class Findings:
    """Collects them while a file is read; each setting is told of once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._told: dict[str, Finding] = {}

    def exact(self, path: Path, became: str, note: str = "") -> None:
        self._tell(path, "exact", became, note)

    def near(self, path: Path, became: str, note: str) -> None:
        self._tell(path, "approximated", became, note)

    def missing(self, path: Path, note: str) -> None:
        self._tell(path, "unsupported", "", note)

    def all(self) -> tuple[Finding, ...]:
        """In the order of the file."""
        return tuple(sorted(self._told.values(), key=lambda finding: _line(finding.place)))

    def _tell(self, path: Path, verdict: Verdict, became: str, note: str) -> None:
        field = shown(path)
        self._told.setdefault(
            field,
            Finding(
                place=self._source.place(path), field=field, verdict=verdict, became=became,
                note=note,
            ),
        )  # fmt: skip


def shown(path: Path) -> str:
    """A path as people read it: `model_list[0].litellm_params`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _line(place: str) -> int:
    _, _, line = place.rpartition(":")
    return int(line) if line.isdigit() else 0
