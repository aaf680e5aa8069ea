"""A compliance report as data: controls of a framework, and the evidence for them."""

from typing import Literal

import msgspec

Framework = Literal["gdpr", "ccpa", "soc2"]
FRAMEWORKS: tuple[Framework, ...] = ("gdpr", "ccpa", "soc2")
SectionId = Literal[
    "access", "keys", "configuration", "findings", "retention", "deletions", "providers",
    "encryption", "integrity",
]  # fmt: skip


class Fact(msgspec.Struct, frozen=True):
    """Something that is so, with its name."""

    name: str
    value: str


class EvidenceTable(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of texts; `left_out` were too many."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


class EvidenceSection(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for one thing."""

    id: SectionId
    title: str
    summary: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[EvidenceTable, ...] = ()
    gaps: tuple[str, ...] = ()
    """What an auditor will ask about."""


class ComplianceControl(msgspec.Struct, frozen=True, kw_only=True):
    """What a framework wants, and which sections bear on it."""

    id: str
    title: str
    sections: tuple[SectionId, ...]
    beyond: str = ""
    """What of it this program cannot show."""


class ComplianceReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one report."""

    framework: Framework
    title: str
    notice: str
    organization: str
    """Empty: the whole installation."""
    from_time: str
    to_time: str
    made_time: str
    version: str
    """Of Vedette."""
    controls: tuple[ComplianceControl, ...]
    sections: tuple[EvidenceSection, ...]
